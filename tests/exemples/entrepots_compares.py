"""Two warehouses side by side: what every table and every view of theirs holds."""

from collections import Counter
from pathlib import Path

import duckdb

# when it was built, the only thing two builds of the same files may say differently
_DATES = {"construit_le"}
_TABLES = """
    SELECT table_schema, table_name, list(column_name ORDER BY ordinal_position)
    FROM information_schema.columns
    WHERE table_schema IN ('interne', 'publication', 'collecte')
    GROUP BY ALL
"""


def contenu(entrepot: Path) -> dict[str, Counter]:
    """{table or view: its rows, whatever their order}."""
    with duckdb.connect(str(entrepot), read_only=True) as connexion:
        contenus = {}
        for schema, table, colonnes in connexion.execute(_TABLES).fetchall():
            gardees = ", ".join(f'"{colonne}"' for colonne in colonnes if colonne not in _DATES)
            lignes = connexion.execute(f"SELECT {gardees} FROM {schema}.{table}").fetchall()
            contenus[f"{schema}.{table}"] = Counter(map(repr, lignes))
    return contenus


def differences(entrepot: Path, autre: Path) -> dict[str, tuple[list[str], list[str]]]:
    """{table: (its rows here and not there, there and not here)}, for the tables that differ."""
    ici, la = contenu(entrepot), contenu(autre)
    vides = Counter()
    return {
        table: (
            list(ici.get(table, vides) - la.get(table, vides)),
            list(la.get(table, vides) - ici.get(table, vides)),
        )
        for table in ici.keys() | la.keys()
        if ici.get(table) != la.get(table)
    }
