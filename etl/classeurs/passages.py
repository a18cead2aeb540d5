"""A cell written in several hands: what stands raised above the line, what was struck through.

A raised figure after a number is the mark of a note (« 12 » then a small « 5 » is not 125); a struck passage
is what its author took out (« 30 » struck before « 27 » is not 3027). One rule for every format: workbooks
and Word documents give their runs of text to `composer`.
"""

from collections.abc import Iterable
from typing import NamedTuple

_EN_EXPOSANT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# A lone letter above the line is a note (« 12ᵃ »); « e » makes a rank of the number (« 2ᵉ »).
_LETTRES_DE_NOTE = frozenset("abcdfghijklmnopqrstuvwxyz")


class Passage(NamedTuple):
    """A run of text of one look. `decale`: raised above the line or lowered under it; `barre`: struck, None
    while the font of the whole cell is to say."""

    texte: str
    decale: bool = False
    barre: bool | None = False


class TexteBarre(str):
    """What remains of a cell of which a passage was struck through: the text itself is what remains.

    `barre` is what was struck; `mot` says so, or how else it is out of the answer. When nothing remains
    (`entier`), the text is what was struck: a label crossed out is still read, and only whoever reads an
    answer must look.
    """

    __slots__ = ("barre", "entier", "mot")

    def __new__(cls, reste: str, barre: str, mot: str = "barré") -> "TexteBarre":
        """`reste` may be blank, `barre` is not."""
        entier = not reste.strip()
        texte = super().__new__(cls, barre if entier else reste)
        texte.barre, texte.entier, texte.mot = barre, entier, mot
        return texte

    def __getnewargs__(self) -> tuple[str, str, str]:
        """What makes it anew where it is copied."""
        return "" if self.entier else str(self), self.barre, self.mot

    @property
    def montre(self) -> str:
        """The text as one would describe it: « 27 (barré : 30) »."""
        ecarte = f"({self.mot} : {self.barre})"
        return ecarte if self.entier else f"{self} {ecarte}"


def composer(passages: Iterable[Passage]) -> str:
    """The text of a cell made of these runs, in their order; a `TexteBarre` when a passage is struck.

    A raised figure is written so (« 12⁵ », « m² »), a raised letter after a figure as a note (« 12 [a] »):
    the table of cases (docs/nombres.md) says what each becomes. A text raised as a whole is only small.
    """
    garde = [passage for passage in passages if passage.texte]
    restants = [passage for passage in garde if not passage.barre]
    surligne = any(not p.decale and p.texte.strip() for p in restants)
    reste = ""
    for passage in restants:
        reste += _decale(passage.texte, reste) if passage.decale and surligne else passage.texte
    barre = " ".join("".join(p.texte if p.barre else " " for p in garde).split())
    return TexteBarre(reste, barre) if barre else reste


def barrer(texte: str) -> str:
    """A cell struck through as a whole; a blank one stays a blank."""
    return TexteBarre("", texte) if texte.strip() else texte


def _decale(texte: str, avant: str) -> str:
    marque = texte.strip().strip("()[]")
    if marque.isascii() and marque.isdecimal():
        texte = marque
    elif marque.casefold() in _LETTRES_DE_NOTE and avant.rstrip()[-1:].isdecimal():
        return f" [{marque}]"
    return texte.translate(_EN_EXPOSANT)
