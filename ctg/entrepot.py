"""The only door to the warehouse: read-only, without access to files or network, configuration locked.

`duckdb.connect(path, read_only=True)` is not used: in a process that still holds an older connection on the
same path it silently returns the OLD database after a swap, and it still reads and writes other files. A
fresh `:memory:` connection that ATTACHes the warehouse has neither defect.
"""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:  # a third of a second, that a build never needs: DuckDB imports it with the first table
    import pandas as pd

RACINE = Path(__file__).parents[1]
REQUETES = Path(__file__).parent / "requetes"

Signature = tuple[int, int, int]

# ATTACH comes first: nothing can be attached once external access is off
_VERROUS = (
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)
_TENTATIVES = 3


class EntrepotAbsent(Exception):  # noqa: N818  (French nouns of the house)
    """No warehouse stands at the path given."""


class EntrepotIllisible(Exception):  # noqa: N818
    """A file stands there, but it is no warehouse this version can read."""


def chemin_par_defaut() -> Path:
    """Path of the warehouse: `CTG_ENTREPOT`, else `data/warehouse.duckdb` of the project."""
    return Path(os.environ.get("CTG_ENTREPOT") or RACINE / "data" / "warehouse.duckdb")


def signature(chemin: Path) -> Signature:
    """Identify the version standing at `chemin`: (inode, mtime in ns, size). Raises EntrepotAbsent."""
    try:
        etat = chemin.stat()
    except OSError as erreur:
        raise EntrepotAbsent(chemin) from erreur
    return etat.st_ino, etat.st_mtime_ns, etat.st_size


def attacher(connexion: duckdb.DuckDBPyConnection, chemin: Path, nom: str) -> None:
    """Attach the warehouse at `chemin`, read-only, under `nom`. Raises duckdb.Error when it is none."""
    litteral = str(chemin.resolve()).replace("'", "''")
    connexion.execute(f"ATTACH '{litteral}' AS {nom} (READ_ONLY)")


@functools.cache
def _texte(nom: str) -> str:
    return (REQUETES / f"{nom}.sql").read_text(encoding="utf-8")


class Entrepot:
    """One version of the warehouse, held open.

    A swap of the file leaves this object on the version it opened: compare `signature` with
    `signature(chemin)` to know that a newer one came. Threads may share it: each query has its own cursor.
    Raises EntrepotAbsent, EntrepotIllisible.
    """

    def __init__(self, chemin: Path):
        self.chemin = Path(chemin)
        self.signature, self._connexion = self._ouvrir()
        self.empreinte = self._empreinte()

    def _ouvrir(self) -> tuple[Signature, duckdb.DuckDBPyConnection]:
        for _ in range(_TENTATIVES):
            avant = signature(self.chemin)
            connexion = self._attacher()
            if signature(self.chemin) == avant:
                return avant, connexion
            connexion.close()  # swapped between the two looks: the signature would name another version
        raise EntrepotIllisible(f"{self.chemin} change sans cesse")

    def _attacher(self) -> duckdb.DuckDBPyConnection:
        connexion = duckdb.connect(":memory:")
        try:
            attacher(connexion, self.chemin, "entrepot")
            for verrou in _VERROUS:
                connexion.execute(verrou)
        except duckdb.Error as erreur:
            connexion.close()
            raise EntrepotIllisible(self.chemin) from erreur
        return connexion

    def _empreinte(self) -> str:
        try:
            return self.executer("SELECT empreinte FROM publication.convention").iat[0, 0]
        except (duckdb.Error, IndexError) as erreur:
            raise EntrepotIllisible(self.chemin) from erreur

    def executer(self, sql: str, **params: object) -> pd.DataFrame:
        """Run a query with named parameters (`$annee`) on a cursor of its own. Raises duckdb.Error.

        Texts come as plain Python objects: pages read rows one by one, ten times slower on Arrow strings.
        """
        with self._connexion.cursor() as curseur:
            curseur.execute("USE entrepot")
            reponse = curseur.execute(sql, params).df()
        textes = reponse.select_dtypes("str").columns
        return reponse.astype(dict.fromkeys(textes, object))

    def requete(self, nom: str, **params: object) -> pd.DataFrame:
        """Run `ctg/requetes/<nom>.sql` with its named parameters: a new DataFrame, one row per result row."""
        return self.executer(_texte(nom), **params)
