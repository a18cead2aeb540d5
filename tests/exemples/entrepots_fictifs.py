"""Whole warehouses, by the path of real files: the two fictional campaigns, and the convention alone."""

from pathlib import Path

from ctg.referentiel import charger, dossier_par_defaut
from etl.construction import construire as construire_entrepot
from etl.demo import generer

RACINE = Path(__file__).parents[2]
CONVENTION_SEULE = "convention-seule"
CAMPAGNES = ("regime-etabli", "premiere-campagne")
SCENARIOS = (*CAMPAGNES, CONVENTION_SEULE)


def construire(scenario: str, dossier: Path) -> Path:
    """Write under `dossier` the forms of a scenario, with the open data of Dijon, then their warehouse."""
    entrepot = dossier / f"{scenario}.duckdb"
    formulaires = dossier / scenario
    if scenario == CONVENTION_SEULE:
        formulaires.mkdir()
        lus = (formulaires,)
    else:
        generer(charger(dossier_par_defaut()), formulaires, scenario=scenario)
        lus = (RACINE / "data" / "raw" / "diagnostics", formulaires)
    construire_entrepot(lus, dossier_par_defaut(), entrepot)
    return entrepot
