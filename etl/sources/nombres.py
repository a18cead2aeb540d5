"""Numbers and years as French producers print them."""

import re

# Thousands are parted by a plain, no-break, narrow no-break (U+202F, QPV tables) or thin space.
_ESPACES = " \u00a0\u202f\u2009"
_NOMBRE = re.compile(
    rf"[+\-\u2212]?(?:[0-9]{{1,3}}(?:[{_ESPACES}][0-9]{{3}}){{1,4}}|[0-9]{{1,15}})(?:[.,][0-9]{{1,20}})?"
)
_SANS_ESPACES = str.maketrans({**dict.fromkeys(_ESPACES), ",": ".", "\u2212": "-"})
_ANNEE = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_RENTREE = re.compile(r"((?:19|20)[0-9]{2})\s*[-/]\s*((?:19|20)[0-9]{2})")


def lire_nombre(texte: str) -> float | None:
    """Read « 1 234,5 », « 98.3 » or « −16,7 »; None for anything two readers could read differently."""
    texte = texte.strip()
    if not _NOMBRE.fullmatch(texte):
        return None
    return float(texte.translate(_SANS_ESPACES))


def annee_du_texte(texte: str) -> int | None:
    """Read a year: « 2022 », or a school year « 2021-2022 », which counts for the year it ends in."""
    texte = texte.strip()
    rentree = _RENTREE.fullmatch(texte)
    if rentree:
        debut, fin = int(rentree[1]), int(rentree[2])
        return fin if fin == debut + 1 else None
    return int(texte) if _ANNEE.fullmatch(texte) else None


def annee_du_nom(nom: str) -> int | None:
    """Find the one year in a file's name (`data_CAF_2020_IRIS.csv` → 2020); None if none or several."""
    annees = set(_ANNEE.findall(nom))
    return int(annees.pop()) if len(annees) == 1 else None


def adresse(ligne: int, index: int) -> str:
    """Name a cell as a spreadsheet would: column `index` (from 0) of line 12 → « G12 »."""
    lettres = ""
    index += 1
    while index:
        index, reste = divmod(index - 1, 26)
        lettres = chr(ord("A") + reste) + lettres
    return f"{lettres}{ligne}"
