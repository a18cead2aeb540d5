"""Rows into a table of the warehouse under construction, never one by one."""

import itertools
from collections.abc import Iterable

import duckdb
import pyarrow as pa

_LOT = 10_000  # rows: what DuckDB is handed at once is held in memory, cell by cell


def inserer(connexion: duckdb.DuckDBPyConnection, table: str, lignes: Iterable[dict]) -> None:
    """Insert rows that have the same columns, by name, handed as lists: Arrow would import pandas."""
    restantes = iter(lignes)
    while lot := list(itertools.islice(restantes, _LOT)):
        colonnes = ", ".join(f'unnest(?) AS "{nom}"' for nom in lot[0])
        valeurs = [[ligne[nom] for ligne in lot] for nom in lot[0]]
        connexion.execute(f"INSERT INTO {table} BY NAME SELECT {colonnes}", valeurs)


def inserer_table(connexion: duckdb.DuckDBPyConnection, table: str, trame: pa.Table) -> None:
    """Insert an Arrow table, columns by name (a row-by-row insert is 100 times slower)."""
    if not len(trame):
        return
    connexion.register("trame", trame)
    connexion.execute(f"INSERT INTO {table} BY NAME SELECT * FROM trame")
    connexion.unregister("trame")
