"""How digits are grouped: French, other European and English notations of one number, or none of them.

A separator is believed only when it can be read in one way: « 1 234,5 », « 1.234,50 », « 1,234.5 » are clear,
« 1.234 » is not (one thousand two hundred thirty-four, or one and a bit).
"""

import re
from enum import Enum
from typing import NamedTuple

# space, no-break space, figure space, thin space, narrow no-break space
ESPACES = " \u00a0\u2007\u2009\u202f"
BLANCS = f"{ESPACES}\t\r\n\ufeff\u200b"
# in a set of characters, the hyphen comes first
MOINS = "-\u2212\u2013"

_MILLIERS = r"[1-9][0-9]{0,2}"
_CLAIRES = (
    re.compile(rf"(?P<entiers>{_MILLIERS}(?:[{ESPACES}'’][0-9]{{3}})+)(?:[.,](?P<decimales>[0-9]+))?"),
    re.compile(r"(?P<entiers>[0-9]+)(?:,(?P<decimales>[0-9]+))?"),
    re.compile(rf"(?P<entiers>{_MILLIERS}(?:\.[0-9]{{3}})+),(?P<decimales>[0-9]+)"),
    re.compile(rf"(?P<entiers>{_MILLIERS}(?:\.[0-9]{{3}}){{2,}})(?P<decimales>)"),
    # a lone dot that cannot separate thousands: one or two decimals, four or more, « 0.125 », « 1234.567 »
    re.compile(r"(?P<entiers>[0-9]+)\.(?P<decimales>[0-9]{1,2}|[0-9]{4,})"),
    re.compile(r"(?P<entiers>0|[0-9]{4,})\.(?P<decimales>[0-9]{3})"),
)
_ANGLAISES = (
    re.compile(rf"(?P<entiers>{_MILLIERS}(?:,[0-9]{{3}})+)\.(?P<decimales>[0-9]+)"),
    re.compile(rf"(?P<entiers>{_MILLIERS}(?:,[0-9]{{3}}){{2,}})(?P<decimales>)"),
)
_AMBIGUE = re.compile(rf"{_MILLIERS}\.[0-9]{{3}}")
_VIRGULE_DE_MILLIERS = re.compile(rf"{_MILLIERS},[0-9]{{3}}")


class Notation(Enum):
    """What the separators of a number let one believe."""

    CLAIRE = "claire"
    ANGLAISE = "anglaise"
    AMBIGUE = "ambigue"
    AUCUNE = "aucune"


class Ecriture(NamedTuple):
    """`valeur` is None unless the notation is clear or English."""

    valeur: float | None
    notation: Notation


def lire_ecriture(ecrit: str, milliers_a_virgule: bool = False) -> Ecriture:
    """Read unsigned digits with their separators.

    `milliers_a_virgule`: what is asked bears no three decimals (a count, an amount), so that « 1,234 » is
    doubtful too.
    """
    if _AMBIGUE.fullmatch(ecrit) or (milliers_a_virgule and _VIRGULE_DE_MILLIERS.fullmatch(ecrit)):
        return Ecriture(None, Notation.AMBIGUE)
    for notation, motifs in ((Notation.CLAIRE, _CLAIRES), (Notation.ANGLAISE, _ANGLAISES)):
        for motif in motifs:
            if trouve := motif.fullmatch(ecrit):
                entiers = re.sub(r"[^0-9]", "", trouve["entiers"])
                return Ecriture(float(f"{entiers}.{trouve['decimales'] or 0}"), notation)
    return Ecriture(None, Notation.AUCUNE)
