"""SHA-256 of files: the content of one that has not moved since is not read twice.

What tells it is what tells git: its place on the disk, its size, the dates of its content and of its state
(the second follows any writing, even one that puts the first back). A process remembers every file. What it
leaves to the next ones, beside the warehouse, are the heavy files alone: those that people correct are read
each time. Without that note, or with a damaged one, everything is read.
"""

import contextlib
import hashlib
import json
import os
import time
from pathlib import Path

Etat = tuple[int, ...]  # device, inode, bytes, dates of the content and of the state in ns

# a file written again within one tick of the clock keeps its date: so young, only its content says what it is
_ENCORE_CHAUD = 2_000_000_000  # nanoseconds
_LOURD = 1_000_000  # bytes: those of a national file, not those of a workbook
_connus: dict[str, tuple[Etat, str]] = {}  # by path: asked for by this process
_rappeles: dict[str, tuple[Etat, str]] = {}  # left by a former one


def empreinte_de(chemin: Path) -> str:
    """SHA-256 of the content of a file, known or read. Raises OSError."""
    etat = chemin.stat()
    if time.time_ns() - max(etat.st_mtime_ns, etat.st_ctime_ns) < _ENCORE_CHAUD:
        return _hacher(chemin)
    cle = str(chemin.absolute())
    vu = (etat.st_dev, etat.st_ino, etat.st_size, etat.st_mtime_ns, etat.st_ctime_ns)
    connu = next((c for c in (_connus.get(cle), _rappeles.get(cle)) if c and c[0] == vu), None)
    _connus[cle] = connu or (vu, _hacher(chemin))
    return _connus[cle][1]


def rappeler(entrepot: Path) -> None:
    """Take back what the last build of that warehouse left."""
    _rappeles.clear()
    if os.name == "nt":  # there, no date follows every writing
        return
    with contextlib.suppress(OSError, ValueError):
        controle, _, texte = _note(entrepot).read_text(encoding="ascii").partition("\n")
        if controle == _controle(texte):
            _rappeles.update({cle: (tuple(etat), sha256) for cle, etat, sha256 in json.loads(texte)})


def garder(entrepot: Path) -> None:
    """Leave to the next build of that warehouse the heavy files that this process has seen."""
    note = _note(entrepot)
    lourds = [(cle, etat, sha256) for cle, (etat, sha256) in _connus.items() if etat[2] >= _LOURD]
    with contextlib.suppress(OSError):  # it only spares time
        note.unlink(missing_ok=True)
        if lourds:
            texte = json.dumps(lourds)
            note.write_text(f"{_controle(texte)}\n{texte}", encoding="ascii")


def _note(entrepot: Path) -> Path:
    return entrepot.with_name(f"{entrepot.name}.hachages")


def _controle(texte: str) -> str:
    return hashlib.sha256(texte.encode("ascii")).hexdigest()


def _hacher(chemin: Path) -> str:
    with chemin.open("rb") as flux:
        return hashlib.file_digest(flux, "sha256").hexdigest()
