"""The xlsx file as a package: what is refused before anything opens it, and its sheets as checked bytes.

A workbook comes from outside. Its zip is checked (size, ratio, number of parts, macros, links, entities,
far-away cells), then what was checked is repacked in memory: the parser never sees the original archive.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

OCTETS_MAXIMUM = 20 * 2**20
DEPLIE_MAXIMUM = 50 * 2**20
RAPPORT_MAXIMUM = 100
PARTIES_MAXIMUM = 200
LIGNES_MAXIMUM = 9_999
COLONNES_MAXIMUM = "ZZ"

SIGNATURE_ZIP = b"PK\x03\x04"
SIGNATURE_OLE = b"\xd0\xcf\x11\xe0"
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATIONS_STRICTES = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_INTERDITS = (
    ("vbaproject", "macros"),
    ("macrosheets/", "macros"),
    ("externallinks/", "liens_externes"),
    ("embeddings/", "objets_incorpores"),
)
# A document type is the only door to entities: here in UTF-8, then in UTF-16.
_DOCTYPES = (b"<!DOCTYPE", b"<!ENTITY", b"<\0!\0D\0", b"\0<\0!\0D", b"<\0!\0E\0", b"\0<\0!\0E")
# The attributes of a tag, never past its end and never given back: the search is linear whatever is sent.
_ATTRIBUT = rb"""\s*+[^\s=<>"'/]++\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+')"""
_ADRESSE = rb"""(?=\s)(?:(?!\s*+r\s*+=)%b)*+\s*+r\s*+=\s*+["']""" % _ATTRIBUT
# A cell past the caps, or a cell without address in a row past them. LibreOffice writes empty far-away rows.
_TROP_LOIN = re.compile(
    rb"""<(?:[\w.-]{1,20}:)?(?:c%b(?:[A-Za-z]{3,}+[0-9]|[A-Za-z]++[0-9]{5})"""
    rb"""|row%b[0-9]{5,}+["'](?:%b)*+\s*+>\s*+<[^/])""" % (_ADRESSE, _ADRESSE, _ATTRIBUT)
)


class ClasseurRefuse(Exception):  # noqa: N818 — a French name, like its callers
    """The file is not opened. `regle` names the sentence of `messages` to show, `details` completes it."""

    def __init__(self, regle: str, **details: object) -> None:
        super().__init__(regle)
        self.regle = regle
        self.details = details


@dataclass(frozen=True, slots=True)
class Paquet:
    """The checked XML parts of a workbook; `feuilles` maps the name of each sheet to its part."""

    parties: dict[str, bytes]
    feuilles: dict[str, str]

    def xml(self, feuille: str) -> bytes:
        return self.parties[self.feuilles[feuille]]

    def archive(self) -> io.BytesIO:
        """The checked parts that hold cells, as a new archive stored without compression."""
        sortie = io.BytesIO()
        with zipfile.ZipFile(sortie, "w", zipfile.ZIP_STORED) as archive:
            for nom, contenu in self.parties.items():
                if not nom.startswith(("xl/theme/", "docProps/")):
                    archive.writestr(zipfile.ZipInfo(nom), contenu)
        sortie.seek(0)
        return sortie


def ouvrir(chemin: Path) -> Paquet:
    """Read and check a workbook, without interpreting its cells.

    Raises ClasseurRefuse with the rule that was broken.
    """
    taille = chemin.stat().st_size
    if taille > OCTETS_MAXIMUM:
        raise ClasseurRefuse("fichier_trop_lourd", taille=taille // 2**20, maximum=OCTETS_MAXIMUM // 2**20)
    octets = chemin.read_bytes()
    if octets.startswith(SIGNATURE_OLE):
        raise ClasseurRefuse("ancien_ou_protege")
    if not octets.startswith(SIGNATURE_ZIP):
        raise ClasseurRefuse("pas_un_classeur")
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            _verifier_sommaire(archive.infolist())
            parties = _lire_parties(archive)
        feuilles = _feuilles(parties)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        ElementTree.ParseError,
        KeyError,
    ) as e:
        raise ClasseurRefuse("classeur_abime") from e
    for nom, partie in feuilles.items():
        if _TROP_LOIN.search(parties[partie]):
            raise ClasseurRefuse(
                "feuille_demesuree", feuille=nom, lignes=LIGNES_MAXIMUM, colonnes=COLONNES_MAXIMUM
            )
    return Paquet(parties, feuilles)


def _verifier_sommaire(entrees: list[zipfile.ZipInfo]) -> None:
    if len(entrees) > PARTIES_MAXIMUM:
        raise ClasseurRefuse("trop_de_parties", nombre=len(entrees), maximum=PARTIES_MAXIMUM)
    deplie = sum(entree.file_size for entree in entrees)
    compresse = sum(entree.compress_size for entree in entrees)
    if deplie > DEPLIE_MAXIMUM or deplie > RAPPORT_MAXIMUM * max(compresse, 1):
        raise ClasseurRefuse("bombe", deplie=deplie // 2**20, maximum=DEPLIE_MAXIMUM // 2**20)
    for entree in entrees:
        if entree.flag_bits & 0x1:
            raise ClasseurRefuse("ancien_ou_protege")
        for morceau, regle in _INTERDITS:
            if morceau in entree.filename.lower():
                raise ClasseurRefuse(regle)


def _lire_parties(archive: zipfile.ZipFile) -> dict[str, bytes]:
    parties = {}
    for entree in archive.infolist():
        if entree.filename.endswith((".xml", ".rels")):
            contenu = archive.read(entree)
            # No spreadsheet writes « <! » nor UTF-16: nearly every part costs one search instead of six.
            douteux = b"<!" in contenu or b"\0" in contenu[:4]
            if douteux and any(signe in contenu for signe in _DOCTYPES):
                raise ClasseurRefuse("entites", partie=entree.filename)
            parties[entree.filename] = contenu
    return parties


def _feuilles(parties: dict[str, bytes]) -> dict[str, str]:
    # No document type is left at this point: the standard parser has nothing to expand.
    liens = {
        lien.get("Id"): lien.get("Target", "")
        for lien in ElementTree.fromstring(parties["xl/_rels/workbook.xml.rels"])
    }
    feuilles = {}
    for feuille in ElementTree.fromstring(parties["xl/workbook.xml"]).iterfind("{*}sheets/{*}sheet"):
        cible = liens[feuille.get(_RELATIONS) or feuille.get(_RELATIONS_STRICTES)]
        partie = cible.removeprefix("/") if cible.startswith("/") else f"xl/{cible}"
        if partie in parties:  # chart sheets and the like hold no cell
            feuilles[feuille.get("name")] = partie
    return feuilles
