"""Saving and restoring what cannot be rebuilt: files received, the convention, what people decided."""

import datetime as dt
import shutil
import stat
import tempfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from etl.inventaire import RACINE

DOSSIERS = ("raw", "referentiel", "saisies")


class ArchiveRefusee(Exception):  # noqa: N818 (errors are named in French, by what happened)
    """An archive that is not one of our backups; the message says why, in French."""


def sauvegarder(vers: Path | None = None, donnees: Path = RACINE / "data") -> Path:
    """Zip `raw`, `referentiel` and `saisies` of `donnees`; returns the archive. Raises OSError."""
    archive = vers or RACINE / "sorties" / f"sauvegarde_{dt.datetime.now():%Y-%m-%d_%H%M%S}.zip"
    archive.parent.mkdir(parents=True, exist_ok=True)
    provisoire = archive.with_name(f".{archive.name}.partiel")
    try:
        provisoire.touch(mode=0o600)  # it holds the exact answers: its owner's alone
        with zipfile.ZipFile(provisoire, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as contenu:
            for dossier in DOSSIERS:
                contenu.mkdir(f"data/{dossier}")
                for chemin in sorted((donnees / dossier).rglob("*")):
                    if chemin.is_file() and not chemin.is_symlink():
                        contenu.write(chemin, PurePosixPath("data", chemin.relative_to(donnees).as_posix()))
        provisoire.replace(archive)
    finally:
        provisoire.unlink(missing_ok=True)
    return archive


def restaurer(archive: Path, donnees: Path = RACINE / "data") -> Path:
    """Put back the three folders of a backup, all or none; returns the backup of what stood there before.

    Raises ArchiveRefusee (no backup, damaged, a name outside `data/`) and OSError; nothing has changed then.
    """
    if not archive.is_file():
        raise ArchiveRefusee(f"« {archive} » n’est pas un fichier : donner le chemin d’une sauvegarde.")
    precedent = sauvegarder(
        RACINE / "sorties" / f"avant_restauration_{dt.datetime.now():%Y-%m-%d_%H%M%S}.zip", donnees
    )
    donnees.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=donnees, prefix=".restauration_") as temporaire:
        neuf, ancien = Path(temporaire, "neuf"), Path(temporaire, "ancien")
        ancien.mkdir()
        _extraire(archive, neuf)
        _echanger(donnees, neuf / "data", ancien)
    return precedent


def _extraire(archive: Path, vers: Path) -> None:
    """Unzip a backup after having judged every name in it."""
    try:
        with zipfile.ZipFile(archive) as contenu:
            for membre in contenu.infolist():
                _juger(membre)
            if not contenu.namelist():
                raise ArchiveRefusee("Cette archive est vide.")
            abime = contenu.testzip()
            if abime:
                raise ArchiveRefusee(f"L’archive est abîmée : « {abime} » ne se lit pas.")
            contenu.extractall(vers)
    except (zipfile.BadZipFile, zlib.error, EOFError) as erreur:
        raise ArchiveRefusee("Ce fichier n’est pas une archive zip lisible.") from erreur


def _juger(membre: zipfile.ZipInfo) -> None:
    parties = PurePosixPath(membre.filename.replace("\\", "/")).parts
    dedans = len(parties) >= 2 and parties[0] == "data" and parties[1] in DOSSIERS and ".." not in parties
    if not dedans or stat.S_ISLNK(membre.external_attr >> 16):
        raise ArchiveRefusee(
            f"« {membre.filename} » n’a pas sa place dans une sauvegarde : rien n’est restauré."
        )


def _echanger(donnees: Path, neuf: Path, ancien: Path) -> None:
    """Swap the folders by renaming; an error puts back those already moved."""
    faits: list[str] = []
    try:
        for dossier in DOSSIERS:
            if (donnees / dossier).exists():
                (donnees / dossier).rename(ancien / dossier)
            faits.append(dossier)
            if (neuf / dossier).exists():
                (neuf / dossier).rename(donnees / dossier)
            else:
                (donnees / dossier).mkdir()
    except OSError:
        for dossier in faits:
            shutil.rmtree(donnees / dossier, ignore_errors=True)
            if (ancien / dossier).exists():
                (ancien / dossier).rename(donnees / dossier)
        raise
