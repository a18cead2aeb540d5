"""How a spreadsheet shows a number: « 412,5 k€ » for the 412.5 of a cell whose format ends with « k€ ».

What a person reads there is the number with its unit. The literals of the format go with the number, so that
it is read by the table of cases of whoever writes the same thing as a text (docs/nombres.md). Codes follow
ECMA-376, part 1, 18.8.31; a comma at the end of the digits shows the number divided by a thousand.
"""

import re
from functools import lru_cache
from typing import NamedTuple

_MORCEAU = re.compile(
    r'"(?P<cite>[^"]*)"?|\\(?P<seul>.)|_.|\*.|\[\$(?P<devise>[^\]-]*)[^\]]*\]|\[(?P<condition>[<>=]+[^\]]*)\]|\[[^\]]*\]|'
    r"(?P<chiffres>General|Standard|[0#?][0#?.,]*(?:[Ee][+-][0#?]+)?)|(?P<coupe>;)|(?P<libre>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
_COMPARER = {
    "<": float.__lt__, "<=": float.__le__, ">": float.__gt__, ">=": float.__ge__,
    "=": float.__eq__, "<>": float.__ne__,
}  # fmt: skip
_LONGUEUR_MAXIMALE = 500  # characters; Excel allows 255
_SYMBOLES = frozenset("%‰€$£¥°")
_DEVISES = frozenset({"€", "$", "£", "¥", "EUR"})
_RANGS = {1000.0**-rang: rang for rang in (1, 2, 3)}  # commas of a format, by what they divide by


class Section(NamedTuple):
    """What a format writes before and after the digits, and by how much what is shown is multiplied.

    `echelle` is 100 for a percentage, 0.001 for thousands. `chiffre` is False when no digit is shown at all.
    """

    avant: str
    apres: str
    echelle: float
    chiffre: bool
    condition: tuple[str, float] | None = None


class NombreMontre(float):
    """The number of a cell that is not shown bare: `avant` and `apres` are the words around what is shown,
    which is the number times `echelle`."""

    __slots__ = ("apres", "avant", "echelle")

    def __new__(cls, valeur: float, avant: str = "", apres: str = "", echelle: float = 1.0) -> "NombreMontre":
        """`valeur` is what the cell holds."""
        nombre = super().__new__(cls, valeur)
        nombre.avant, nombre.apres, nombre.echelle = avant, apres, echelle
        return nombre

    def __getnewargs__(self) -> tuple[float, str, str, float]:
        """What makes it anew where it is copied."""
        return float(self), self.avant, self.apres, self.echelle

    @property
    def montre(self) -> str:
        """What a person sees, its digits not rounded: « 412,5 k€ »."""
        chiffres = f"{float(self) * self.echelle:.12g}".replace(".", ",")
        return " ".join(filter(None, (self.avant, chiffres, self.apres)))

    @property
    def code(self) -> str:
        """A format that shows the same in another workbook."""
        avant, apres = (texte.replace('"', "") for texte in (self.avant, self.apres))
        chiffres = "General"
        if self.echelle == 100:
            chiffres, apres = "0.0##%", apres.replace("%", "", 1).strip()
        elif self.echelle < 1:
            chiffres = "#,##0.0##" + "," * _RANGS.get(self.echelle, 0)
        return (f'"{avant} "' if avant else "") + chiffres + (f'" {apres}"' if apres else "")


def montrer(valeur: float, code: str) -> float:
    """The number as the format `code` shows it; the same one when the format adds no word to it."""
    section = choisir(sections(code), valeur)
    if section is None or (not section.chiffre and valeur == 0):  # « - » for a zero: the cell holds a zero
        return valeur
    return habiller(valeur, section.avant, section.apres, section.echelle)


def habiller(valeur: float, avant: str, apres: str, echelle: float) -> float:
    """The number with what is written around it; the same one when nothing there says anything."""
    if "(" in avant and ")" in apres:  # how accountants show a loss
        avant, apres = avant.replace("(", ""), apres.replace(")", "")
    avant, apres = avant.strip(" -−+\u00a0\u202f"), apres.strip(" -\u00a0\u202f")
    if avant in _DEVISES:  # « € 412 » is « 412 € »
        avant, apres = "", f"{avant} {apres}".strip()
    avant, apres = (texte if _parle(texte) else "" for texte in (avant, apres))
    if not avant and not apres and echelle == 1:
        return valeur
    return NombreMontre(valeur, avant, apres, echelle)


def parle(code: str) -> bool:
    """True when the format may show something else than the digits of the number."""
    return any(isinstance(montrer(essai, code), NombreMontre) for essai in _essais(sections(code)))


def _essais(lues: tuple[Section, ...]) -> tuple[float, ...]:
    seuils = [s.condition[1] for s in lues if s.condition]
    return (1.0, -1.0, 0.0, *(seuil + ecart for seuil in seuils for ecart in (-1.0, 0.0, 1.0)))


def _parle(texte: str) -> bool:
    return any(c.isalpha() or c.isdigit() or c in _SYMBOLES for c in texte)


def choisir(lues: tuple[Section, ...], valeur: float) -> Section | None:
    """The section that shows this number: the first whose condition holds, else by its sign."""
    if any(section.condition for section in lues):
        for section in lues:
            if section.condition is None or _COMPARER[section.condition[0]](valeur, section.condition[1]):
                return section
        return None
    rang = 1 if valeur < 0 else 2 if valeur == 0 else 0
    return lues[rang if rang < len(lues) else 0]


@lru_cache(maxsize=1024)
def sections(code: str) -> tuple[Section, ...]:
    """The sections of a number format: one for all, or positive, negative, zero; at least one."""
    lues = [_Ebauche()]
    for morceau in _MORCEAU.finditer(code, 0, _LONGUEUR_MAXIMALE):
        if morceau["coupe"]:
            lues.append(_Ebauche())
        else:
            lues[-1].ajouter(morceau)
    return tuple(ebauche.section() for ebauche in lues[:3])


class _Ebauche:
    """One section while its code is gone through."""

    def __init__(self) -> None:
        self.avant = self.apres = self.chiffres = ""
        self.cent = 1.0
        self.condition: tuple[str, float] | None = None

    def ajouter(self, morceau: re.Match[str]) -> None:
        if morceau["chiffres"]:
            if not _parle(self.apres):  # a space between two groups of digits
                self.apres = ""
            self.chiffres += morceau["chiffres"]
        elif morceau["condition"]:
            trouve = _CONDITION.fullmatch(morceau["condition"].strip())
            self.condition = (trouve[1], float(trouve[2])) if trouve else None
        else:
            mots = next((m for nom in ("cite", "seul", "devise", "libre") if (m := morceau[nom])), " ")
            if morceau["libre"] == "%":
                self.cent = 100.0
            if self.chiffres:
                self.apres += mots
            else:
                self.avant += mots

    def section(self) -> Section:
        entiers, _, decimales = self.chiffres.partition(".")
        milliers = sum(len(partie) - len(partie.rstrip(",")) for partie in (entiers, decimales))
        return Section(
            self.avant, self.apres, self.cent * 1000.0**-milliers, bool(self.chiffres), self.condition
        )
