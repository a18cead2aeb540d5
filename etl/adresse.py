"""How a spreadsheet names a cell: « AA12 »."""

from functools import lru_cache


def adresse(ligne: int, colonne: int) -> str:
    """The address of a cell from its row and column counted from 0: (0, 26) → AA1."""
    return f"{lettres(colonne)}{ligne + 1}"


@lru_cache(maxsize=1024)
def lettres(colonne: int) -> str:
    """The name of a column counted from 0: 0 → A, 26 → AA."""
    texte = ""
    while colonne >= 0:
        colonne, reste = divmod(colonne, 26)
        texte = chr(65 + reste) + texte
        colonne -= 1
    return texte


def numero(nom: str) -> int:
    """The column of letters, from 0: A → 0, AA → 26."""
    rang = 0
    for lettre in nom:
        rang = rang * 26 + ord(lettre) - 64
    return rang - 1
