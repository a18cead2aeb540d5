"""Compressed files: read inside, never written to the disk, and nothing that would fill the memory."""

import gzip
import itertools
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from etl.classeurs.nature import PARTIE_APPLE
from etl.sources.tables import TAILLE_MAXIMALE, Contenu, FichierIllisible

_MEMBRES_MAXIMUM = 200
_RAPPORT_MAXIMAL = 1000  # real tables shrink 5 to 50 times; a bomb, more than a thousand
_PETIT = 10 * 1024**2
_SANS_TABLE = frozenset({".pdf", ".txt", ".md", ".html", ".htm", ".xml", ".doc", ".docx", ".odt", ".png"})
# ValueError: a name that is no UTF-8, or an empty one; struct.error: a field cut short
_ABIMEES = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, struct.error)
_BUREAUTIQUE = frozenset({"[Content_Types].xml", "mimetype", PARTIE_APPLE})
_COMPRESSES = frozenset({".zip", ".gz", ".7z", ".rar", ".tar"})
_CLASSEURS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
# folders, and what the computer that made the archive adds for itself
_TECHNIQUE = re.compile(r"/$|^__MACOSX/|(?:^|/)(?:\.DS_Store|Thumbs\.db|desktop\.ini)$")


def est_un_classeur(chemin: Path) -> bool:
    """Say whether a zip is an office document, which is opened otherwise. Raises FichierIllisible."""
    return not _BUREAUTIQUE.isdisjoint(_ouvrir(chemin).namelist())


def membres(chemin: Path) -> tuple[tuple[Contenu, FichierIllisible | None], ...]:
    """List the files of a zip, by their path in it, each with None or the reason why it is not read.

    Raises FichierIllisible when the archive itself is damaged, encrypted or out of proportion.
    """
    infos = [info for info in _ouvrir(chemin).infolist() if not _TECHNIQUE.search(info.filename)]
    if len(infos) > _MEMBRES_MAXIMUM:
        message = f"L’archive tient {len(infos)} fichiers : n’y laissez que les tables utiles."
        raise FichierIllisible("archive_demesuree", message)
    if not infos:
        raise FichierIllisible("archive_vide", "L’archive est vide.")
    noms = _distincts([_nom(info) for info in infos])
    return tuple(
        (
            Contenu(nom, _ouvreur(chemin, info), empreinte=f"{info.CRC:08x}-{info.file_size}"),
            _obstacle(info),
        )
        for nom, info in zip(noms, infos, strict=True)
    )


def _ouvrir(chemin: Path) -> zipfile.ZipFile:
    try:
        with zipfile.ZipFile(chemin) as archive:  # its directory stays readable once closed
            return archive
    except _ABIMEES as erreur:
        raise FichierIllisible(
            "archive_abimee", "L’archive est abîmée ou incomplète : téléchargez-la de nouveau."
        ) from erreur


def _nom(info: zipfile.ZipInfo) -> str:
    """The path of a member, that only names it: its folders may say the year, and never lead out."""
    parties = PurePosixPath(info.filename.replace("\\", "/")).parts
    return "/".join(p for p in parties if p not in ("/", ".", "..")) or "fichier sans nom"


def _distincts(noms: list[str]) -> list[str]:
    """Number the names that stand several times: an archive may hold the same path twice."""
    vus: dict[str, int] = {}
    for nom in noms:
        vus[nom] = vus.get(nom, 0) + 1
    rangs = {nom: itertools.count(1) for nom, nombre in vus.items() if nombre > 1}
    return [f"{nom} ({next(rangs[nom])})" if nom in rangs else nom for nom in noms]


def _obstacle(info: zipfile.ZipInfo) -> FichierIllisible | None:
    suffixe = PurePosixPath(info.filename).suffix.casefold()
    if suffixe in _SANS_TABLE:
        return FichierIllisible("documentation", f"« {_nom(info)} » accompagne les données : non lu.")
    if suffixe in _COMPRESSES:
        message = f"« {_nom(info)} » est une archive dans l’archive : déposez-la seule."
        return FichierIllisible("archive_imbriquee", message)
    if suffixe in _CLASSEURS:
        message = f"« {_nom(info)} » est un classeur : sortez-le de l’archive, et déposez-le seul."
        return FichierIllisible("archive_imbriquee", message)
    if info.flag_bits & 0x1:
        message = f"« {_nom(info)} » est protégé par un mot de passe : déposez-le sans."
        return FichierIllisible("archive_chiffree", message)
    rapport = info.file_size / max(info.compress_size, 1)
    if info.file_size > TAILLE_MAXIMALE or (info.file_size > _PETIT and rapport > _RAPPORT_MAXIMAL):
        message = f"« {_nom(info)} » est démesuré une fois décompressé : il n’est pas ouvert."
        return FichierIllisible("archive_demesuree", message)
    return None


def _ouvreur(chemin: Path, info: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    def ouvrir() -> BinaryIO:
        archive = zipfile.ZipFile(chemin)
        try:
            return archive.open(info)  # keeps the file of the archive open until it is closed itself
        except _ABIMEES as erreur:
            message = f"« {_nom(info)} » est compressé d’une façon inconnue ou abîmé."
            raise FichierIllisible("archive_abimee", message) from erreur
        finally:
            archive.close()

    return ouvrir


def degonfler(chemin: Path) -> Contenu:
    """Give the content of a .gz, under its name without the ending."""
    nom = chemin.stem if chemin.suffix.casefold() == ".gz" else chemin.name
    return Contenu(nom, lambda: gzip.open(chemin, "rb"))
