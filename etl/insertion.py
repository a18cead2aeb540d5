"""Rows into a table of the warehouse under construction, never one by one."""

from collections.abc import Iterable

import duckdb
import pyarrow as pa


def inserer(connexion: duckdb.DuckDBPyConnection, table: str, lignes: Iterable[dict]) -> None:
    """Insert rows, columns by name, in one move."""
    inserer_table(connexion, table, pa.Table.from_pylist(list(lignes)))


def inserer_table(connexion: duckdb.DuckDBPyConnection, table: str, trame: pa.Table) -> None:
    """Insert an Arrow table, columns by name (a row-by-row insert is 100 times slower)."""
    if not len(trame):
        return
    connexion.register("trame", trame)
    connexion.execute(f"INSERT INTO {table} BY NAME SELECT * FROM trame")
    connexion.unregister("trame")
