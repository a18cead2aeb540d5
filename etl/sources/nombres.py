"""Numbers and years as French producers print them."""

import re

# Thousands are parted by a plain, no-break, narrow no-break (U+202F, QPV tables) or thin space.
_ESPACES = " \u00a0\u202f\u2009"
_NOMBRE = re.compile(
    rf"[+\-\u2212]?(?:[0-9]{{1,3}}(?:[{_ESPACES}][0-9]{{3}}){{1,4}}|[0-9]{{1,15}})(?:[.,][0-9]{{1,20}})?"
)
# R writes 100000 as « 1e+05 », all its digits kept; Excel's « 1,6E+05 » has lost some
_PUISSANCE = re.compile(r"[+-]?[1-9](?:\.[0-9]{1,14})?e[+-][0-9]{2}")
_SANS_ESPACES = str.maketrans({**dict.fromkeys(_ESPACES), ",": ".", "\u2212": "-"})
_RENTREE = re.compile(r"((?:19|20)[0-9]{2})\s*[-/]\s*((?:19|20)[0-9]{2})")
_DATES = (
    re.compile(r"(?P<annee>(?:19|20)[0-9]{2})(?:\.0)?"),
    re.compile(r"(?P<annee>(?:19|20)[0-9]{2})-?(?P<mois>0[1-9]|1[0-2])"),
    re.compile(r"(?P<annee>(?:19|20)[0-9]{2})-?(?P<mois>0[1-9]|1[0-2])-?[0-3][0-9](?:[T ][0-9:.+Z-]*)?"),
    re.compile(r"[0-3]?[0-9]/(?P<mois>0?[1-9]|1[0-2])/(?P<annee>(?:19|20)[0-9]{2})"),
)
_SIGNES = frozenset("%€")
_SIECLE = 60  # P99_POP is 1999: no file of ours goes back before the census of 1962


def lire_nombre(texte: str) -> float | None:
    """Read « 1 234,5 », « 98.3 », « −16,7 » or « 1e+05 »; None for « 1.234,5 », « 1,6E+05 » or a text.

    The one mark of « 1.581 » is read as a decimal one; `etl.sources.vraisemblance` tells where it may not be.
    """
    texte = texte.strip()
    if _PUISSANCE.fullmatch(texte):
        return float(texte)
    if not _NOMBRE.fullmatch(texte):
        return None
    return float(texte.translate(_SANS_ESPACES))


def sans_signe(texte: str, unite: str) -> str:
    """Drop the sign of « 44,1 % » or « 18 750 € » where its unit is expected; elsewhere it is no number."""
    return texte.removesuffix(unite).rstrip() if unite in _SIGNES else texte


def date_du_texte(texte: str, *, rentree: bool = False) -> tuple[int, int | None] | None:
    """Read a year and, when it is written, a month: « 2022 », « 2021-12-31 », « 31/12/2021 », « 202112 ».

    A school year « 2021-2022 » counts for the year it ends in; so does the one that begins in « 2021 », in a
    column of `rentree`. None for anything else.
    """
    texte = texte.strip()
    if scolaire := _RENTREE.fullmatch(texte):
        debut, fin = int(scolaire[1]), int(scolaire[2])
        return (fin, None) if fin == debut + 1 else None
    date = next(filter(None, (motif.fullmatch(texte) for motif in _DATES)), None)
    if date is None:
        return None
    mois = date.groupdict().get("mois")
    return int(date["annee"]) + rentree, int(mois) if mois else None


def annee_du_texte(texte: str) -> int | None:
    """Read the year of a text that holds nothing but a date (see `date_du_texte`)."""
    date = date_du_texte(texte)
    return date[0] if date else None


def annee_du_suffixe(chiffres: str) -> int:
    """Read the year a header ends with: « 19 » or « 2019 »."""
    annee = int(chiffres)
    if len(chiffres) == 4:
        return annee
    return annee + (1900 if annee >= _SIECLE else 2000)
