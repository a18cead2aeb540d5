"""Writing the yearly workbook, against pandas writing the same public views without any form."""

import io
from pathlib import Path

import duckdb
import pandas as pd

from benchmarks.mesure import Comparaison, chronometrer
from ctg.entrepot import Entrepot
from ctg.exports.recapitulatif import document
from ctg.exports.recapitulatif.contexte import Selection


def _vues_par_pandas(connexion: duckdb.DuckDBPyConnection) -> bytes:
    octets = io.BytesIO()
    with pd.ExcelWriter(octets, engine="openpyxl") as classeur:
        for niveau in ("ville", "quartier"):
            connexion.execute(
                "SELECT * FROM publication.mesure WHERE annee = 2025 AND ventilation = 'total'"
                " AND perimetre = 'tous' AND type_structure = 'tous' AND niveau = ?",
                [niveau],
            ).df().to_excel(classeur, sheet_name=niveau, index=False)
    return octets.getvalue()


def mesurer(entrepot: Path) -> list[Comparaison]:
    """One comparison: the whole recapitulatif of 2025."""
    ouvert = Entrepot(entrepot)
    with duckdb.connect(str(entrepot), read_only=True) as connexion:
        return [
            Comparaison(
                "récapitulatif 2025, toutes feuilles et graphiques",
                chronometrer(lambda: document.produire(ouvert, Selection(2025, None, None)), repetitions=5),
                chronometrer(lambda: _vues_par_pandas(connexion), repetitions=5),
                "pandas.to_excel des mêmes vues, sans mise en forme",
            )
        ]
