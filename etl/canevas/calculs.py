"""Cells that a fast reader shows as blank although they are not: errors, and formulas never computed.

python-calamine returns an empty text for both. A byte search tells whether a sheet holds any; only then is
its XML parsed.
"""

import re
from typing import NamedTuple
from xml.etree import ElementTree

# A formula, with or without a namespace prefix, or an error. A false alarm costs the parsing of the sheet.
_SIGNES = (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b't="e"', b"t='e'")
_ADRESSE = re.compile(r"([A-Z]+)([0-9]+)")


class Calcul(NamedTuple):
    """`erreur` is the text of an error (« #DIV/0! »); else `formule` was never computed."""

    formule: str | None
    erreur: str | None


def cellules_trompeuses(xml: bytes) -> dict[tuple[int, int], Calcul]:
    """The error cells and the formulas without a value of a sheet, by (row, column) counted from 0.

    `xml` is a sheet without document type (see `paquet.ouvrir`). A formula with its value is not listed.
    """
    if not any(signe in xml for signe in _SIGNES):
        return {}
    trompeuses = {}
    ligne = -1
    for rangee in ElementTree.fromstring(xml).iterfind("{*}sheetData/{*}row"):
        ligne = int(rangee.get("r", ligne + 2)) - 1
        colonne = -1
        for cellule in rangee.iterfind("{*}c"):
            colonne = _colonne(cellule.get("r"), colonne + 1)
            calcul = _calcul(cellule)
            if calcul:
                trompeuses[ligne, colonne] = calcul
    return trompeuses


def _colonne(adresse: str | None, suivante: int) -> int:
    trouve = _ADRESSE.fullmatch(adresse or "")
    if not trouve:
        return suivante
    rang = 0
    for lettre in trouve[1]:
        rang = rang * 26 + ord(lettre) - 64
    return rang - 1


def _calcul(cellule: ElementTree.Element) -> Calcul | None:
    formule = cellule.find("{*}f")
    valeur = cellule.findtext("{*}v") or ""
    texte = None if formule is None else f"={formule.text or ''}"
    if cellule.get("t") == "e":
        return Calcul(texte, valeur or "#ERREUR")
    return Calcul(texte, None) if texte is not None and not valeur else None
