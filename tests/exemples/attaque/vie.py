"""The life of a structure: the parts of its members make a hundred, so that two of them give the third.

The yearly report asks the members by territory and by quotient familial, in percentages (003:761-766).
"""

from collections import defaultdict
from collections.abc import Iterator

import duckdb

_REPARTITIONS = (
    ("adherents-territoire", "adherents-autres-quartiers", "adherents-hors-ville"),
    ("adherents-qf-800", "adherents-qf-3000", "adherents-qf-plus"),
)
_LUES = "SELECT structure_id, annee, champ_id, valeur, etat FROM publication.vie_structure"
_VRAIES = "SELECT repondant_id, annee, objet_id, valeur FROM interne.cellule WHERE retenu AND rubrique = 'v'"


def parts_deduites(connexion: duckdb.DuckDBPyConnection) -> Iterator[tuple[tuple, float]]:
    """(structure, year, part), and the members it counts: hidden, and worked out from the other two.

    AssertionError when what is worked out is not what was answered, to the nearest point.
    """
    lues, vraies = defaultdict(dict), defaultdict(dict)
    for structure, annee, champ, *lu in connexion.execute(_LUES).fetchall():
        lues[structure, annee][champ] = lu
    for structure, annee, champ, valeur in connexion.execute(_VRAIES).fetchall():
        vraies[structure, annee][champ] = valeur
    for cle, champs in lues.items():
        adherents, _ = champs.get("adherents", (None, None))
        for parts in _REPARTITIONS:
            etats = {part: champs[part][1] for part in parts if part in champs}
            cachees = [part for part, etat in etats.items() if etat == "secret"]
            montrees = [champs[part][0] for part, etat in etats.items() if etat == "publie"]
            if adherents and len(cachees) == 1 and len(montrees) == 2:
                vraie, deduite = vraies[cle][cachees[0]], 100 - sum(montrees)
                # the collection tells everyone of those that do not make a hundred (parts_sans_cent.sql)
                if abs(sum(vraies[cle][part] for part in parts) - 100) <= 1:
                    assert abs(deduite - vraie) <= 1, cle
                    yield (*cle, cachees[0]), deduite * adherents / 100
