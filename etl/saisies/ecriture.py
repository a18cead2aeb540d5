"""Writing what people decide: its owner's alone, whole or not at all, even on a full disk."""

import os
from pathlib import Path

from etl.disque import tout_ecrire


def preparer(dossier: Path) -> None:
    """Make a folder of decisions that does not exist yet, its owner's alone. Raises OSError."""
    dossier.mkdir(parents=True, exist_ok=True, mode=0o700)


def ajouter(fichier: Path, octets: bytes) -> None:
    """Append to a file, made if need be; what could not be written whole is taken back. Raises OSError.

    Killed in between, a process leaves at worst a last line without its end.
    """
    descripteur = os.open(fichier, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        avant = os.fstat(descripteur).st_size
        try:
            tout_ecrire(descripteur, octets)
            os.fsync(descripteur)
        except OSError:
            os.ftruncate(descripteur, avant)
            raise
    finally:
        os.close(descripteur)


def remplacer(fichier: Path, octets: bytes) -> None:
    """Give a file its content, in one move. Raises OSError: the former one, if any, stays."""
    neuf = fichier.with_name(f".{fichier.name}.{os.getpid()}")
    descripteur = os.open(neuf, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        try:
            tout_ecrire(descripteur, octets)
            os.fsync(descripteur)
        finally:
            os.close(descripteur)
        neuf.replace(fichier)
    except OSError:
        neuf.unlink(missing_ok=True)
        raise
