"""Answers that stand one row too low or too high: cells moved up or down, a column pasted beside its rows.

The words and the keys are in their places, and each number is one that its new question accepts: only last
year's answers, printed beside, tell. It takes several rows to say so, and a person to confirm.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from etl.canevas.grammaire import TRIMESTRES
from etl.canevas.lecture.journal import Journal
from etl.canevas.modeles import Cellule
from etl.canevas.plan import Ligne
from etl.canevas.reponse.valeurs import lire_valeur

_PROCHE, _LOIN = 1.4, 1.6  # from one year to the next
_LIGNES = 3  # rows that say the same; two may be chance
_COMPTES = (("valeur",), TRIMESTRES)  # their recall is their sum; those of rates are all alike


class Repondue(NamedTuple):
    """What a row answers, and answered last year; None: nothing to compare."""

    rang: int
    ici: float | None
    avant: float | None


class Suite(NamedTuple):
    """Rows, of which each answers what the one beside it (`cote`: dessus | dessous) answered last year."""

    cote: str
    rangs: tuple[int, ...]


def dire_glissees(
    cles: Sequence[object],
    cellules: Iterable[Cellule],
    attendues: Mapping[str, Ligne],
    rappels: Mapping[str, str],
    colonne: int,
    journal: Journal,
) -> None:
    """Tell the answers that slid. `cles` by row, `rappels` as they were printed, by key; `colonne` is the
    first one of the answers."""
    if not rappels:
        return
    comptes = {
        attendues[cle].cle for cle in rappels.keys() & attendues.keys() if attendues[cle].codes in _COMPTES
    }
    lus: dict[tuple, list[float]] = defaultdict(list)
    for cellule in cellules:
        if cellule.valeur is not None and cellule[:5] in comptes:
            lus[cellule[:5]].append(cellule.valeur)
    rangees = [
        Repondue(rang, _ici(lus.get(ligne.cle, []), ligne), _avant(rappels.get(cle), ligne))
        for rang, cle in enumerate(cles)
        if (ligne := attendues.get(cle)) is not None
    ]
    for suite in glissees(rangees):
        premier, dernier = suite.rangs[0], suite.rangs[-1]
        journal.noter(
            "lignes_glissees",
            (premier, colonne),
            question=attendues[cles[premier]].nom,
            lignes=f"{premier + 1} à {dernier + 1}",
            nombre=len(suite.rangs),
            cote=suite.cote,
        )


def _ici(lus: list[float], ligne: Ligne) -> float | None:
    return sum(lus) if ligne.codes in _COMPTES and len(lus) == len(ligne.codes) else None


def _avant(rappel: str | None, ligne: Ligne) -> float | None:
    if rappel is None or ligne.codes not in _COMPTES:
        return None
    return float(rappel) if rappel.isdecimal() else lire_valeur(rappel, ligne.natures[0]).valeur


def glissees(rangees: Sequence[Repondue]) -> Iterator[Suite]:
    """The runs of rows, one right under the other, that answer as those of one side did last year.

    Each is near its neighbour and far from itself. A row near itself alone ends a run; as many at most are
    near neither.
    """
    if sum(_LOIN <= _ecart(ici, sienne) < math.inf for _, ici, sienne in rangees) < _LIGNES:
        return
    avant = {rangee.rang: rangee.avant for rangee in rangees}
    for cote, pas in (("dessus", -1), ("dessous", 1)):
        suite: list[int] = []
        autres, dernier = 0, None
        for rang, ici, sienne in (*rangees, Repondue(-1, None, None)):
            voisine = avant.get(rang + pas)
            d_a_cote = _ecart(ici, voisine) <= _PROCHE
            rompue = dernier is not None and rang != dernier + 1
            if rompue or (_ecart(ici, sienne) <= _PROCHE and not d_a_cote):
                if len(suite) >= _LIGNES and autres <= len(suite):
                    yield Suite(cote, tuple(suite))
                suite, autres = [], 0
            if d_a_cote and _LOIN <= _ecart(ici, sienne) < math.inf:
                suite.append(rang)
            elif suite and ici is not None and not d_a_cote:
                autres += 1
            dernier = rang


def _ecart(un: float | None, autre: float | None) -> float:
    """How many times one is the other, one more on each side: from 3 to 4 people, nothing changed."""
    if un is None or autre is None or min(un, autre) < 0:
        return math.inf
    return (max(un, autre) + 1) / (min(un, autre) + 1)
