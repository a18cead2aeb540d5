"""Parquet tables: only the useful columns are read, a batch of lines at a time."""

from collections.abc import Collection, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from etl.sources.tables import FichierIllisible, Ligne, Tableau

_ABIMES = (pa.ArrowException, OSError, ValueError)  # ValueError: names of columns that are no UTF-8


def table_parquet(chemin: Path) -> Tableau:
    """Open a Parquet file. Raises FichierIllisible."""
    try:
        with pq.ParquetFile(chemin) as fichier:
            entetes = tuple(fichier.schema_arrow.names)
    except _ABIMES as erreur:
        raise _abime() from erreur

    def lire(utiles: Collection[int]) -> Iterator[Ligne]:
        choisies = sorted(utiles)
        ligne = 1  # line 1 would be the headers, had it been a CSV
        try:
            with pq.ParquetFile(chemin) as ouvert:
                for lot in ouvert.iter_batches(columns=[entetes[i] for i in choisies]):
                    colonnes = dict(zip(choisies, (_textes(c) for c in lot.columns), strict=True))
                    for rang in range(lot.num_rows):
                        ligne += 1
                        cellules = [colonnes[i][rang] if i in colonnes else "" for i in range(len(entetes))]
                        yield ligne, cellules
        except _ABIMES as erreur:
            raise _abime() from erreur

    return Tableau(entetes, lire, len(entetes))


def _abime() -> FichierIllisible:
    return FichierIllisible("parquet_abime", "Le fichier Parquet est abîmé : rien n’est lu.")


def _textes(colonne: pa.Array) -> list[str]:
    """Write cells as a CSV would: a null or NaN is a blank."""
    return ["" if v is None or v != v else str(v) for v in colonne.to_pylist()]
