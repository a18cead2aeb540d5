"""The seal of a warehouse: byte for byte what a build wrote, and the version that wrote it.

A build continues a warehouse only when its seal holds: a byte damaged, a row somebody changed, an older copy
put back, another programme or another convention, and everything is read and computed anew. So it is when the
seal cannot be written or read: it spares time, and nothing else depends on it.
"""

import contextlib
import hashlib
from pathlib import Path


def apposer(entrepot: Path, octets: str, version: str) -> None:
    """Note the hash of the bytes of a warehouse (see `empreinte`) and its version."""
    retirer(entrepot)  # it may be another user's
    with contextlib.suppress(OSError):
        _chemin(entrepot).write_text(f"{octets} {version}\n", encoding="ascii")


def retirer(entrepot: Path) -> None:
    """Let nobody continue that warehouse."""
    with contextlib.suppress(OSError):
        _chemin(entrepot).unlink(missing_ok=True)


def tient(entrepot: Path, octets: str, version: str) -> bool:
    """Say whether these bytes are those that a build of this version wrote last at that place."""
    with contextlib.suppress(OSError, ValueError):
        return _chemin(entrepot).read_text(encoding="ascii") == f"{octets} {version}\n"
    return False


def empreinte(fichier: Path) -> str:
    """SHA-256 of the bytes of a file. Raises OSError."""
    with fichier.open("rb") as flux:
        return hashlib.file_digest(flux, "sha256").hexdigest()


def _chemin(entrepot: Path) -> Path:
    return entrepot.with_name(f"{entrepot.name}.sceau")
