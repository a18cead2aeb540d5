"""The warehouse changes in one move: built beside, forced to disk, put in place while readers are open.

Killed at any moment, a build leaves the former warehouse whole, and a temporary file the next one removes.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
from filelock import FileLock

from etl import disque

# 16 kB blocks: with 256 kB, the keys of some forty small tables would make a file ten times heavier
_TAILLE_DE_BLOC = "16384"


@contextlib.contextmanager
def remplacer(entrepot: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give an empty database; when the block ends without error it becomes `entrepot`, else nothing changes.

    Two builds of the same warehouse queue. Raises OSError when the folder or the file cannot be written.
    """
    entrepot.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(_voisin(entrepot, "lock")):
        _nettoyer(entrepot)
        temporaire = _voisin(entrepot, f"{os.getpid()}.construction")
        try:
            with _droits_du_proprietaire():
                connexion = duckdb.connect(str(temporaire), config={"default_block_size": _TAILLE_DE_BLOC})
                with contextlib.closing(connexion):
                    yield connexion
                    connexion.execute("CHECKPOINT")
            disque.forcer(temporaire)
            temporaire.replace(entrepot)
            disque.forcer(entrepot.parent)
        finally:
            _nettoyer(entrepot)


@contextlib.contextmanager
def _droits_du_proprietaire() -> Iterator[None]:
    """What is created meanwhile, the journal of the database included, is its owner's alone (0600 on POSIX):
    schema `interne` holds the exact answers (docs/decisions/04-petits-nombres.md)."""
    ancien = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(ancien)


def _voisin(entrepot: Path, suffixe: str) -> Path:
    return entrepot.with_name(f"{entrepot.name}.{suffixe}")


def _nettoyer(entrepot: Path) -> None:
    """Remove what a killed build left; the lock is held, so no other build is using it."""
    for reste in entrepot.parent.glob(f"{entrepot.name}.*.construction*"):
        reste.unlink(missing_ok=True)
