"""Codes of places as people's tools leave them: spaces, quotes, a lost leading zero, a number's decimals.

Excel reads 0211570T well, but 01004 as 1004, 212310101 as 212310101.0, and a long code as 2,12102E+13, whose
digits are lost: such a code is never guessed (`recherche/donnees_ouvertes.md`, section 1, school directory).
"""

import re

_LONGUEURS = {"iris": 9, "commune": 5, "ecole": 8}
_CHIFFRES = {"iris": 9, "commune": 5, "ecole": 7}  # a school code ends with a letter
_ENTIERS = {
    niveau: re.compile(ecrit)
    for niveau, ecrit in (("iris", "[0-9]{9}"), ("commune", "[0-9]{5}"), ("ecole", "[0-9]{7}[A-Z]"))
}
_FORMULE = re.compile(r'="?(.*?)"?')
_DECIMALES_NULLES = re.compile(r"([0-9]+)[.,]0+")
_PUISSANCE = re.compile(r"([0-9])(?:[.,]([0-9]+))?E\+?([0-9]{1,2})", re.IGNORECASE)


def lire_code(niveau: str, texte: str) -> str | None:
    """Bring a code back to its producer's writing; None when its digits are lost.

    `niveau` is iris, qpv, commune or ecole. A text that is no code at all comes back as it is.
    """
    entier = _ENTIERS.get(niveau)
    if entier and entier.fullmatch(texte):  # a hundred thousand lines, and almost all of them
        return texte
    code = re.sub(r"\s+", "", texte)
    formule = _FORMULE.fullmatch(code)
    code = (formule[1] if formule else code).strip("'\"’").upper()
    if puissance := _PUISSANCE.fullmatch(code):
        entier, decimales, exposant = puissance[1], puissance[2] or "", int(puissance[3])
        if len(decimales) != exposant:
            return None
        code = entier + decimales
    elif nul := _DECIMALES_NULLES.fullmatch(code):
        code = nul[1]
    return _completer(niveau, code)


def est_bien_forme(niveau: str, code: str) -> bool:
    """Say whether a code has the shape of those of its level (QPV: listed in qpv.csv, not judged here)."""
    forme = _ENTIERS.get(niveau)
    return forme is None or forme.fullmatch(code) is not None


def _completer(niveau: str, code: str) -> str:
    """Give back the one leading zero that a spreadsheet dropped (departments 01 to 09, académies)."""
    longueur = _LONGUEURS.get(niveau)
    chiffres = code[: _CHIFFRES.get(niveau, 0) - 1]
    if longueur and len(code) == longueur - 1 and chiffres.isdigit():
        return f"0{code}"
    return code
