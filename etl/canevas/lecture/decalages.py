"""Rows whose cells slid beside their columns: some were inserted or removed in that row alone.

The hidden names of the columns stay where they were: what is written says it, or nothing does.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.canevas.lecture.ressemblance import condenser

# A recall is printed as words, in the French way: a number typed there is a number (redaction/rendu.py).
RAPPEL = re.compile("[\u2212-]?[0-9]{1,3}(?:[\u202f\u00a0][0-9]{3})*(?:,[0-9]+)?(?:[\u202f\u00a0]%)?")


class Glissement(NamedTuple):
    """All the answers of a row one cell too far: `place` holds the one that came out, `vide` is left."""

    place: int
    vide: int
    cote: str  # droite | gauche


def glissement(
    rangee: Sequence[object], reponses: Sequence[int], n: int, gauche: int | None, droite: int | None
) -> Glissement | None:
    """`reponses`: the answer columns, of which the row asks the first `n`; `gauche` and `droite`: the columns
    beside the four of them, where something was typed or may be."""
    premiere, derniere = reponses[0], reponses[n - 1]
    vides = {c: not str(rangee[c]).strip() for c in (premiere, derniere)}
    suivante = reponses[n] if n < len(reponses) else droite
    if vides[premiere] and suivante is not None and est_seul(rangee[suivante]):
        return Glissement(suivante, premiere, "droite")
    if vides[derniere] and not vides[premiere] and gauche is not None and est_seul(rangee[gauche]):
        return Glissement(gauche, derniere, "gauche")
    return None


def rappel_glisse(
    rangee: Sequence[object], precedent: int, imprime: str | None, premiere: int, suivante: int | None
) -> bool:
    """True when last year's answer left its column for that of the answers.

    `imprime` is that recall; None when the file does not say it: it then looks like one, and a number of this
    year stands after it, in `suivante`.
    """
    lu = rangee[premiere]
    if not isinstance(lu, str) or not lu or rangee[precedent] == lu:
        return False
    if imprime is not None:
        return lu == imprime
    seule = rangee[precedent] == "" and suivante is not None and est_seul(rangee[suivante])
    return seule and RAPPEL.fullmatch(lu) is not None


def est_seul(lu: object) -> bool:
    """A number and nothing else, where a note is expected."""
    return (bool(lu.strip()) and condenser(lu).isdecimal()) if isinstance(lu, str) else True
