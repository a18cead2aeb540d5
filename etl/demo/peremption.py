"""Is the fictional campaign of data/demo the one that today's code and convention would write?"""

import hashlib
from pathlib import Path

import yaml

from etl.demo.generation import FICHE_SIGNALETIQUE
from etl.hachages import empreinte_de
from etl.inventaire import RACINE

_EMPREINTE = ".empreinte"  # hidden: never taken for a file received
_CODE = ("etl/demo", "etl/canevas")


def signer(dossier: Path, referentiel: Path) -> None:
    """Note beside a campaign just written what wrote it. Raises OSError."""
    (dossier / _EMPREINTE).write_text(_empreinte(referentiel), encoding="utf-8")


def perimee(dossier: Path, referentiel: Path) -> bool:
    """Say whether the campaign is missing, or written by another code or for another convention."""
    if not (dossier / FICHE_SIGNALETIQUE).is_file():
        return not dossier.exists()  # anything else that stands there is somebody's, and stays
    signature = dossier / _EMPREINTE
    return not signature.is_file() or signature.read_text(encoding="utf-8") != _empreinte(referentiel)


def choix(dossier: Path) -> dict[str, str]:
    """`scenario` and `echelle` of the campaign that stands there; empty when there is none."""
    description = dossier / FICHE_SIGNALETIQUE
    if not description.is_file():
        return {}
    lue = yaml.safe_load(description.read_text(encoding="utf-8"))
    return {cle: lue[cle] for cle in ("scenario", "echelle")}


def _empreinte(referentiel: Path) -> str:
    hachage = hashlib.sha256()
    for racine in (*(RACINE / dossier for dossier in _CODE), referentiel):
        for chemin in sorted(c for c in racine.rglob("*") if c.is_file() and c.suffix != ".pyc"):
            hachage.update(f"{chemin.relative_to(racine).as_posix()}\0{empreinte_de(chemin)}\n".encode())
    return hachage.hexdigest()
