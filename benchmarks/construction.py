"""Rebuilding everything, and the aggregates by SQL against pandas group-by on the same facts."""

from pathlib import Path

import duckdb
import pandas as pd

from benchmarks.formulaires import lire_simplement, rapports
from benchmarks.mesure import Comparaison, chronometrer
from ctg.referentiel import dossier_par_defaut
from etl.construction.entrepot import construire

CLES = ["indicateur_id", "annee", "ventilation", "modalite"]


def lire_seulement(donnees: Path, fichiers: list[Path]) -> list[object]:
    """The plain way to look at everything: openpyxl on the forms, pandas on the open data, nothing more."""
    return [
        lire_simplement(fichiers),
        *(pd.read_csv(table, sep=None, engine="python", dtype=str) for table in donnees.glob("*.csv")),
    ]


def _sommes_pandas(faits: pd.DataFrame) -> pd.DataFrame:
    publies = faits[faits["etat"] == "publie"]
    return publies.groupby(CLES, as_index=False).agg(
        somme=("valeur", "sum"), numerateur=("numerateur", "sum"), denominateur=("denominateur", "sum"),
        repondantes=("repondant_id", "nunique"),
    )  # fmt: skip


def _sommes_sql(connexion: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    return connexion.execute(
        "SELECT indicateur_id, annee, ventilation, modalite, sum(valeur) AS somme,"
        " sum(numerateur) AS numerateur, sum(denominateur) AS denominateur,"
        " count(DISTINCT repondant_id) AS repondantes"
        " FROM interne.fait WHERE etat = 'publie' GROUP BY indicateur_id, annee, ventilation, modalite"
    ).df()


def mesurer(donnees: Path, demo: Path, entrepot: Path) -> list[Comparaison]:
    """Two comparisons, on the open data of `donnees` and the forms of `demo`.

    The full rebuild against openpyxl and pandas only reading the files; the sums in SQL against pandas.
    """
    fichiers = rapports(demo)
    neuf = entrepot.with_name("banc.duckdb")
    construction = Comparaison(
        "reconstruire tout : formulaires, données ouvertes, agrégats, contrôles",
        chronometrer(
            lambda: construire((donnees, demo), dossier_par_defaut(), neuf, tout_relire=True), repetitions=5
        ),
        chronometrer(lambda: lire_seulement(donnees, fichiers), repetitions=3, chauffe=0),
        "openpyxl et pandas, qui ne font que lire",
    )
    neuf.unlink()
    with duckdb.connect(str(entrepot), read_only=True) as connexion:
        faits = connexion.execute("SELECT * FROM interne.fait").df()
        sommes = Comparaison(
            f"sommes et répondants par mesure et année ({len(faits)} faits)",
            chronometrer(lambda: _sommes_sql(connexion), repetitions=20, chauffe=2),
            chronometrer(lambda: _sommes_pandas(faits), repetitions=20, chauffe=2),
            "pandas, groupby",
        )
    return [construction, sommes]
