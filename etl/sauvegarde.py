"""Saving and restoring what cannot be rebuilt: files received, the convention, what people decided."""

import datetime as dt
import os
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path, PurePosixPath

from etl.inventaire import RACINE, dossier_saisies, dossiers_lus

_PARTIES = ("raw", "referentiel", "saisies")


class ArchiveRefusee(Exception):  # noqa: N818 (errors are named in French, by what happened)
    """An archive that is not one of our backups; the message says why, in French."""


def emplacements() -> dict[str, Path]:
    """Where each part of a backup stands, by its path under `data/` in the archive: the folders that a build
    reads, `CTG_RAW`, `CTG_REFERENTIEL` and `CTG_SAISIES` included."""
    conventions, choisie = RACINE / "data" / "referentiel", os.environ.get("CTG_REFERENTIEL")
    referentiel = {"referentiel": conventions}
    if choisie and not Path(choisie).resolve().is_relative_to(conventions.resolve()):
        referentiel = {f"referentiel/{Path(choisie).resolve().name}": Path(choisie)}
    return {"raw": dossiers_lus()[0], **referentiel, "saisies": dossier_saisies()}


def sauvegarder(vers: Path | None = None) -> Path:
    """Zip the files received, the convention and the decisions; returns the archive. Raises OSError."""
    archive = vers or RACINE / "sorties" / f"sauvegarde_{dt.datetime.now():%Y-%m-%d_%H%M%S}.zip"
    archive.parent.mkdir(parents=True, exist_ok=True)
    provisoire = archive.with_name(f".{archive.name}.partiel")
    try:
        provisoire.touch(mode=0o600)  # it holds the exact answers: its owner's alone
        with zipfile.ZipFile(provisoire, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as contenu:
            for nom, place in emplacements().items():
                contenu.mkdir(f"data/{nom}")
                for chemin in sorted(place.rglob("*")):
                    if chemin.is_file() and not chemin.is_symlink():
                        contenu.write(chemin, f"data/{nom}/{chemin.relative_to(place).as_posix()}")
        provisoire.replace(archive)
    finally:
        provisoire.unlink(missing_ok=True)
    return archive


def restaurer(archive: Path) -> Path:
    """Put back the parts of a backup, all or none; returns the backup of what stood there before.

    Raises ArchiveRefusee (no backup, damaged, a name outside `data/`, another convention) and OSError;
    nothing has changed then.
    """
    if not archive.is_file():
        raise ArchiveRefusee(f"« {archive} » n’est pas un fichier : donner le chemin d’une sauvegarde.")
    precedent = sauvegarder(
        RACINE / "sorties" / f"avant_restauration_{dt.datetime.now():%Y-%m-%d_%H%M%S}.zip"
    )
    places = emplacements()
    with ExitStack() as pile:
        ateliers = {}
        for nom, place in places.items():  # each beside its place: a rename does not leave its disk
            place.parent.mkdir(parents=True, exist_ok=True)
            atelier = tempfile.TemporaryDirectory(dir=place.parent, prefix=".restauration_")
            ateliers[nom] = Path(pile.enter_context(atelier))
        _extraire(archive, ateliers)
        _echanger(places, ateliers)
    return precedent


def _extraire(archive: Path, ateliers: Mapping[str, Path]) -> None:
    """Unzip each part of a backup into the folder given for it, after having judged every name."""
    try:
        with zipfile.ZipFile(archive) as contenu:
            for membre in contenu.infolist():
                _juger(membre)
            if not contenu.namelist():
                raise ArchiveRefusee("Cette archive est vide.")
            abime = contenu.testzip()
            if abime:
                raise ArchiveRefusee(f"L’archive est abîmée : « {abime} » ne se lit pas.")
            for nom, atelier in ateliers.items():
                siens = [n for n in contenu.namelist() if f"{n}/".startswith(f"data/{nom}/")]
                if not siens and nom.startswith("referentiel/"):
                    raise ArchiveRefusee(f"Cette archive ne contient pas la convention « {nom[12:]} ».")
                contenu.extractall(atelier / "neuf", siens)
    except (zipfile.BadZipFile, zlib.error, EOFError) as erreur:
        raise ArchiveRefusee("Ce fichier n’est pas une archive zip lisible.") from erreur


def _juger(membre: zipfile.ZipInfo) -> None:
    parties = PurePosixPath(membre.filename.replace("\\", "/")).parts
    dedans = len(parties) >= 2 and parties[0] == "data" and parties[1] in _PARTIES and ".." not in parties
    if not dedans or stat.S_ISLNK(membre.external_attr >> 16):
        raise ArchiveRefusee(
            f"« {membre.filename} » n’a pas sa place dans une sauvegarde : rien n’est restauré."
        )


def _echanger(places: Mapping[str, Path], ateliers: Mapping[str, Path]) -> None:
    """Swap the folders by renaming; an error puts back those already moved."""
    faits: list[str] = []
    try:
        for nom, place in places.items():
            if place.exists():
                place.rename(ateliers[nom] / "ancien")
            faits.append(nom)
            neuf = ateliers[nom] / "neuf" / "data" / nom
            if neuf.exists():
                neuf.rename(place)
            else:
                place.mkdir()
    except OSError:
        for nom in faits:
            shutil.rmtree(places[nom], ignore_errors=True)
            if (ateliers[nom] / "ancien").exists():
                (ateliers[nom] / "ancien").rename(places[nom])
        raise
