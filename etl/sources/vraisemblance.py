"""Figures that their column cannot hold, or that two readers would read differently."""

import re
from collections.abc import Sequence

from etl.sources.modele import Colonne, Regle

# « 1.581 » is 1 581 for whoever parts thousands with a point, and hardly more than one for anybody else
_DEUX_LECTURES = re.compile(r"[+\-\u2212]?[1-9][0-9]{0,2}([.,])[0-9]{3}")
_DECIMALES = re.compile(r"[+\-\u2212]?[0-9]+([.,])[0-9]+")
_SANS_COMPTE = frozenset({"", "%", "€"})

REGLES = {
    "nombre_ambigu": Regle("manquant", "valeur qui se lit de deux façons dans le fichier"),
    "nombre_impossible": Regle("manquant", "valeur impossible dans le fichier"),
}
_PHRASES = {
    "nombre_ambigu": "« {texte} » peut se lire {milliers} ou {texte} (colonne « {entete} ») : valeur non "
    "retenue.",
    "nombre_impossible": "« {texte} » ne peut pas être un nombre de {unite} (colonne « {entete} ») : valeur "
    "non retenue.",
}
_CONSEIL = "Déposez le fichier du producteur tel quel, sans le réenregistrer."


def douter(colonne: Colonne, fractions: bool, texte: str, valeur: float, ligne: Sequence[str]) -> str | None:
    """Name what is wrong with a figure of a column without decimals, or None.

    `fractions`: its producer prints decimals there all the same. The other cells of the `ligne` may then show
    which mark is the decimal one.
    """
    if colonne.decimales:
        return None
    ambigu = _DEUX_LECTURES.fullmatch(texte)
    if ambigu and not (fractions and ambigu[1] in _marques_decimales(ligne)):
        return "nombre_ambigu"
    if colonne.unite in _SANS_COMPTE:
        return None
    return "nombre_impossible" if valeur < 0 or not (fractions or valeur.is_integer()) else None


def _marques_decimales(ligne: Sequence[str]) -> set[str]:
    """The marks that part decimals in a line, where nobody can take them for those of thousands."""
    nombres = (_DECIMALES.fullmatch(c) for c in map(str.strip, ligne) if not _DEUX_LECTURES.fullmatch(c))
    return {nombre[1] for nombre in nombres if nombre}


def phrase(regle: str, texte: str, colonne: Colonne, entete: str) -> str:
    """Say what is wrong with a figure, and what to do."""
    milliers = re.sub("[.,]", "\u00a0", texte)
    dite = _PHRASES[regle].format(texte=texte, milliers=milliers, unite=colonne.unite, entete=entete)
    return f"{dite} {_CONSEIL}"
