"""Equalities anyone knows: exclusive details make their total, quarters their year, a question another's.

Those that the answers break are left out, as the neighbour would: an anomaly tells them to everyone.
"""

from collections import defaultdict
from collections.abc import Iterable

import duckdb

from tests.exemples.attaque.algebre import Vecteur, ajouter
from tests.exemples.attaque.mesures import Publie
from tests.exemples.attaque.reponses import Reponses

_MODALITES = "SELECT ventilation, modalite FROM publication.ventilation"
_FILIATIONS = "SELECT parent_id, enfant_id FROM interne.periode_filiation"
_EGALES = "SELECT partie_id, code, tout_id FROM interne.relation WHERE relation = 'egal'"


def relier(connexion: duckdb.DuckDBPyConnection, publie: Publie, reponses: Reponses) -> None:
    """Add these equalities to `publie`."""
    details, totaux, durees = defaultdict(dict), defaultdict(dict), defaultdict(dict)
    for nom, mesure in publie.mesures.items():
        if mesure.forme == "evolution" or mesure.operation:
            continue
        for r in reponses.de(nom):
            for part, vecteur in r.parts.items():
                durees[nom, r.repondant, r.lieu, r.ventilation, r.modalite, part][r.periode] = vecteur
                if r.ventilation == "total":
                    totaux[nom, r.repondant, r.periode, part][r.lieu] = vecteur
                elif r.ventilation in publie.exclusives:
                    details[nom, r.repondant, r.periode, part, r.ventilation][r.modalite] = vecteur
    toutes = _grouper(connexion, _MODALITES)
    for (*qui, ventilation), parts in details.items():
        if parts.keys() == toutes[ventilation]:
            publie.egaler("ventilations", _ecart(parts.values(), totaux[(*qui,)].values()))
    for parent, enfants in _grouper(connexion, _FILIATIONS).items():
        for par_periode in durees.values():
            if parent in par_periode and enfants <= par_periode.keys():
                publie.egaler("périodes", _ecart([par_periode[e] for e in enfants], [par_periode[parent]]))
    for partie, code, tout in connexion.execute(_EGALES).fetchall():
        for (nom, repondant, periode, part), lieux in [*totaux.items()]:
            if (nom, part) == (partie, code):
                autres = totaux[tout, repondant, periode, "valeur"]
                for lieu in lieux.keys() & autres.keys():
                    publie.egaler("relations", _ecart([lieux[lieu]], [autres[lieu]]))


def _grouper(connexion, requete: str) -> dict[str, set[str]]:
    groupes = defaultdict(set)
    for cle, membre in connexion.execute(requete).fetchall():
        groupes[cle].add(membre)
    return groupes


def _ecart(uns: Iterable[Vecteur], autres: Iterable[Vecteur]) -> Vecteur:
    ecart: Vecteur = {}
    for vecteur in uns:
        ajouter(ecart, vecteur)
    for vecteur in autres:
        ajouter(ecart, vecteur, -1)
    return ecart
