"""A second reader of workbooks, that knows nothing of ours: what an honest witness sees in each cell."""

import contextlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LIEN = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MULTIPLES = (1, 1_000, 1_000_000)  # « 12 k€ », « 3 M€ »
Adresses = dict[tuple[str, str], str]


def voir(chemin: Path) -> Adresses | None:
    """{(sheet, address): text as stored} of the cells that hold something; None when it is unsound."""
    try:
        with zipfile.ZipFile(chemin) as archive:
            communs = _textes_communs(archive)
            return {
                (nom, ou): texte for nom, xml in _feuilles(archive) for ou, texte in _cellules(xml, communs)
            }
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        KeyError,
        ElementTree.ParseError,
        NotImplementedError,
        OSError,
    ):
        return None


def masquees(chemin: Path) -> set[tuple[str, str]]:
    """(sheet, « 12 » or « F »): the hidden rows and columns of a workbook that `voir` sees."""
    with zipfile.ZipFile(chemin) as archive:
        return {
            (nom, str(rang) if balise.tag == f"{_NS}row" else _lettres(rang))
            for nom, xml in _feuilles(archive)
            for balise in ElementTree.fromstring(xml).iter()
            if balise.get("hidden") in ("1", "true") and (balise.get("r") or balise.get("min"))
            for rang in range(
                int(balise.get("r") or balise.get("min")), int(balise.get("r") or balise.get("max")) + 1
            )
        }


def _feuilles(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The name and the part of each sheet."""
    liens = {
        lien.get("Id"): lien.get("Target", "").removeprefix("/xl/").removeprefix("xl/")
        for lien in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    for feuille in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{_NS}sheet"):
        cible = f"xl/{liens.get(feuille.get(_LIEN), '')}"
        if cible in archive.namelist():
            yield feuille.get("name"), archive.read(cible)


def _textes_communs(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    racine = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(t.text or "" for t in si.iter(f"{_NS}t")) for si in racine.iter(f"{_NS}si")]


def _cellules(xml: bytes, communs: list[str]):  # (address, text) of each cell
    rang = 0
    for rangee in ElementTree.fromstring(xml).iter(f"{_NS}row"):
        rang = int(rangee.get("r") or rang + 1)
        colonne = 0
        for cellule in rangee.iter(f"{_NS}c"):
            adresse = cellule.get("r") or ""
            trouve = re.fullmatch(r"([A-Z]+)(\d+)", adresse)
            colonne = _numero(trouve[1]) if trouve else colonne + 1
            texte = _texte(cellule, communs)
            if texte.strip():
                yield (adresse if trouve else f"{_lettres(colonne)}{rang}"), texte


def _texte(cellule: ElementTree.Element, communs: list[str]) -> str:
    valeur = cellule.findtext(f"{_NS}v")
    if cellule.get("t") == "inlineStr":
        return "".join(t.text or "" for t in cellule.iter(f"{_NS}t"))
    if cellule.get("t") == "s" and valeur and valeur.strip().isdecimal() and int(valeur) < len(communs):
        return communs[int(valeur)]
    return valeur or ("=" + f if (f := cellule.findtext(f"{_NS}f")) else "")


def _numero(lettres: str) -> int:
    numero = 0
    for lettre in lettres:
        numero = numero * 26 + ord(lettre) - 64
    return numero


def _lettres(numero: int) -> str:
    texte = ""
    while numero:
        numero, reste = divmod(numero - 1, 26)
        texte = chr(65 + reste) + texte
    return texte


def est_dans(valeur: float, texte: str) -> bool:
    """Say whether a reader finds this number in what the cell holds: its digits, in points or thousands."""
    with contextlib.suppress(ValueError):
        lu, tolerance = float(texte), 1e-9 * max(1, abs(valeur))
        if any(abs(lu * facteur - valeur) <= tolerance for facteur in (1, 100)):
            return True
    chiffres = re.sub(r"\D", "", texte)
    cherches = (re.sub(r"\D", "", f"{abs(valeur) / k:.10f}".rstrip("0").rstrip(".")) for k in _MULTIPLES)
    if any(cherche and cherche in chiffres for cherche in cherches):
        return True
    return valeur == 0 and bool(re.search(r"0|néant|aucun|zéro", texte, re.IGNORECASE))
