"""Which campaign a form of unreadable year waits for: it came, and its sender is not to be told it did not.

Only a refused form has no year: nothing of it is loaded, and what is presumed here makes no figure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ctg.referentiel.parametres import Campagne
from etl.jugement.depots import Depot


def presumer(depots: Iterable[Depot], campagnes: Sequence[Campagne]) -> list[Depot]:
    """The same submissions; a form whose respondent is known and whose year is not gets that of the campaign
    whose deadline is the nearest to the day it came, of the last campaign when that day is unknown."""
    return [
        replace(depot, formulaire=replace(depot.formulaire, annee=_campagne(depot, campagnes)))
        if campagnes and depot.formulaire.repondant_id and depot.formulaire.annee is None
        else depot
        for depot in depots
    ]


def _campagne(depot: Depot, campagnes: Sequence[Campagne]) -> int:
    """The campaign of the nearest deadline; the last of two that are equally near."""

    def ecart(campagne: Campagne) -> tuple[int, int]:
        echeance = campagne.echeance
        if depot.formulaire.genre == "fiche" and campagne.echeance_fiches:
            echeance = campagne.echeance_fiches
        jours = abs((depot.date.date() - echeance).days) if depot.date else 0
        return jours, -campagne.annee

    return min(campagnes, key=ecart).annee
