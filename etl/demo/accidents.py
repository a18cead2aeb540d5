"""The accidents of life: who does not answer, who is late, which cell goes wrong (`accidents.csv`).

Each is published in docs/campagne_fictive.md, so that readers and tests know what to find.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from etl.demo.alea import tirage
from etl.demo.indicateurs import Reponses
from etl.demo.tables import table

_AVANCE_MAXIMALE = 40  # days before the deadline
_DELAI_PREMIER_ENVOI = 21  # days between a form sent too fast and the one that replaces it
_SAISIE_MAXIMALE = 6  # days between filling and sending


@dataclass(frozen=True, slots=True)
class Accident:
    """`genre`: absence, ouverture, retard, total_faux, texte_dans_nombre, renvoi.

    `objet`: a structure, or for a delay a sender or a fiche; `cle`: the row concerned; `valeur`: days of
    delay, or what is typed.
    """

    scenario: str
    annee: int
    genre: str
    objet: str
    cle: str
    valeur: str
    recit: str


@cache
def accidents(scenario: str) -> tuple[Accident, ...]:
    """Every accident of a scenario, in the order of its file."""
    return tuple(
        Accident(**(rangee | {"annee": int(rangee["annee"])}))
        for rangee in table("accidents")
        if rangee["scenario"] == scenario
    )


def _de(scenario: str, annee: int, *genres: str) -> list[Accident]:
    return [a for a in accidents(scenario) if a.annee == annee and a.genre in genres]


def absentes(scenario: str, annee: int) -> frozenset[str]:
    """Structures that send nothing that year, the one that was not open yet included."""
    return frozenset(a.objet for a in _de(scenario, annee, "absence", "ouverture"))


def recu_le(scenario: str, annee: int, qui: str, echeance: dt.date) -> dt.date:
    """The day the workbook of a sender, or of a fiche, is received: in time, unless it is late."""
    retard = next((int(a.valeur) for a in _de(scenario, annee, "retard") if a.objet == qui), None)
    if retard is None:
        retard = -tirage("réception", qui, annee).randint(0, _AVANCE_MAXIMALE)
    return echeance + dt.timedelta(days=retard)


def rempli_le(recu: dt.date, qui: str) -> dt.date:
    """The day written on a form received on `recu`."""
    return recu - dt.timedelta(days=tirage("saisie", qui, recu).randint(0, _SAISIE_MAXIMALE))


def premier_envoi(scenario: str, annee: int, expediteur_id: str, recu: dt.date) -> dt.date | None:
    """When a sender that corrects itself first sent its workbook; None when it sends it once."""
    if any(a.objet == expediteur_id for a in _de(scenario, annee, "renvoi")):
        return recu - dt.timedelta(days=_DELAI_PREMIER_ENVOI)
    return None


def abimer(reponses: Reponses, scenario: str, annee: int, structure_id: str) -> Reponses:
    """The answers of a structure with what it mistyped that year; unchanged when all went well."""
    changees = dict(reponses)
    for accident in _de(scenario, annee, "total_faux", "texte_dans_nombre"):
        cellule = (accident.cle, "valeur")
        if accident.objet == structure_id and cellule in changees:
            faux = accident.valeur or _inverser(changees[cellule])
            changees[cellule] = faux
    return changees


def premiere_version(reponses: Reponses, scenario: str, annee: int, structure_id: str) -> Reponses:
    """The answers a structure first sent, one figure bearing a zero too many."""
    changees = dict(reponses)
    for accident in _de(scenario, annee, "renvoi"):
        if accident.objet == structure_id:
            changees[accident.cle, "valeur"] *= 10
    return changees


def _inverser(valeur: int) -> int:
    """The number with its first decreasing pair of digits swapped: 153 → 135.

    Raises ValueError when no pair decreases: the total would not fall below its breakdown.
    """
    chiffres = list(str(valeur))
    for i in range(len(chiffres) - 1):
        if chiffres[i] > chiffres[i + 1] != "0":
            chiffres[i], chiffres[i + 1] = chiffres[i + 1], chiffres[i]
            return int("".join(chiffres))
    raise ValueError(f"aucun chiffre à inverser dans {valeur}")
