"""What a cell may hold: numbers that stay numbers, texts that can never become formulas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from openpyxl.cell import Cell
from openpyxl.worksheet.hyperlink import Hyperlink

# XML 1.0 refuses these characters, and a lone surrogate cannot be written in UTF-8
INTERDITS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# the first characters after which a spreadsheet, or the CSV saved from it, reads a formula
DANGEREUX = ("=", "+", "-", "@", "\t", "\n")

# [$-40C]: French separators even in a LibreOffice set to English; Excel uses those of the machine
ENTIER = "[$-40C]#,##0"
DECIMAL = "[$-40C]#,##0.0"
POURCENT = '[$-40C]#,##0.0"\u00a0%"'  # the views hold 81.5 for 81,5 %: shown as it is, never multiplied
EURO = '[$-40C]#,##0"\u00a0€"'
VARIATION = '[$-40C]+0.0"\u00a0"%;[$-40C]-0.0"\u00a0"%;[$-40C]0.0"\u00a0"%'  # the views hold 0.09 for + 9 %
POINTS = '[$-40C]+0.0"\u00a0pt";[$-40C]-0.0"\u00a0pt";[$-40C]0.0"\u00a0pt"'
ECART = "[$-40C]+#,##0.0;[$-40C]-#,##0.0;[$-40C]0"
DATE = "dd/mm/yyyy"


@dataclass(frozen=True, slots=True)
class Nombre:
    """A number and the way it is shown; Excel puts the separators of its own language."""

    valeur: float
    format: str = ENTIER


@dataclass(frozen=True, slots=True)
class Lien:
    """A link to the top of another sheet of the same workbook."""

    texte: str
    feuille: str


Contenu = str | int | float | date | Nombre | Lien


def texte_sur(texte: str) -> str:
    """The text without the characters a workbook cannot hold, cut at what a cell can hold (32 767)."""
    return INTERDITS.sub("", texte)[:32767]


def format_unite(unite: str, valeur: float) -> str:
    """The number format of `valeur` in `unite` (% is on 0-100, as in the views)."""
    if unite.rstrip().endswith("%"):
        return POURCENT
    if unite.strip() in ("€", "euro", "euros"):
        return EURO
    return ENTIER if float(valeur).is_integer() else DECIMAL


def cible(feuille: str) -> str:
    """The address a link to `feuille` bears."""
    return "'" + feuille.replace("'", "''") + "'!A1"


def poser(cellule: Cell, contenu: Contenu) -> None:
    """Write `contenu` in `cellule`; raises ValueError on a blank, which a reader could not explain."""
    if isinstance(contenu, Lien):
        _poser_texte(cellule, contenu.texte)
        cellule.hyperlink = Hyperlink(ref=cellule.coordinate, location=cible(contenu.feuille))
    elif isinstance(contenu, str):
        _poser_texte(cellule, contenu)
    elif isinstance(contenu, date):
        cellule.value = contenu
        cellule.number_format = DATE
    elif isinstance(contenu, Nombre):
        _poser_nombre(cellule, contenu.valeur)
        cellule.number_format = contenu.format
    elif isinstance(contenu, int | float) and not isinstance(contenu, bool):
        _poser_nombre(cellule, contenu)
        cellule.number_format = format_unite("", contenu)
    else:
        raise ValueError(f"{cellule.coordinate} : {contenu!r} n’est ni un texte, ni un nombre, ni une date")


def _poser_texte(cellule: Cell, texte: str) -> None:
    texte = texte_sur(texte)
    if not texte.strip():
        raise ValueError(f"{cellule.coordinate} : une cellule vide ne dit pas pourquoi elle est vide")
    cellule.value = texte
    cellule.data_type = "s"  # « =1+1 » would be a formula and « #N/A » an error
    if texte.startswith(DANGEREUX):
        cellule.quotePrefix = True


def _poser_nombre(cellule: Cell, valeur: float) -> None:
    nombre = float(valeur)
    if nombre != nombre or nombre in (float("inf"), float("-inf")):
        raise ValueError(f"{cellule.coordinate} : {valeur!r} n’est pas un nombre que l’on puisse écrire")
    # openpyxl keeps 16 significant digits, and a double needs 17 to be read back the same: it is handed
    # the text of the number
    cellule.value = 0
    cellule._value = str(int(nombre)) if nombre.is_integer() else repr(nombre)
