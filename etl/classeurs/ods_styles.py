"""The styles of a .ods that change what a person reads: words of a number format, passages raised or struck.

A cell names a style, which names a number format; a column or a row may name it for its cells. Source:
OpenDocument 1.3, part 3, 16 (styles) and 16.29 (number formats).
"""

import re
from xml.etree.ElementTree import Element

from etl.classeurs.affichage import Section, choisir, habiller
from etl.classeurs.apparence import en_barre
from etl.classeurs.passages import Passage, composer

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_NOMBRE = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_TEXTE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FORMATS = tuple(f"{_NOMBRE}{genre}-style" for genre in ("number", "currency", "percentage"))
_CHIFFRES = frozenset(f"{_NOMBRE}{genre}" for genre in ("number", "scientific-number", "fraction"))
_MOTS = frozenset(f"{_NOMBRE}{genre}" for genre in ("text", "currency-symbol"))
_CONDITION = re.compile(r"value\(\)\s*(<=|>=|!=|<|>|=)\s*(-?[0-9.]+)")
_HAUTEUR = re.compile(r"(super|sub|-?[0-9.]+%)")
_IMBRICATIONS_MAXIMUM = 50  # nobody nests more runs of text
_PARENTS_MAXIMUM = 20  # a style that inherits from itself would never end


class Styles:
    """Fed with each style as it ends; then says how a cell or a run of text looks."""

    def __init__(self) -> None:
        self.sections: dict[str, list[Section]] = {}
        self.suites: dict[str, list[tuple[str, tuple[str, float]]]] = {}
        self.cellules: dict[str, tuple[str | None, str | None, bool | None]] = {}
        self.textes: dict[str, tuple[bool, bool | None]] = {}

    def noter(self, element: Element) -> None:
        """Remember a style or a number format; any other element is passed over."""
        nom = element.get(f"{_STYLE}name")
        if nom is None:
            return
        if element.tag in _FORMATS:
            self.sections[nom] = [_section(element)]
            self.suites[nom] = _suites(element)
        elif element.tag == f"{_STYLE}style":
            police = element.find(f"{_STYLE}text-properties")
            barre = _est_barre(police)
            if element.get(f"{_STYLE}family") == "table-cell":
                parent, format_ = (
                    element.get(f"{_STYLE}{cle}") for cle in ("parent-style-name", "data-style-name")
                )
                self.cellules[nom] = (parent, format_, barre)
            elif element.get(f"{_STYLE}family") == "text" and (_est_decale(police) or barre is not None):
                self.textes[nom] = (_est_decale(police), barre)

    def habiller(self, lue: object, style: str | None, pourcentage: bool) -> object:
        """A cell that is not blank, as its style shows it. `pourcentage`: the cell says that it is one."""
        if isinstance(lue, float):
            lue = self._montrer(lue, self._heritee(style, 1), pourcentage)
        return en_barre(lue) if self.est_barre(style) else lue

    def est_barre(self, style: str | None) -> bool:
        """True when the style strikes its whole cell."""
        return bool(self._heritee(style, 2))

    def composer(self, paragraphes: list[Element], barre: bool) -> str:
        """The text of a cell, its paragraphs one by line, without what is struck in it."""
        passages: list[Passage] = []
        for paragraphe in paragraphes:
            if passages:
                passages.append(Passage("\n"))
            passages += self._passages(paragraphe, False, barre)
        return composer(passages)

    def _passages(self, element: Element, decale: bool, barre: bool, rang: int = 0) -> list[Passage]:
        if rang > _IMBRICATIONS_MAXIMUM:
            return [Passage("".join(element.itertext()), decale, barre)]
        passages = [Passage(element.text or "", decale, barre)]
        for enfant in element:
            haut, raye = self.textes.get(enfant.get(f"{_TEXTE}style-name", ""), (False, None))
            passages += self._passages(enfant, decale or haut, barre if raye is None else raye, rang + 1)
            passages.append(Passage(enfant.tail or "", decale, barre))
        return passages

    def _heritee(self, style: str | None, rang: int) -> object:
        """What a cell style says, or the first of its parents that says it."""
        for _ in range(_PARENTS_MAXIMUM):
            dit = self.cellules.get(style or "")
            if dit is None:
                return None
            if dit[rang] is not None:
                return dit[rang]
            style = dit[0]
        return None

    def _montrer(self, valeur: float, format_: object, pourcentage: bool) -> float:
        if format_ not in self.sections:
            return habiller(valeur, "", "%", 100.0) if pourcentage else valeur
        lues = [
            section._replace(condition=condition)
            for nom, condition in self.suites[format_]
            for section in self.sections.get(nom, ())
        ]
        section = choisir((*lues, *self.sections[format_]), valeur)
        if section is None or (not section.chiffre and valeur == 0):
            return valeur
        return habiller(valeur, section.avant, section.apres, section.echelle)


def _section(format_: Element) -> Section:
    avant = apres = ""
    chiffre, echelle = False, 100.0 if format_.tag.endswith("}percentage-style") else 1.0
    for element in format_:
        if element.tag in _CHIFFRES:
            chiffre = True
            facteur = element.get(f"{_NOMBRE}display-factor", "1")
            echelle /= float(facteur) if facteur.isdecimal() and int(facteur) else 1.0
        elif element.tag in _MOTS and chiffre:
            apres += element.text or ""
        elif element.tag in _MOTS:
            avant += element.text or ""
    return Section(avant, apres, echelle, chiffre)


def _suites(format_: Element) -> list[tuple[str, tuple[str, float]]]:
    """The formats that take its place, and when: « value()>=0 »."""
    suites = []
    for suite in format_.iterfind(f"{_STYLE}map"):
        trouve = _CONDITION.fullmatch(suite.get(f"{_STYLE}condition", ""))
        if trouve:
            signe = trouve[1].replace("!=", "<>")
            suites.append((suite.get(f"{_STYLE}apply-style-name", ""), (signe, float(trouve[2]))))
    return suites


def _est_barre(police: Element | None) -> bool | None:
    if police is None:
        return None
    dits = [police.get(f"{_STYLE}text-line-through-{cle}") for cle in ("style", "type")]
    connus = [dit for dit in dits if dit is not None]
    return "none" not in connus if connus else None


def _est_decale(police: Element | None) -> bool:
    """True for a text raised or lowered: « super 58% », « 33% 58% »; « 0% 100% » stands on the line."""
    trouve = None if police is None else _HAUTEUR.match(police.get(f"{_STYLE}text-position", ""))
    return trouve is not None and trouve[1].strip("-") not in ("0%", "0.0%")
