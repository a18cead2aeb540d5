"""Which measure a wording seems to be: the title of a column, the label of a row with what it details."""

import re
from collections.abc import Iterable

from etl.classeurs_libres.description.ventilations import detail_dit, est_un_detail, separer
from etl.classeurs_libres.mesures import RESSEMBLE, MesureConnue, mots_de_plus, rapprocher
from etl.classeurs_libres.mots import correspond

TAUX = ("taux*", "part *", "%*", "pourcentage*", "*%", "*(%)")
_LIBELLE_SUR = 80  # of 100: a label alone, without a column of numbers to confirm it
_DE_TROP = 2  # words that the measure does not bear
_CHIFFRES = re.compile(r"[0-9]+")
# neither a number in a list nor a date changes what is counted
_DATES = re.compile(r"^\s*[0-9]+(?:\.[0-9]+)*\s?[.)°-]\s|\b[0-9]{1,2}/[0-9]{1,2}\b|\b31\b|\b20[0-9]{2}\b")
_DONT = re.compile(r"\bdont\b", re.IGNORECASE)


def mesure_proche(libelle: str, mesures: Iterable[MesureConnue]) -> tuple[MesureConnue | None, int]:
    """The measure a wording is close enough to, and its score; a rate is read from its two numbers only."""
    mesure, score = rapprocher(libelle, mesures)
    if mesure is None or score < RESSEMBLE:
        return None, 0
    if _d_autres_nombres(libelle, mesure) or mots_de_plus(libelle, mesure) >= _DE_TROP:
        return None, 0  # « de 6 à 10 ans », « porteurs d’un handicap »: a part of it, not the whole
    en_pourcentage = any(correspond(motif, libelle) for motif in TAUX)
    part = any(mots.startswith("part ") for mots in mesure.mots)
    return (None, 0) if en_pourcentage and not part else (mesure, score)


def _d_autres_nombres(libelle: str, mesure: MesureConnue) -> bool:
    """True when a wording bears a number that the measure does not, or the other way for its modality."""
    lus = set(_CHIFFRES.findall(_DATES.sub("", libelle)))
    siens = set(_CHIFFRES.findall(" ".join(mesure.mots)))
    return not lus <= siens or not set(_CHIFFRES.findall(mesure.detail)) <= lus


def dit_une_mesure(libelle: str, mesures: Iterable[MesureConnue]) -> bool:
    """True when the label of a row, of a sheet, is surely that of a measure, or of a part of one."""
    mesures = tuple(mesures)
    ecrits = [libelle, *(separer(libelle) or ())[:1]]
    return any(mesure_proche(ecrit, mesures)[1] >= _LIBELLE_SUR for ecrit in ecrits)


def libelles_de_mesures(
    libelles: Iterable[str], mesures: Iterable[MesureConnue]
) -> dict[str, tuple[MesureConnue | None, int]]:
    """The same for several labels; a measure goes to the closest of them, the first of equals.

    A label may be a detail of the row above it, or bear both: « Jeunes impliqués – dont filles ».
    """
    mesures = tuple(mesures)
    details = [m for m in mesures if est_un_detail(m)]
    entieres = [m for m in mesures if not est_un_detail(m) and " " not in m.cle]
    proches: dict[str, tuple[MesureConnue | None, int]] = {}
    for libelle in libelles:
        if detail := detail_dit(libelle, details):
            proches[libelle] = (detail, 100)
        elif double := _double(libelle, entieres, mesures, details):
            proches[libelle] = double
        else:
            proches[libelle] = _seule(libelle, entieres)
    meilleurs: dict[MesureConnue, int] = {}
    for mesure, score in proches.values():
        if mesure is not None:
            meilleurs[mesure] = max(score, meilleurs.get(mesure, 0))
    for libelle, (mesure, score) in proches.items():
        if mesure is None or est_un_detail(mesure):
            continue
        if meilleurs.get(mesure) != score:
            proches[libelle] = (None, 0)
        else:
            meilleurs[mesure] = 101  # taken
    return proches


def _seule(libelle: str, mesures: list[MesureConnue]) -> tuple[MesureConnue | None, int]:
    """The measure that a whole label names; one said to be a part (« dont… ») is not the whole of it."""
    parts = separer(libelle)
    if parts and _DONT.search(libelle) and mesure_proche(parts[0], mesures)[0]:
        return None, 0
    return mesure_proche(libelle, mesures)


def _double(
    libelle: str, entieres: list[MesureConnue], mesures: tuple[MesureConnue, ...], details: list[MesureConnue]
) -> tuple[MesureConnue, int] | None:
    """The measure and the modality that one label names."""
    parts = separer(libelle)
    detail = detail_dit(parts[1], details) if parts else None
    mesure, score = mesure_proche(parts[0], entieres) if detail else (None, 0)
    if mesure is None:
        return None
    cles = {f"{mesure.cle} {modalite}" for modalite in detail.cle.split()}
    return next(((m, score) for m in mesures if m.cle in cles), None)
