"""The warehouse changes in one move: built beside, forced to disk, put in place while readers are open.

Killed at any moment, a build leaves the former warehouse whole, and a temporary file the next one removes.
What is built beside begins as a copy of the former warehouse when its seal tells that it may be continued.
"""

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
from filelock import FileLock

from ctg.entrepot import attacher
from etl import disque
from etl.construction import sceau

PRECEDENT = "precedent"  # the name of the warehouse of today, beside what is tried
_ESSAI, _DUREE_D_UN_ESSAI = ".essai", 3600  # seconds: none lasts so long
# 16 kB blocks: with 256 kB, the keys of some forty small tables would make a file ten times heavier
_TAILLE_DE_BLOC = "16384"


@contextlib.contextmanager
def remplacer(
    entrepot: Path, version: str, suite: bool = True, encore: Callable[[], bool] = lambda: True
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a copy of `entrepot` to continue, or an empty database; what the block leaves there replaces it.

    It is continued when a build of the same `version` wrote it, and `suite`; not after a build that died,
    which what it continued may have killed. The next one may continue it if the version is `encore` the same
    when the block ends. When it ends with an error, nothing changes. Two builds of the same warehouse queue.
    Raises OSError when the folder or the file cannot be written.
    """
    entrepot.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(_voisin(entrepot, "lock")):
        morte = _nettoyer(entrepot)
        temporaire = _voisin(entrepot, f"{os.getpid()}.construction")
        try:
            with _droits_du_proprietaire():
                if suite and not morte:
                    _copier(entrepot, version, temporaire)
                connexion = duckdb.connect(str(temporaire), config={"default_block_size": _TAILLE_DE_BLOC})
                with contextlib.closing(connexion):
                    connexion.execute("SET wal_autocheckpoint = '1KB'")
                    yield connexion
                    connexion.execute("CHECKPOINT")
                disque.forcer(temporaire)
                if encore():
                    # a seal that names a file not yet in place only makes the next build begin anew
                    sceau.apposer(entrepot, sceau.empreinte(temporaire), version)
                else:  # the convention changed meanwhile: which one was read is not known
                    sceau.retirer(entrepot)
            temporaire.replace(entrepot)
            disque.forcer(entrepot.parent)
        finally:
            _nettoyer(entrepot)


@contextlib.contextmanager
def essayer(entrepot: Path, version: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give what `remplacer` gives, and `entrepot` attached as PRECEDENT when it is one; nothing is kept.

    Raises OSError when the copies cannot be written.
    """
    with _atelier(entrepot) as atelier:
        avant, essai = atelier / "avant", atelier / "essai"
        with contextlib.suppress(FileNotFoundError, PermissionError):  # none, or another user's
            shutil.copyfile(entrepot, avant)  # both from one version, whatever build ends meanwhile
            if sceau.tient(entrepot, sceau.empreinte(avant), version):
                shutil.copyfile(avant, essai)
        with duckdb.connect(str(essai), config={"default_block_size": _TAILLE_DE_BLOC}) as connexion:
            with contextlib.suppress(duckdb.Error):
                attacher(connexion, avant, PRECEDENT)
            connexion.begin()  # and never ended: what is tried is not worth writing
            yield connexion


@contextlib.contextmanager
def _atelier(entrepot: Path) -> Iterator[Path]:
    """A folder beside the warehouse, its owner's alone; the one of a process that was killed is removed."""
    entrepot.parent.mkdir(parents=True, exist_ok=True)
    for reste in entrepot.parent.glob(f".{entrepot.name}.*{_ESSAI}"):
        if time.time() - reste.stat().st_mtime > _DUREE_D_UN_ESSAI:
            shutil.rmtree(reste, ignore_errors=True)
    with tempfile.TemporaryDirectory(
        prefix=f".{entrepot.name}.", suffix=_ESSAI, dir=entrepot.parent, ignore_cleanup_errors=True
    ) as dossier:
        yield Path(dossier)


def _copier(entrepot: Path, version: str, copie: Path) -> None:
    """Copy a warehouse that may be continued; leave nothing when it may not."""
    try:
        shutil.copyfile(entrepot, copie)
        if sceau.tient(entrepot, sceau.empreinte(copie), version):
            return
    except OSError:  # absent, or another user's: beginning anew says what cannot be written
        pass
    copie.unlink(missing_ok=True)


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


def _nettoyer(entrepot: Path) -> bool:
    """Remove what a killed build left, and say whether one did; the lock is held, so no other is using it."""
    restes = list(entrepot.parent.glob(f"{entrepot.name}.*.construction*"))
    for reste in restes:
        if reste.is_dir():  # where DuckDB puts what does not fit in memory
            shutil.rmtree(reste, ignore_errors=True)
        else:
            reste.unlink(missing_ok=True)
    return bool(restes)
