"""A Word form as a workbook of one sheet: one row per paragraph, one per row of a table, in their order.

Only the checked XML is read (size, macros, entities: `etl.classeurs.paquet`); nothing of Word is interpreted.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from etl.classeurs import Classeur, ClasseurRefuse, Feuille
from etl.classeurs.modele import OCTETS_MAXIMUM, verifier_etendue
from etl.classeurs.paquet import Abime, lire_parties

FEUILLE = "Document Word"
_DOCUMENT = "word/document.xml"
_SIGNATURE = b"PK\x03\x04"
_INTERDITS = (
    (re.compile("vbaproject", re.IGNORECASE), "macros"),
    (re.compile("(^|/)embeddings/", re.IGNORECASE), "objets_incorpores"),
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICTE = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
# what is around blocks of text without being text: content controls, tracked insertions
_ENVELOPPES = frozenset({"sdt", "sdtContent", "ins", "smartTag", "customXml", "moveTo"})


def ouvrir_word(chemin: Path) -> Classeur | None:
    """The text and tables of a .docx, recognised by its content; None for any other file.

    Raises ClasseurRefuse (too heavy, damaged, macros, entities…), OSError.
    """
    with chemin.open("rb") as flux:
        if flux.read(len(_SIGNATURE)) != _SIGNATURE:
            return None
    taille = chemin.stat().st_size
    if taille > OCTETS_MAXIMUM:
        raise ClasseurRefuse("fichier_trop_lourd", taille=taille // 2**20, maximum=OCTETS_MAXIMUM // 2**20)
    parties = lire_parties(chemin.read_bytes(), _INTERDITS)
    if _DOCUMENT not in parties:
        return None
    with Abime():
        corps = next(iter(ElementTree.fromstring(parties[_DOCUMENT])), None)
    try:
        rangees = list(_rangees(corps)) if corps is not None else []
    except RecursionError as erreur:  # blocks nested by the thousand: no person wrote that
        raise ClasseurRefuse("classeur_abime") from erreur
    largeur = max(map(len, rangees), default=0)
    verifier_etendue(FEUILLE, len(rangees), largeur)
    pleines = [[*rangee, *[""] * (largeur - len(rangee))] for rangee in rangees]
    return Classeur("docx", (Feuille(FEUILLE, pleines),))


def _rangees(bloc: ElementTree.Element) -> Iterator[list[object]]:
    """Rows of the body; a blank one stands around each table, so that it ends."""
    for element in _blocs(bloc):
        if _nom(element) == "p":
            yield [_texte(element)]
            continue
        yield []
        for ligne in _enfants(element, "tr"):
            yield [texte for cellule in _enfants(ligne, "tc") for texte in _cellule(cellule)]
        yield []


def _blocs(bloc: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for element in bloc:
        nom = _nom(element)
        if nom in ("p", "tbl"):
            yield element
        elif nom in _ENVELOPPES:
            yield from _blocs(element)


def _enfants(parent: ElementTree.Element, nom: str) -> Iterator[ElementTree.Element]:
    for element in parent:
        if _nom(element) == nom:
            yield element
        elif _nom(element) in _ENVELOPPES:
            yield from _enfants(element, nom)


def _cellule(cellule: ElementTree.Element) -> list[str]:
    """The text of a cell, then blanks for the columns it spans."""
    portees = [e for e in cellule.iter() if _nom(e) == "gridSpan"]
    largeur = next((int(v) for e in portees for v in e.attrib.values() if v.isdecimal()), 1)
    paragraphes = [_texte(element) for element in cellule.iter() if _nom(element) == "p"]
    return ["\n".join(paragraphes).strip(), *[""] * (min(largeur, 64) - 1)]


def _texte(paragraphe: ElementTree.Element) -> str:
    morceaux = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
    return "".join(
        (element.text or "") if _nom(element) == "t" else morceaux.get(_nom(element), "")
        for element in paragraphe.iter()
    ).strip()


def _nom(element: ElementTree.Element) -> str:
    """The local name of a Word element, whichever of its two namespaces it bears."""
    for espace in (_W, _STRICTE):
        if element.tag.startswith(espace):
            return element.tag.removeprefix(espace)
    return ""
