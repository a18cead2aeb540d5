"""The rows and columns of a sheet of .xlsx that nobody sees: hidden by hand, filtered, folded."""

import re

from etl.classeurs.modele import COLONNES_MAXIMUM, LIGNES_MAXIMUM

_BALISE = re.compile(rb"<(?:[\w.-]{1,20}:)?(row|col)\s([^<>]*+)>")
_CACHE = re.compile(rb"""\bhidden\s?=\s?["'](?:1|true)["']""")
_BORNES = {b"row": (rb"r", rb"r"), b"col": (rb"min", rb"max")}


def rangs_masques(xml: bytes) -> tuple[frozenset[int], frozenset[int]]:
    """The hidden rows, then the hidden columns of a sheet, from 0; a row that does not say its number is left
    out, as is what stands past the limits of a sheet."""
    if b"hidden" not in xml:
        return frozenset(), frozenset()
    lignes: set[int] = set()
    colonnes: set[int] = set()
    for balise in _BALISE.finditer(xml):
        if _CACHE.search(balise[2]):
            premier, dernier = (_nombre(balise[2], nom) for nom in _BORNES[balise[1]])
            siens, maximum = (lignes, LIGNES_MAXIMUM) if balise[1] == b"row" else (colonnes, COLONNES_MAXIMUM)
            if premier and dernier:
                siens |= set(range(premier - 1, min(dernier, maximum)))
    return frozenset(lignes), frozenset(colonnes)


def _nombre(attributs: bytes, nom: bytes) -> int:
    trouve = re.search(rb"""(?:^|\s)%b\s?=\s?["']([0-9]{1,7})["']""" % nom, attributs)
    return int(trouve[1]) if trouve else 0
