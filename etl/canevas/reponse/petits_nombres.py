"""What was read in a cell that counts people: could it tell a small count?

An anomaly is shown on screens, in the console, in the copies sent back: when it could, what was read is
not copied (docs/decisions/04-petits-nombres.md). Better one value too many left to its cell than one shown.
"""

import math
import re
import unicodedata
from dataclasses import dataclass

from etl.classeurs.passages import TexteBarre

_MOTS = {
    nom: rang
    for rang, noms in enumerate(
        (
            "un une",
            "deux couple paire duo",
            "trois trio",
            "quatre",
            "cinq",
            "six",
            "sept",
            "huit",
            "neuf",
            "dix",
        ),
        1,
    )
    for nom in noms.split()
}
# « moins de 5 », « <5 », « =10-7 », « 20/5 » tell a small count without writing it
_BORNE = re.compile(r"[<>≤≥=]|\b(?:moins|max\w*|inf[eé]rieure?s?|sous|jusqu|au plus)\b")
_OPERATION = re.compile(r"\d\s*[+*/×÷\u2212\u2013\u2014-]\s*\d")
_MOT_OU_NOMBRE = re.compile(r"\d+|[^\W\d_]+")
_ENTIER = re.compile(r"(?<!\w)(?<![0-9][,.])[0-9]{1,9}(?![0-9]|[,.][0-9]|(?:er|ère|e|ème|nde?)\b)")
NON_MONTRE = "(non montré : petit effectif possible)"


@dataclass(frozen=True, slots=True)
class NonMontre:
    """Stands for what was read and may not be shown; `genre` says what it was: « le texte lu »."""

    genre: str

    @property
    def mention(self) -> str:
        """What takes the place of the value in a table."""
        return NON_MONTRE

    @property
    def nom(self) -> str:
        """What takes the place of the value in a sentence."""
        return f"{self.genre} {self.mention}"


def a_montrer(lu: object, seuil: int, valeur: float | None = None, remarque: str | None = None) -> object:
    """What was read in a cell that counts people, or a `NonMontre` when it could tell a small count.

    `valeur` is the number it was read as, when it was; `remarque` the words that stood beside it.
    """
    if not _petit(lu, seuil, valeur, remarque):
        return lu
    genre = (
        "le texte lu" if isinstance(lu, str) else "le nombre lu" if isinstance(lu, float) else "le contenu lu"
    )
    return NonMontre(genre)


def _petit(lu: object, seuil: int, valeur: float | None, remarque: str | None) -> bool:
    if valeur is None:
        return petit_possible(lu, seuil)
    return petit_possible(valeur, seuil) or (
        remarque is not None and remarque_petite(remarque, valeur, seuil)
    )


def remarque_petite(remarque: str, valeur: float, seuil: int) -> bool:
    """True when the words beside a count of people could tell a small one: « dont 3 filles », or « dont 10
    filles » beside 12, which leaves 2."""
    return petit_possible(remarque, seuil) or any(
        0 < valeur - int(nombre) < seuil for nombre in re.findall(r"[0-9]{1,9}", remarque)
    )


def petit_possible(lu: object, seuil: int) -> bool:
    """True unless what was read surely says no count from 1 to `seuil` excluded; `seuil` is at most 11.

    A number is judged by its size, a text by its digits and its number words; a date or a box to tick,
    which a spreadsheet makes of a number, always may be one.
    """
    if isinstance(lu, (int, float)) and not isinstance(lu, bool):
        return not math.isnan(lu) and 0 < abs(lu) < seuil
    if not isinstance(lu, str):
        return True
    lu = lu.montre if isinstance(lu, TexteBarre) else lu  # what is struck is told too
    texte = unicodedata.normalize("NFKC", lu).casefold()
    if _BORNE.search(texte) or _OPERATION.search(texte):
        return True
    return any(
        0 < (int(mot) if mot.isdecimal() else _MOTS.get(mot, 0)) < seuil
        for mot in _MOT_OU_NOMBRE.findall(texte)
    )


def nombres_dits(texte: str) -> set[int]:
    """The whole numbers a sentence says, in digits or in words; « un » and « une » are articles, « T3 » and
    « 3e » name something, « 12,5 » is no whole number."""
    mots = unicodedata.normalize("NFKC", texte).casefold()
    ecrits = {int(nombre) for nombre in _ENTIER.findall(mots)}
    return ecrits | {_MOTS[mot] for mot in re.findall(r"[^\W\d_]+", mots) if _MOTS.get(mot, 1) > 1}
