"""The two campaigns: a running convention over three years, and a first, thin one.

What a realistic first year holds: a third to a half of the figures, almost no comparable satisfaction, no
reference year, much text and jalons.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ctg.referentiel import Indicateur
from etl.demo.alea import tirage
from etl.demo.recits import raconte

_PART_PREMIERE = 0.4
_PART_SATISFACTION_PREMIERE = 0.04
# The services of the city, and the associations that already kept figures: 34 structures of 57.
_EXPEDITEURS_PREMIERE = frozenset(
    {
        *("petite-enfance", "enfance-education", "mediatheques", "pep-cbfc", "essentiel-le", "maison-phare"),
        *("archipel", "montchapet", "cercle-laique", "amarine"),
    }
)
# Habits settle: what is left blank shrinks from one campaign to the next.
_BLANCS = {2023: 0.06, 2024: 0.04, 2025: 0.03}
_BLANCS_SATISFACTION = {2023: 0.35, 2024: 0.18, 2025: 0.1}
_BLANCS_NIVEAU = {2023: 0.7, 2024: 0.4, 2025: 0.15}
_BLANC_VENTILATION = 0.06

# A measure that makes no sense for who answers: a périscolaire is closed during the holidays; an agreement
# « familles » runs no chantier; the accueil of the Bourroches is carried by its accueil adolescents.
_SANS_OBJET = (
    ("periscolaire-", "EN-4."),
    ("cercle-laique", "JE-1.1.3-a"),
    ("cercle-laique", "JE-2.2.2-a"),
    ("cs-mjc-bourroches", "EN-1.0.p1"),
    ("cs-mjc-bourroches", "EN-4.0.p1"),
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """`expediteurs`: those that answer, None for all of them (but accidents).
    `repond(indicateur, repondant_id, annee)`: is this figure given; `detaille`: is its breakdown given."""

    nom: str
    annees: tuple[int, ...]
    expediteurs: frozenset[str] | None
    repond: Callable[[Indicateur, str, int], bool]
    detaille: Callable[[str, str, str, int], bool]


def sans_objet(repondant_id: str, indicateur_id: str) -> bool:
    """True when this respondent writes « sans objet » for this measure."""
    return any(repondant_id.startswith(r) and indicateur_id.startswith(i) for r, i in _SANS_OBJET)


def _repond_toujours(indicateur: Indicateur, repondant_id: str, annee: int) -> bool:
    if raconte(indicateur.indicateur_id):
        return True
    blancs = {"satisfaction": _BLANCS_SATISFACTION, "niveau": _BLANCS_NIVEAU}.get(indicateur.saisie, _BLANCS)
    return tirage("blanc", repondant_id, indicateur.indicateur_id, annee).random() >= blancs[annee]


def _repond_peu(indicateur: Indicateur, repondant_id: str, annee: int) -> bool:
    identifiant = indicateur.indicateur_id
    if indicateur.saisie in ("texte", "jalon"):
        return True
    if indicateur.saisie == "satisfaction":
        return tirage("première", repondant_id, identifiant).random() < _PART_SATISFACTION_PREMIERE
    # The same measures everywhere: those the services already count.
    return tirage("première", identifiant).random() < _PART_PREMIERE


def _detaille(repondant_id: str, indicateur_id: str, ventilation_id: str, annee: int) -> bool:
    cle = ("blanc", repondant_id, indicateur_id, ventilation_id, annee)
    return tirage(*cle).random() >= _BLANC_VENTILATION


def _ne_detaille_pas(repondant_id: str, indicateur_id: str, ventilation_id: str, annee: int) -> bool:
    return False


SCENARIOS = {
    scenario.nom: scenario
    for scenario in (
        Scenario("regime-etabli", (2023, 2024, 2025), None, _repond_toujours, _detaille),
        Scenario("premiere-campagne", (2024,), _EXPEDITEURS_PREMIERE, _repond_peu, _ne_detaille_pas),
    )
}
