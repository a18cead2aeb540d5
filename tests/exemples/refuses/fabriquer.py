"""Makes the workbooks of this folder: each bears one defect, and the name of the rule that refuses it.

Run `python -m tests.exemples.refuses.fabriquer` from the root after changing a limit of `etl.classeurs`.
"""

import io
import struct
import zipfile
from pathlib import Path

from openpyxl import Workbook

ICI = Path(__file__).parent
_DATE = (2025, 1, 1, 0, 0, 0)


def classeur_sain() -> dict[str, bytes]:
    """The parts of a tiny workbook that bears the marker of a form."""
    classeur = Workbook()
    classeur.active["A1"] = "ctg:structure:1"
    sortie = io.BytesIO()
    classeur.save(sortie)
    with zipfile.ZipFile(sortie) as archive:
        # openpyxl dates the properties with the clock
        return {nom: archive.read(nom) for nom in archive.namelist() if nom != "docProps/core.xml"}


def zipper(parties: dict[str, bytes]) -> bytes:
    """An xlsx package of these parts, always the same bytes."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in parties.items():
            entree = zipfile.ZipInfo(nom, _DATE)
            entree.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entree, contenu)
    return sortie.getvalue()


def _feuille(parties: dict[str, bytes], avant: bytes, apres: bytes) -> dict[str, bytes]:
    nom = "xl/worksheets/sheet1.xml"
    assert avant in parties[nom]
    return {**parties, nom: parties[nom].replace(avant, apres, 1)}


def _chiffrer(octets: bytes) -> bytes:
    """Set the « encrypted » flag of the first entry, in its header and in the directory."""
    brut = bytearray(octets)
    for signature, ecart in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = brut.index(signature) + ecart
        brut[place : place + 2] = struct.pack("<H", 1)
    return bytes(brut)


def defauts() -> dict[str, bytes]:
    """{name of the file: its bytes}; the name begins with the rule."""
    sain = classeur_sain()
    rangee = b"</row></sheetData>"
    declaration = b'<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet'
    return {
        "type_trompeur-texte.xlsx": b"structure;enfants admis\nMaison;12\n",
        "type_trompeur-image.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(64),
        "type_trompeur-ancien.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
        "type_trompeur-page_web.xls": b"<html><table><tr><td>12</td></tr></table></html>",
        "type_trompeur-xlsx.ods": zipper(sain),
        "fichier_vide.xlsx": b"",
        "protege-element_chiffre.xlsx": _chiffrer(zipper(sain)),
        "classeur_abime-tronque.xlsx": zipper(sain)[:-200],
        "type_trompeur-zip.xlsx": zipper({"mimetype.xml": b"<a/>"}),
        "classeur_abime-xml.xlsx": zipper({**sain, "xl/workbook.xml": b"<workbook><sheets>"}),
        "trop_de_parties.xlsx": zipper(sain | {f"xl/{n}.xml": b"" for n in range(1000)}),
        "bombe.xlsx": zipper({**sain, "xl/media/zeros.xml": bytes(8 * 2**20)}),
        "macros.xlsx": zipper({**sain, "xl/vbaProject.bin": b"Attribute VB_Name"}),
        "liens_externes.xlsx": zipper({**sain, "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}),
        "objets_incorpores.xlsx": zipper({**sain, "xl/embeddings/objet1.bin": b"objet"}),
        "entites.xlsx": zipper(_feuille(sain, b"<worksheet", declaration)),
        "entites-utf16.xlsx": zipper(
            {**sain, "docProps/core.xml": "<!DOCTYPE c [<!ENTITY a 'b'>]><c/>".encode("utf-16")}
        ),
        "feuille_demesuree-cellule.xlsx": zipper(
            _feuille(sain, rangee, b'</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
        ),
        "feuille_demesuree-rangee.xlsx": zipper(
            _feuille(sain, rangee, b'</row><row r="1000000"><c><v>1</v></c></row></sheetData>')
        ),
    }


if __name__ == "__main__":
    for nom, octets in defauts().items():
        (ICI / nom).write_bytes(octets)
