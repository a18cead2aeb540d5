"""Blank forms are laid where people keep filled ones: nothing that differs is ever written over."""

import shutil
from collections.abc import Iterable
from pathlib import Path


class DejaRemplis(Exception):  # noqa: N818 (errors are named in French, by what happened)
    """Files of the same name stand there with another content: the message names them, nothing is written."""


def deposer(prepares: Iterable[Path], vers: Path) -> None:
    """Copy files into the folder `vers`, made if needed; all of them or none. Raises DejaRemplis, OSError."""
    destinations = {prepare: vers / prepare.name for prepare in prepares}
    autres = [c.name for p, c in destinations.items() if c.exists() and c.read_bytes() != p.read_bytes()]
    if autres:
        raise DejaRemplis(
            f"Rien n’a été écrit : {vers} contient déjà, avec un autre contenu, {', '.join(autres)}. "
            "Choisir un autre dossier, ou les déplacer."
        )
    vers.mkdir(parents=True, exist_ok=True)
    for prepare, destination in destinations.items():
        shutil.copyfile(prepare, destination)
