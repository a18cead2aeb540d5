"""Whole warehouses, by the path of real files: the two fictional campaigns, and the convention alone."""

import datetime as dt
from pathlib import Path

import duckdb

from ctg.referentiel import charger, dossier_par_defaut
from etl.construction.entrepot import construire as construire_entrepot
from etl.demo import generer

RACINE = Path(__file__).parents[2]
CONVENTION_SEULE = "convention-seule"
CAMPAGNES = ("regime-etabli", "premiere-campagne")
SCENARIOS = (*CAMPAGNES, CONVENTION_SEULE)
# after the last deadline of the convention: lateness is counted from there, whatever the day of the test
CONSTRUIT_LE = dt.datetime(2026, 11, 21, 9)


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
    dater(entrepot)
    return entrepot


def dater(entrepot: Path, le: dt.datetime = CONSTRUIT_LE) -> None:
    """Make a warehouse as if it had been built that day."""
    with duckdb.connect(str(entrepot)) as connexion:
        connexion.execute("UPDATE publication.convention SET construit_le = ?", [le])
