"""One cell of a .ods: its value, or what its error or its formula without result says."""

import datetime as dt
import math
import re
from xml.etree.ElementTree import Element

from etl.classeurs.modele import Calcul
from etl.classeurs.ods_styles import Styles

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
ANNOTATION = f"{_OFFICE}annotation"
_TEXTE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLULES = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
_NOMBRES = ("float", "percentage", "currency")
# As LibreOffice and Excel show them, in French and in English.
_ERREUR = re.compile(
    r"#(?:DIV/0!|N/[AD]|NAME\?|NOM\s?\?|REF!|VALUE!|VALEUR\s?!|NUM!|NOMBRE!|NULL!|NUL!)|Err\s?:\s?[0-9]{3}"
)
_DUREE = re.compile(r"PT([0-9]{1,6})H([0-9]{1,2})M([0-9]{1,2})(?:[.,][0-9]+)?S")
_ESPACES_MAXIMUM = 1000


def est_cellule(element: Element) -> bool:
    """True for a cell, covered by a merged range or not."""
    return element.tag in _CELLULES


def attribut(element: Element, espace: str, nom: str) -> str | None:
    """An attribute by its namespace and name."""
    return element.get(f"{espace}{nom}")


def lire_cellule(cellule: Element, styles: Styles, style: str | None) -> object:
    """A text (empty for a blank), a float, a bool, a date, a datetime, a timedelta, or a `Calcul`.

    `style` is that of the cell, its own or its column's: a number comes with the words that it shows.
    """
    formule = attribut(cellule, TABLE, "formula")
    genre = attribut(cellule, _OFFICE, "value-type")
    texte = _texte(cellule)
    if attribut(cellule, _CALC, "value-type") == "error" or (formule and _ERREUR.fullmatch(texte)):
        return Calcul(formule, texte or "#ERREUR")
    if formule and genre is None and not texte:
        # LibreOffice leaves an empty paragraph where the result is an empty text, nothing where there is none
        return "" if cellule.find(f"{_TEXTE}p") is not None else Calcul(formule.removeprefix("of:"), None)
    lue = _typee(cellule, genre)
    if lue is None and styles.textes and cellule.find(f".//{_TEXTE}span") is not None:
        return styles.composer(cellule.findall(f"{_TEXTE}p"), styles.est_barre(style))
    if lue is None:
        lue = attribut(cellule, _OFFICE, "string-value") or texte
    return lue if lue == "" else styles.habiller(lue, style, genre == "percentage")


def _typee(cellule: Element, genre: str | None) -> object:
    """The value of a cell that is no text; None when it is one, or when it does not hold what it says."""
    if genre in _NOMBRES:
        return _nombre(attribut(cellule, _OFFICE, "value"))
    if genre == "boolean":
        return {"true": True, "false": False}.get(attribut(cellule, _OFFICE, "boolean-value") or "")
    if genre == "date":
        return _date(attribut(cellule, _OFFICE, "date-value") or "")
    if genre == "time":
        trouve = _DUREE.fullmatch(attribut(cellule, _OFFICE, "time-value") or "")
        if trouve:
            heures, minutes, secondes = map(int, trouve.groups())
            return dt.timedelta(hours=heures, minutes=minutes, seconds=secondes)
    return None


def _nombre(texte: str | None) -> float | None:
    try:
        nombre = float(texte or "")
    except ValueError:
        return None
    return nombre if math.isfinite(nombre) else None


def _date(texte: str) -> dt.date | None:
    try:
        return dt.datetime.fromisoformat(texte) if "T" in texte else dt.date.fromisoformat(texte)
    except ValueError:
        return None


def _texte(cellule: Element) -> str:
    """The paragraphs of a cell, one by line; its comment is not one of them."""
    paragraphes = cellule.findall(f"{_TEXTE}p")
    for paragraphe in paragraphes:
        for espace in paragraphe.iter(f"{_TEXTE}s"):
            fois = attribut(espace, _TEXTE, "c") or "1"
            espace.text = " " * min(int(fois) if fois.isdecimal() else 1, _ESPACES_MAXIMUM)
        for nom, signe in (("tab", "\t"), ("line-break", "\n")):
            for element in paragraphe.iter(f"{_TEXTE}{nom}"):
                element.text = signe
    return "\n".join("".join(paragraphe.itertext()) for paragraphe in paragraphes)
