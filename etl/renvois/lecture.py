"""Which files go back to their senders, and what is said of each, as the warehouse tells it."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import duckdb

from ctg import formats
from ctg.entrepot import EntrepotIllisible, attacher
from etl.anomalie import Anomalie
from etl.renvois.courrier import Renvoi
from etl.renvois.expediteurs import Connu, annee_du_nom, deviner
from etl.renvois.points import a_renvoyer

# the forms that count, or that were refused and nothing came after, then the files refused whole: those a
# sender may still correct
_RENVOIS = """
    SELECT d.fichier, list(DISTINCT coalesce(e.nom, r.libelle, s.nom)) AS expediteurs,
           list_sort(list(DISTINCT coalesce(s.nom, f.fiche_id || ' · ' || f.titre, d.feuille))) AS repondants,
           coalesce(max(d.annee) FILTER (d.retenu), max(d.annee) FILTER (d.annee = $annee),
                    max(d.annee)) AS annee,
           max(d.recu_le) AS recu_le, max(c.echeance) AS echeance,
           bool_or(d.fictif) AS fictif, NOT bool_or(d.retenu) AS rien_charge,
           list(d.feuille ORDER BY d.rowid) AS feuilles
    FROM interne.depot AS d
    LEFT JOIN interne.structure AS s ON d.formulaire = 'structure' AND s.structure_id = d.repondant_id
    LEFT JOIN interne.expediteur AS e ON e.expediteur_id = s.expediteur_id
    LEFT JOIN interne.fiche AS f ON d.formulaire = 'fiche' AND f.fiche_id = d.repondant_id
    LEFT JOIN interne.repondant AS r ON r.repondant_id = f.referent_id
    LEFT JOIN interne.campagne AS c ON c.annee = d.annee
    WHERE d.statut <> 'remplace' AND NOT starts_with(d.source, 'extrait:')
    GROUP BY d.fichier
    HAVING bool_or(d.annee = $annee OR $annee IS NULL OR d.annee IS NULL)
    UNION ALL
    SELECT fichier, [], [], NULL, recu_le, NULL, false, true, []
    FROM interne.fichier AS f
    WHERE statut = 'refuse' AND NOT EXISTS (SELECT 1 FROM interne.depot AS d WHERE d.fichier = f.fichier)
      -- de données ouvertes reconnues : leur producteur n'attend pas de message
      AND (famille IS NULL OR famille IN ('canevas', 'classeur_libre'))
    ORDER BY ALL
"""
_COMPTEES = """
    SELECT DISTINCT fichier, feuille, cellule FROM interne.cellule
    WHERE retenu AND etat IN ('valeur', 'sans_objet')
"""
_CONNUS = """
    SELECT e.nom, [e.expediteur_id, e.nom] || flatten(list([s.structure_id, s.nom]))
    FROM interne.expediteur AS e JOIN interne.structure AS s USING (expediteur_id)
    GROUP BY e.expediteur_id, e.nom
"""
# the same name came again since, and counts
_RENOUVELES = """
    SELECT fichier, max(recu_le) FROM interne.depot WHERE retenu AND recu_le IS NOT NULL GROUP BY fichier
"""
# a sender is told that we corrected a cell, not asked about what we wrote there (collecte_points.sql)
_ANOMALIES = """
    SELECT fichier, feuille, cellule, gravite, regle, message, valeur_lue FROM collecte.anomalie AS a
    WHERE NOT remplacee AND NOT acceptee
      AND (gravite = 'information'
           OR NOT EXISTS (SELECT 1 FROM collecte.correction AS c
                          WHERE c.sort IN ('appliquee', 'maintenue') AND c.fichier = a.fichier
                            AND c.feuille = a.feuille AND c.cellule = a.cellule))
    ORDER BY fichier, id
"""
_COPIE = re.compile(r"_a_corriger(?:_[0-9]+)?$")


def lire(entrepot: Path, annee: int | None) -> list[Renvoi]:
    """Every file of the warehouse a sender should look at again, of a campaign or of all.

    Raises EntrepotIllisible when no warehouse of this version stands there.
    """
    with duckdb.connect(":memory:") as connexion:
        try:
            attacher(connexion, entrepot, "entrepot")
            connexion.execute("USE entrepot")
            return renvois(connexion, annee)
        except duckdb.Error as erreur:
            raise EntrepotIllisible(f"« {entrepot} » n’est pas un entrepôt de cette version.") from erreur


def renvois(connexion: duckdb.DuckDBPyConnection, annee: int | None = None) -> list[Renvoi]:
    """The same, of the warehouse this connection holds."""
    lues = connexion.execute(_ANOMALIES).fetchall()
    anomalies = {
        fichier: tuple(Anomalie(*ligne[1:]) for ligne in lignes)
        for fichier, lignes in groupby(lues, itemgetter(0))
    }
    comptees = defaultdict(set)
    for fichier, feuille, cellule in connexion.execute(_COMPTEES).fetchall():
        comptees[fichier].add((feuille, cellule))
    connus = _connus(connexion)
    renouveles = [(_tige(fichier), le) for fichier, le in connexion.execute(_RENOUVELES).fetchall()]
    liste = []
    lus = connexion.execute(_RENVOIS, {"annee": annee}).fetchall()
    for fichier, expediteurs, repondants, campagne, recu_le, *reste, feuilles in lus:
        if not a_renvoyer(anomalies.get(fichier, ())):
            continue
        if not feuilles and (_d_une_autre(fichier, annee) or _renouvele(fichier, recu_le, renouveles)):
            continue
        expediteur = formats.liste(sorted(filter(None, expediteurs))) or None
        devine = None if expediteur else deviner(fichier, feuilles, connus)
        renvoi = Renvoi(
            fichier,
            expediteur or devine,
            tuple(repondants),
            campagne,
            recu_le,
            *reste,
            anomalies[fichier],
            devine=devine is not None,
            feuilles=tuple(feuilles),
            comptees=frozenset(comptees[fichier]),
        )
        liste.append(renvoi)
    return liste


def ferme(
    connexion: duckdb.DuckDBPyConnection, fichier: str, recu_le: dt.datetime, refus: Anomalie
) -> Renvoi:
    """The mail about a file that could not even be opened: an archive, what Outlook encloses."""
    devine = deviner(fichier, (), _connus(connexion))
    return Renvoi(fichier, devine, (), None, recu_le, None, False, True, (refus,), devine is not None)


def _connus(connexion: duckdb.DuckDBPyConnection) -> list[Connu]:
    return [Connu(nom, tuple(mots)) for nom, mots in connexion.execute(_CONNUS).fetchall()]


def _d_une_autre(fichier: str, annee: int | None) -> bool:
    """Say whether a file that nothing was read of bears the year of another campaign in its name."""
    return None not in (annee, annee_du_nom(fichier)) and annee_du_nom(fichier) != annee


def _renouvele(fichier: str, recu_le: dt.datetime | None, renouveles: Sequence[tuple]) -> bool:
    """Say whether a file of the same name, that counts, came after this one."""
    if recu_le is None:
        return False
    return any(tige == _tige(fichier) and apres > recu_le for tige, apres in renouveles)


def _tige(fichier: str) -> str:
    """Its name alone, whatever its format, its marked copy included."""
    return _COPIE.sub("", Path(fichier).stem).casefold()
