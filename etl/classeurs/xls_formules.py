"""Formulas of an old .xls whose result was lost: LibreOffice writes 0 for those that gave a text.

Excel follows such a formula by its text (MS-XLS 2.4.127); LibreOffice only writes a null number, the same as
for a formula that gives zero. When Excel did not write the file, the zero of a formula is believed if its
formula can give nothing but a number.
"""

import re
import struct
from collections.abc import Iterator
from contextlib import suppress

import xlrd
from xlrd.formula import FMLA_TYPE_CELL, decompile_formula

from etl.classeurs.modele import Calcul, Place

_FORMULES = (0x06, 0x206, 0x406)
_BOUNDSHEET, _BOF, _EOF = 0x85, 0x809, 0x0A
_FEUILLE_DE_CALCUL = 0
_ENTETE = 22  # bytes before the tokens of a formula
_FONCTION = re.compile(r"([A-Z][A-Z0-9.]*)\(")
_NUMERIQUES = frozenset(
    {"SUM", "AVERAGE", "MIN", "MAX", "COUNT", "COUNTA", "COUNTBLANK", "COUNTIF", "SUMIF", "SUMPRODUCT",
     "ROUND", "ROUNDUP", "ROUNDDOWN", "INT", "TRUNC", "ABS", "MOD", "PRODUCT", "SUBTOTAL", "MEDIAN", "RANK"}
)  # fmt: skip
_CALCUL = re.compile(r"[-+*/^%]")
_NOMBRE = re.compile(r"-?[0-9.]+")

Enregistrements = Iterator[tuple[int, int, int]]


def resultats_perdus(
    flux: bytes, enregistrements: Enregistrements, classeur: xlrd.Book
) -> list[dict[Place, Calcul]]:
    """For each worksheet, the formulas whose null result may be a text, by (row, column) counted from 0.

    `enregistrements` gives the number, the place and the length of each record of `flux`.
    """
    debuts: list[int] = []
    perdus: list[dict[Place, Calcul]] = []
    courant: dict[Place, Calcul] | None = None
    for numero, place, longueur in enregistrements:
        if numero == _BOUNDSHEET and longueur > 6 and flux[place + 5] == _FEUILLE_DE_CALCUL:
            debuts.append(struct.unpack_from("<I", flux, place)[0])
            perdus.append({})
        elif numero == _BOF:
            # the place of a sheet is that of the head of its first record
            rang = debuts.index(place - 4) if place - 4 in debuts else None
            courant = courant if rang is None else perdus[rang]
        elif numero in _FORMULES and longueur >= _ENTETE and courant is not None:
            if flux[place + 6 : place + 14] != bytes(8):
                continue
            formule = _formule(flux[place : place + longueur], classeur)
            if not _donne_un_nombre(formule):
                courant[struct.unpack_from("<HH", flux, place)] = Calcul(f"={formule}", None)
    return perdus


def _formule(corps: bytes, classeur: xlrd.Book) -> str:
    """The formula as a spreadsheet writes it; an ellipsis when it cannot be told."""
    ligne, colonne = struct.unpack_from("<HH", corps)
    longueur = struct.unpack_from("<H", corps, _ENTETE - 2)[0]
    texte = None
    with suppress(Exception):  # xlrd raises whatever an unknown token made it meet
        texte = decompile_formula(classeur, corps[_ENTETE:], longueur, FMLA_TYPE_CELL, ligne, colonne)
    return texte or "…"


def _donne_un_nombre(formule: str) -> bool:
    """True when the formula adds, multiplies or counts, and nothing in it can make a text."""
    if '"' in formule or "&" in formule:
        return False
    fonctions = set(_FONCTION.findall(formule))
    if fonctions:
        return fonctions <= _NUMERIQUES
    return _NOMBRE.fullmatch(formule) is not None or _CALCUL.search(formule) is not None
