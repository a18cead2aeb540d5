"""Are these the words that were printed? What people change without meaning to, and what changes the meaning.

Accents, case, spaces, punctuation, a footnote mark, the end cut off, a slip of the fingers: the same words.
A number that differs (a year, an age), a word more or a word less: other words.
"""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

_APPEL_DE_NOTE = re.compile(r"(?:\s*(?:[*¹²³⁰⁴-⁹]+|[(\[](?:[0-9]|[*]+|[a-z])[)\]]))+\s*$")
_MOT = re.compile(r"[^\W\d_]+|\d+")
_NOMBRE = re.compile(r"\d+")
_SANS_SENS = frozenset(["de", "d", "du", "des", "le", "la", "les", "l", "en", "à", "a", "au", "aux"])
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_COUPE_MINIMALE = 10  # letters left of a wording whose end was cut


@lru_cache(maxsize=4096)
def mots(texte: str) -> tuple[str, ...]:
    """The words and the numbers of a text, without accents nor case nor footnote mark; 0 for ⁰ is lost."""
    sans_appel = _APPEL_DE_NOTE.sub("", texte)
    plat = unicodedata.normalize("NFKD", sans_appel).casefold().translate(_LIGATURES)
    return tuple(_MOT.findall("".join(c for c in plat if not unicodedata.combining(c))))


def condenser(texte: str) -> str:
    """All its letters and digits, and nothing else: two texts that differ by it alone read the same."""
    return "".join(mots(texte))


def nombres(texte: str) -> list[str]:
    """The numbers written in a text, in order: years, ages, days."""
    return _NOMBRE.findall(" ".join(mots(texte)))


def memes_mots(lu: str, attendu: str) -> bool:
    """True when what was read is `attendu` but for accents, case, spaces, marks, or a slip of the fingers."""
    if condenser(lu) == condenser(attendu) or _deteriores(lu, attendu):
        return True
    if nombres(lu) != nombres(attendu):
        return False
    lus, attendus = (_pleins(mots(texte)) for texte in (lu, attendu))
    if len(lus) == len(attendus):
        fautes = [_faute(un, autre) for un, autre in zip(lus, attendus, strict=True)]
        return all(fautes) and sum(un != autre for un, autre in zip(lus, attendus, strict=True)) <= 2
    # a space lost or typed inside a word
    return "".join(lus) == "".join(attendus)


def est_coupe(lu: str, attendu: str) -> bool:
    """True when what was read is the beginning of `attendu`, its last number whole."""
    court, numeros = condenser(lu), nombres(lu)
    return (
        len(court) >= _COUPE_MINIMALE
        and condenser(attendu).startswith(court)
        and numeros == nombres(attendu)[: len(numeros)]
    )


def suite(lu: str, attendu: str) -> list[str] | None:
    """The numbers written after `attendu`, when what was read begins with it; None when it does not."""
    debut = condenser(attendu)
    if not debut or not condenser(lu).startswith(debut):
        return None
    return nombres(lu)[len(nombres(attendu)) :]


def _deteriores(lu: str, attendu: str) -> bool:
    """True when the only letters that differ became « ? », in a .csv whose encoding lacks them."""
    un, autre = " ".join(lu.split()), " ".join(attendu.split())
    return "?" in un and len(un) == len(autre) and all(a in (b, "?") for a, b in zip(un, autre, strict=True))


def _pleins(lus: tuple[str, ...]) -> list[str]:
    return [mot for mot in lus if mot not in _SANS_SENS] or list(lus)


def _faute(lu: str, attendu: str) -> bool:
    """One letter for four, two for eight, and the same first letter: « réguliers » is not « irréguliers »."""
    if lu == attendu:
        return True
    if lu.isdecimal() or attendu.isdecimal() or (lu[0] != attendu[0] and len(lu) != len(attendu)):
        return False
    permises = 0 if len(attendu) < 4 else 1 if len(attendu) < 8 else 2
    return OSA.distance(lu, attendu, score_cutoff=permises) <= permises
