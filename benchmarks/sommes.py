"""The sums by SQL against pandas group-by on the same facts."""

from pathlib import Path

import duckdb
import pandas as pd

from benchmarks.mesure import Comparaison, chronometrer

CLES = ["indicateur_id", "annee", "ventilation", "modalite"]


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


def mesurer(entrepot: Path) -> list[Comparaison]:
    """One comparison, on the facts of a warehouse."""
    with duckdb.connect(str(entrepot), read_only=True) as connexion:
        faits = connexion.execute("SELECT * FROM interne.fait").df()
        return [
            Comparaison(
                f"sommes et répondants par mesure et année ({len(faits)} faits)",
                chronometrer(lambda: _sommes_sql(connexion), repetitions=20, chauffe=2),
                chronometrer(lambda: _sommes_pandas(faits), repetitions=20, chauffe=2),
                "pandas, groupby",
            )
        ]
