"""What happens over the years: a story by quartier where `recits.csv` tells one, else a steady trend."""

from functools import cache

from etl.demo.profils import ANNEE_ZERO, Profil
from etl.demo.tables import table


@cache
def raconte(indicateur_id: str) -> bool:
    """True when a story is told about this measure, somewhere: it is then never left blank."""
    return any(indicateur_id.startswith(rangee["indicateurs"]) for rangee in table("recits"))


@cache
def recit(indicateur_id: str, quartier_id: str | None) -> dict[int, float] | None:
    """{year: factor since the reference year} of the story told for this measure there, or None.

    A story names a measure, or the beginning of its id; that of a quartier goes before that of the city.
    """
    candidats = [
        rangee
        for rangee in table("recits")
        if indicateur_id.startswith(rangee["indicateurs"]) and rangee["quartier_id"] in ("", quartier_id)
    ]
    if not candidats:
        return None
    choisi = max(candidats, key=lambda rangee: (bool(rangee["quartier_id"]), len(rangee["indicateurs"])))
    return {ANNEE_ZERO: 1.0} | {int(nom): float(f) for nom, f in choisi.items() if nom.isdigit()}


def tendance(indicateur_id: str, profil: Profil, quartier_id: str | None, annee: int) -> float:
    """The factor from the reference year to `annee`."""
    facteurs = recit(indicateur_id, quartier_id)
    if facteurs and annee in facteurs:
        return facteurs[annee]
    return profil.evolution ** (annee - ANNEE_ZERO)
