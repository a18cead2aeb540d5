"""Numbers as people type them in a form: what is accepted, what is refused, and under which rule.

`CAS` is the published table of cases; the tests hold it, and a new habit of the senders is a new row.
Nothing is guessed: a text that two readers would read differently is refused.
"""

import datetime as dt
import math
import re
from enum import StrEnum
from typing import NamedTuple


class Nature(StrEnum):
    """What an input cell expects."""

    ENTIER = "entier"  # persons, families, actions…: no fraction, no negative
    DECIMAL = "decimal"  # hours, m², full-time equivalents: no negative
    MONTANT = "montant"  # euros, negative allowed (a result, a refund)
    POURCENTAGE = "pourcentage"  # in points once read: 85.0
    NIVEAU = "niveau"  # 1 to 4
    DATE = "date"
    ETAT = "etat"
    TEXTE = "texte"


class Nombre(NamedTuple):
    """A number read, or None with the rule that refuses it; a rule beside a number is only told."""

    valeur: float | None
    regle: str | None = None


_ESPACES = " \u00a0\u202f\u2009"
_FRANCAIS = re.compile(rf"([+\-\u2212]?)\s?([0-9]{{1,3}}(?:[{_ESPACES}][0-9]{{3}})+|[0-9]+)(?:,([0-9]+))?")
_AVEC_POINT = re.compile(r"[+\-\u2212]?[0-9]+(?:[.,][0-9]+)+")
_SYMBOLE = {Nature.POURCENTAGE: "%", Nature.MONTANT: "€"}
_NIVEAU_MAXIMAL = 4
# Beyond, a number cannot be true of a city: a phone number, a slipped key. Without a cap, sums overflow.
_MAXIMUM = {Nature.ENTIER: 1e6, Nature.DECIMAL: 1e9, Nature.MONTANT: 1e9}


def lire_nombre(lu: object, nature: Nature) -> Nombre:
    """Read the content of a number cell (float, int, bool, date or non-empty text) as `nature` expects it."""
    if isinstance(lu, bool):
        return Nombre(None, "nombre_illisible")
    if isinstance(lu, (int, float)):
        return _verifier(_en_points(float(lu)) if nature is Nature.POURCENTAGE else float(lu), nature)
    if isinstance(lu, (dt.date, dt.time, dt.timedelta)):
        return Nombre(None, "date_dans_nombre")
    return _lire_texte(str(lu).strip(), nature)


def _en_points(valeur: float) -> float:
    # Percentage cells bear the « 0 % » format: a spreadsheet stores 85 % as 0.85; other programs write 85.
    return valeur * 100 if 0 <= valeur <= 1 else valeur


def _lire_texte(texte: str, nature: Nature) -> Nombre:
    symbole = _SYMBOLE.get(nature)
    sans_symbole = texte.removesuffix(symbole).rstrip(_ESPACES) if symbole else texte
    trouve = _FRANCAIS.fullmatch(sans_symbole)
    if trouve is None:
        return Nombre(None, "nombre_ambigu" if _AVEC_POINT.fullmatch(sans_symbole) else "nombre_illisible")
    signe, entiers, decimales = trouve.groups()
    valeur = float(re.sub(rf"[{_ESPACES}]", "", entiers) + "." + (decimales or "0"))
    if nature is Nature.POURCENTAGE and sans_symbole == texte and 0 < valeur <= 1:
        return Nombre(None, "nombre_ambigu")
    verifie = _verifier(-valeur if signe in ("-", "\u2212") else valeur, nature)
    return verifie if verifie.regle else Nombre(verifie.valeur, "nombre_en_texte")


def _verifier(valeur: float, nature: Nature) -> Nombre:
    if not math.isfinite(valeur):
        return Nombre(None, "nombre_illisible")
    if not valeur.is_integer() and math.isclose(valeur, round(valeur), rel_tol=0, abs_tol=1e-9):
        valeur = float(round(valeur))
    valeur += 0.0  # never -0.0
    if abs(valeur) > _MAXIMUM.get(nature, math.inf):
        return Nombre(None, "nombre_demesure")
    if nature is Nature.MONTANT:
        return Nombre(valeur)
    if nature is Nature.POURCENTAGE:
        return Nombre(valeur) if 0 <= valeur <= 100 else Nombre(None, "hors_bornes")
    if nature is Nature.NIVEAU:
        connu = valeur.is_integer() and 1 <= valeur <= _NIVEAU_MAXIMAL
        return Nombre(valeur) if connu else Nombre(None, "hors_bornes")
    if valeur < 0:
        return Nombre(None, "nombre_negatif")
    if nature is Nature.ENTIER and not valeur.is_integer():
        return Nombre(None, "nombre_non_entier")
    return Nombre(valeur)


