"""The answers of the fictional campaign, in memory: what its tests read, form by form."""

from collections import defaultdict
from functools import cache

from ctg.referentiel import Referentiel, charger, dossier_par_defaut
from etl.demo.fiches import repondre_fiche
from etl.demo.reponses import repondre_structure
from etl.demo.scenarios import SCENARIOS


@cache
def convention() -> Referentiel:
    return charger(dossier_par_defaut())


def repondre(referentiel: Referentiel, scenario: str) -> dict[tuple[str, int], dict]:
    """{(structure or fiche, year): {(row key, code): value}}, before any accident."""
    choisi = SCENARIOS[scenario]
    structures = {
        (s.structure_id, annee): repondre_structure(referentiel, s, annee, choisi)
        for annee in choisi.annees
        for s in referentiel.structures.values()
    }
    fiches = {
        (f.fiche_id, annee): repondre_fiche(referentiel, f, annee, choisi)
        for annee in choisi.annees
        for f in referentiel.fiches.values()
    }
    return structures | fiches


@cache
def campagne(scenario: str = "regime-etabli") -> dict[tuple[str, int], dict]:
    return repondre(convention(), scenario)


def par_rangee(reponses: dict) -> dict[str, dict[str, object]]:
    """{row key: {code: value}}."""
    rangees = defaultdict(dict)
    for (cle, code), valeur in reponses.items():
        rangees[cle][code] = valeur
    return dict(rangees)
