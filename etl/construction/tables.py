"""The tables of a warehouse, made or found again: a build continues a copy of the previous one.

Those of `etl/schema/gardees` stay as the previous build left them (the convention, what was read of each
file, the open data, the published measures), or are set aside: whoever fills them takes back the rows that
still hold. Those of `etl/schema/refaites`, and those that the files of `etl/jugement` and `etl/vues` create,
are made again; the views stay, and read them.

No row is ever removed from a table that stays, nor added to it: DuckDB 2.0 was seen to crash, and to damage
its file, when one transaction reads a table that it has both found and written.
"""

import re
from collections.abc import Callable, Collection
from pathlib import Path

import duckdb

from etl.requetes import requetes

_ETL = Path(__file__).parents[1]
# the files of etl/schema/gardees
CONVENTION, LECTURES, OUVERTES, MESURES = "01_convention", "02_lectures", "03_donnees_ouvertes", "04_mesures"
_TABLE = re.compile(r"^CREATE TABLE (\w+\.\w+)", re.MULTILINE)
# the last ones first: a table leaves before those it refers to
_PRESENTES = """
    SELECT schema_name || '.' || table_name FROM duckdb_tables()
    WHERE database_name = current_database() AND NOT temporary
    ORDER BY table_oid DESC
"""


def est_neuf(connexion: duckdb.DuckDBPyConnection) -> bool:
    """Say whether the database is empty, and not the copy of a previous warehouse."""
    return not connexion.execute(_PRESENTES).fetchall()


def preparer(
    connexion: duckdb.DuckDBPyConnection, mises_de_cote: Collection[str], videes: Collection[str]
) -> None:
    """Make every table that is to be filled, in an empty database or in the copy of a previous warehouse.

    `mises_de_cote`, `videes`: the files of `etl/schema/gardees` whose tables are empty afterwards; the rows
    of the first ones, of `interne.lue` say, are in the temporary table `precedente_lue`.
    """
    gardees = {
        chemin.stem: _TABLE.findall(chemin.read_text(encoding="utf-8"))
        for chemin in (_ETL / "schema" / "gardees").glob("*.sql")
    }
    if est_neuf(connexion):
        executer(connexion, "schema/gardees")
    for table in (table for fichier in mises_de_cote for table in gardees[fichier]):
        connexion.execute(f"CREATE TEMP TABLE precedente_{table.partition('.')[2]} AS FROM {table}")
    refaites = {*mises_de_cote, *videes}
    restent = {table for fichier, noms in gardees.items() if fichier not in refaites for table in noms}
    for (nom,) in connexion.execute(_PRESENTES).fetchall():
        if nom not in restent:
            connexion.execute(f"DROP TABLE {nom}")
    executer(connexion, "schema/gardees", refaites.__contains__)
    executer(connexion, "schema/refaites")


def executer(
    connexion: duckdb.DuckDBPyConnection, dossier: str, choisir: Callable[[str], bool] = lambda nom: True
) -> None:
    """Run the `.sql` files of a folder of `etl/`, in the order of their names, those that `choisir` takes."""
    for chemin in sorted((_ETL / dossier).glob("*.sql")):
        if choisir(chemin.stem):
            try:
                for requete in requetes(chemin):
                    connexion.execute(requete)
            except duckdb.Error as erreur:
                erreur.add_note(f"dans etl/{dossier}/{chemin.name}")
                raise
