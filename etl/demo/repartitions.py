"""Breakdowns that add up: a total split over its modalities, a numerator never above its denominator."""

from collections.abc import Sequence
from functools import cache

from ctg.referentiel import Referentiel
from etl.demo.alea import arrondir, fluctuation, repartir
from etl.demo.profils import Repondant
from etl.demo.tables import table

_PROFIL_QPV = "quartier-qpv"
_POURCENT = 100


@cache
def _poids() -> dict[tuple[str, str, str], float]:
    return {
        (rangee["ventilation_id"], rangee["modalite_id"], rangee["profil"]): float(rangee["poids"])
        for rangee in table("ventilations")
    }


def poids_de(
    referentiel: Referentiel,
    repondant: Repondant,
    indicateur_id: str,
    ventilation_id: str,
    modalite_id: str,
    annee: int,
) -> float:
    """The weight of a modality, in points, with a lasting touch of the respondent, a slight one of the year.

    A modality nobody weighed yet counts as much as any other.
    """
    quartier = referentiel.quartiers.get(repondant.quartier_id)
    profils = (repondant.profil, _PROFIL_QPV if quartier and quartier.qpv else "", "")
    connus = (_poids().get((ventilation_id, modalite_id, profil)) for profil in profils)
    poids = next((p for p in connus if p is not None), 10.0)
    cle = (repondant.repondant_id, indicateur_id, ventilation_id, modalite_id)
    return poids * fluctuation(0.2, "poids", *cle) * fluctuation(0.05, "poids", *cle, annee)


def repartir_sous_plafonds(total: int, poids: Sequence[float], plafonds: Sequence[int]) -> list[int]:
    """Split `total` like `repartir`, no part exceeding its ceiling; what overflows goes where room is left.

    Raises ValueError when the ceilings do not add up to `total`.
    """
    if total > sum(plafonds):
        raise ValueError("les plafonds ne contiennent pas le total")
    parts = [min(part, plafond) for part, plafond in zip(repartir(total, poids), plafonds, strict=True)]
    for i, plafond in enumerate(plafonds):
        parts[i] += min(plafond - parts[i], total - sum(parts))
    return parts


def part_non_exclusive(total: int, poids: float, *cle: object) -> int:
    """How many of `total` fall in a modality that excludes no other; `poids` in points of the total."""
    return min(total, arrondir(total * poids / _POURCENT, *cle))
