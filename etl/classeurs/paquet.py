"""A zip package (.xlsx, .ods) before anything opens it: what is refused, and its XML parts as checked bytes.

Size, ratio, number of parts, names, macros, entities: each is refused from the list of the parts, then from
their bytes. The parser never sees the original archive.
"""

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath
from xml.etree import ElementTree

from etl.classeurs.refus import ClasseurRefuse

DEPLIE_MAXIMUM = 50 * 2**20
RAPPORT_MAXIMUM = 100
PARTIES_MAXIMUM = 1000

# (start or piece of the name of a part, rule that refuses it)
Interdits = tuple[tuple[re.Pattern[str], str], ...]
# What a damaged or malicious package may make the standard library raise.
_ABIME = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    ElementTree.ParseError,
    KeyError,
    ValueError,
    OSError,
    OverflowError,
)
# A document type is the only door to entities: here in UTF-8, then in UTF-16.
_DOCTYPES = (b"<!DOCTYPE", b"<!ENTITY", b"<\0!\0D", b"\0<\0!\0D", b"<\0!\0E", b"\0<\0!\0E")


class Abime:
    """Inside it, whatever a damaged package raises becomes the refusal of a damaged workbook."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, genre: type | None, erreur: BaseException | None, trace: object) -> None:
        if isinstance(erreur, _ABIME):
            raise ClasseurRefuse("classeur_abime") from erreur


def lire_parties(octets: bytes, interdits: Interdits) -> dict[str, bytes]:
    """The XML parts of a package, by name. Raises ClasseurRefuse."""
    with Abime(), zipfile.ZipFile(io.BytesIO(octets)) as archive:
        _verifier_sommaire(archive.infolist(), interdits)
        return _lire(archive)


def lire_partie(archive: zipfile.ZipFile, entree: zipfile.ZipInfo) -> bytes:
    """The bytes of a part, never more than the size its archive announces, whatever it unfolds to.

    `ZipFile.read` unfolds it all before it finds that the size was a lie. Raises what `zipfile` raises.
    """
    with archive.open(entree) as partie:
        return partie.read(entree.file_size + 1)


def _verifier_sommaire(entrees: list[zipfile.ZipInfo], interdits: Interdits) -> None:
    if len(entrees) > PARTIES_MAXIMUM:
        raise ClasseurRefuse("trop_de_parties", nombre=len(entrees), maximum=PARTIES_MAXIMUM)
    deplie = sum(entree.file_size for entree in entrees)
    compresse = sum(entree.compress_size for entree in entrees)
    if deplie > DEPLIE_MAXIMUM or deplie > RAPPORT_MAXIMUM * max(compresse, 1):
        raise ClasseurRefuse(
            "bombe",
            deplie=f"{deplie // 2**20} Mo" if deplie >= 2**20 else f"{deplie // 2**10} Ko",
            fois=deplie // max(compresse, 1),
            maximum=DEPLIE_MAXIMUM // 2**20,
        )
    for entree in entrees:
        if entree.flag_bits & 0x1:
            raise ClasseurRefuse("protege")
        if _sort_de_l_archive(entree.orig_filename):
            raise ClasseurRefuse("chemin_interdit", partie=_lisible(entree.orig_filename))
        for motif, regle in interdits:
            if motif.search(entree.filename):
                raise ClasseurRefuse(regle)


def _sort_de_l_archive(nom: str) -> bool:
    # We write nothing to disk; a workbook whose parts climb out of it was made to attack somebody who does.
    propre = nom.replace("\\", "/")
    return propre.startswith("/") or ".." in PurePosixPath(propre).parts or propre[1:2] == ":"


def _lisible(nom: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in nom)[:60]


def _lire(archive: zipfile.ZipFile) -> dict[str, bytes]:
    parties = {}
    for entree in archive.infolist():
        if entree.filename.endswith((".xml", ".rels")):
            contenu = lire_partie(archive, entree)
            # No spreadsheet writes « <! » nor UTF-16: nearly every part costs one search instead of six.
            douteux = b"<!" in contenu or b"\0" in contenu[:4]
            if douteux and any(signe in contenu for signe in _DOCTYPES):
                raise ClasseurRefuse("entites", partie=_lisible(entree.filename))
            if entree.filename == "[Content_Types].xml" and b"vbaproject" in contenu.lower():
                raise ClasseurRefuse("macros")  # whatever name its part bears
            parties[entree.filename] = contenu
    return parties
