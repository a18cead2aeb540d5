"""Writing so that a power cut leaves all or nothing: every byte forced to disk before a name is given."""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

ENTRANT = ".entrant-"  # hidden: what is being written is read by nobody
_MORCEAU = 2**20


def ecrire(chemin: Path, contenu: bytes) -> None:
    """Write a file that does not exist yet, its owner's alone, and force it to disk. Raises OSError."""
    with _neuf(chemin) as descripteur:
        tout_ecrire(descripteur, contenu)


def copier(source: Path, chemin: Path) -> str:
    """Copy a file as `ecrire` would; returns the SHA-256 of what was copied. Raises OSError."""
    hachage = hashlib.sha256()
    with source.open("rb") as flux, _neuf(chemin) as descripteur:
        while morceau := flux.read(_MORCEAU):
            hachage.update(morceau)
            tout_ecrire(descripteur, morceau)
    return hachage.hexdigest()


@contextlib.contextmanager
def preparer(parent: Path, nom: str, vers: Path | None = None) -> Iterator[Path]:
    """Give an empty hidden folder of `parent`; when the block ends well it becomes `vers/nom`, in one move.

    `vers` is `parent` unless said, made if need be, on the same disk. An error leaves nothing; a death leaves
    a hidden folder, that `balayer` removes. Raises OSError, among them FileExistsError: the name is taken.
    """
    vers = vers or parent
    entrant = parent / f"{ENTRANT}{nom}"
    # os.*, not Path: a death at each of these steps is tried by the tests
    os.mkdir(entrant, 0o700)  # noqa: PTH102
    try:
        yield entrant
        forcer(entrant)
        if not vers.is_dir():
            os.mkdir(vers, 0o700)  # noqa: PTH102
            forcer(vers.parent)
        if (vers / nom).exists():
            raise FileExistsError(f"« {vers / nom} » existe déjà.")
        os.rename(entrant, vers / nom)  # noqa: PTH104
    except BaseException:
        shutil.rmtree(entrant, ignore_errors=True)
        raise
    forcer(vers)


def balayer(parent: Path) -> None:
    """Remove what a killed process was writing; nobody else may be writing there."""
    for reste in parent.glob(f"{ENTRANT}*"):
        shutil.rmtree(reste, ignore_errors=True)


def forcer(chemin: Path) -> None:
    """Force to disk the bytes of a file, or the names of a folder. Raises OSError."""
    if os.name == "nt" and chemin.is_dir():
        return  # a folder cannot be opened there
    descripteur = os.open(chemin, os.O_RDONLY)
    try:
        os.fsync(descripteur)
    finally:
        os.close(descripteur)


@contextlib.contextmanager
def _neuf(chemin: Path) -> Iterator[int]:
    descripteur = os.open(chemin, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        yield descripteur
        os.fsync(descripteur)
    finally:
        os.close(descripteur)


def tout_ecrire(descripteur: int, contenu: bytes) -> None:
    """Write every byte: a full disk takes a part before it refuses. Raises OSError."""
    reste = memoryview(contenu)
    while reste:
        reste = reste[os.write(descripteur, reste) :]