# (typed, expected by the cell, value read or None, rule told or None)
CAS: tuple[tuple[object, Nature, float | None, str | None], ...] = (
    (12, Nature.ENTIER, 12.0, None),
    (12.0, Nature.ENTIER, 12.0, None),
    (0, Nature.ENTIER, 0.0, None),
    (2.9999999999999996, Nature.ENTIER, 3.0, None),
    (12.5, Nature.ENTIER, None, "nombre_non_entier"),
    (-3, Nature.ENTIER, None, "nombre_negatif"),
    ("12", Nature.ENTIER, 12.0, "nombre_en_texte"),
    (" 1 234 ", Nature.ENTIER, 1234.0, "nombre_en_texte"),
    ("1\u00a0234", Nature.ENTIER, 1234.0, "nombre_en_texte"),
    ("1\u202f234\u202f567", Nature.DECIMAL, 1234567.0, "nombre_en_texte"),
    (1_000_000, Nature.ENTIER, 1e6, None),
    (380_456_789_012, Nature.ENTIER, None, "nombre_demesure"),
    ("03 80 45 67 89", Nature.ENTIER, None, "nombre_illisible"),
    ("1 000 001", Nature.ENTIER, None, "nombre_demesure"),
    (1e308, Nature.ENTIER, None, "nombre_demesure"),
    (1e9, Nature.DECIMAL, 1e9, None),
    (1e308, Nature.DECIMAL, None, "nombre_demesure"),
    (-1e10, Nature.MONTANT, None, "nombre_demesure"),
    (1e308, Nature.POURCENTAGE, None, "hors_bornes"),
    ("1,5", Nature.ENTIER, None, "nombre_non_entier"),
    ("-3", Nature.ENTIER, None, "nombre_negatif"),
    ("12 5", Nature.ENTIER, None, "nombre_illisible"),
    ("environ 30", Nature.ENTIER, None, "nombre_illisible"),
    ("30 enfants", Nature.ENTIER, None, "nombre_illisible"),
    ("12 à 15", Nature.ENTIER, None, "nombre_illisible"),
    ("-", Nature.ENTIER, None, "nombre_illisible"),
    ("?", Nature.ENTIER, None, "nombre_illisible"),
    ("nc", Nature.ENTIER, None, "nombre_illisible"),
    ("1.234", Nature.ENTIER, None, "nombre_ambigu"),
    ("85 %", Nature.ENTIER, None, "nombre_illisible"),
    (True, Nature.ENTIER, None, "nombre_illisible"),
    (dt.date(2025, 5, 12), Nature.ENTIER, None, "date_dans_nombre"),
    (1234.5, Nature.DECIMAL, 1234.5, None),
    ("1 234,5", Nature.DECIMAL, 1234.5, "nombre_en_texte"),
    ("1\u202f234,50", Nature.DECIMAL, 1234.5, "nombre_en_texte"),
    ("0,75", Nature.DECIMAL, 0.75, "nombre_en_texte"),
    ("12.5", Nature.DECIMAL, None, "nombre_ambigu"),
    ("1,234.5", Nature.DECIMAL, None, "nombre_ambigu"),
    (-0.5, Nature.DECIMAL, None, "nombre_negatif"),
    (-1500, Nature.MONTANT, -1500.0, None),
    ("\u2212 1 500,20", Nature.MONTANT, -1500.2, "nombre_en_texte"),
    ("1 500 €", Nature.MONTANT, 1500.0, "nombre_en_texte"),
    (0.85, Nature.POURCENTAGE, 85.0, None),
    (1, Nature.POURCENTAGE, 100.0, None),
    (85, Nature.POURCENTAGE, 85.0, None),
    (120, Nature.POURCENTAGE, None, "hors_bornes"),
    ("85 %", Nature.POURCENTAGE, 85.0, "nombre_en_texte"),
    ("85,5\u00a0%", Nature.POURCENTAGE, 85.5, "nombre_en_texte"),
    ("0,5 %", Nature.POURCENTAGE, 0.5, "nombre_en_texte"),
    ("85", Nature.POURCENTAGE, 85.0, "nombre_en_texte"),
    ("0,85", Nature.POURCENTAGE, None, "nombre_ambigu"),
    ("0", Nature.POURCENTAGE, 0.0, "nombre_en_texte"),
    (3, Nature.NIVEAU, 3.0, None),
    ("3", Nature.NIVEAU, 3.0, "nombre_en_texte"),
    (5, Nature.NIVEAU, None, "hors_bornes"),
    (2.5, Nature.NIVEAU, None, "hors_bornes"),
)
