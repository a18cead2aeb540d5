"""Plausible sizes: how much a respondent of this type and size counts in the reference year.

Orders of magnitude are invented (`profils.csv`), chosen so that a multi-accueil of 30 to 60 places admits 15
to 45 children a year and a centre social touches 150 to 900 persons.
"""

from dataclasses import dataclass
from functools import cache

from ctg.referentiel import Indicateur, Referentiel, Structure
from etl.demo.alea import fluctuation, tirage
from etl.demo.tables import table

ANNEE_ZERO = 2023  # the year the tables describe; the others follow from their trends
PROFIL_FICHE = "fiche"

# Position of a structure between the smallest (0) and the largest (1) of its type; the others are drawn.
_TAILLES = {
    "micro-creche-colombiere": -1.3,  # 12 places
    "pouponniere-petite-creche": -0.3,  # 24 places
    "pouponniere-grande-creche": 1.0,
    "periscolaire-dijon": 1.0,
    "extrascolaire-dijon": 0.75,
    "periscolaire-dslj": 0.5,
    "periscolaire-pep": 0.4,
    "extrascolaire-pep": 0.3,
    "extrascolaire-casi": 0.1,
    "periscolaire-casi": 0.02,
    "essentiel-le": 0.7,
    "maison-phare": 0.85,
}
# A multi-site respondent does not stand everywhere; the others stand in the nine quartiers.
_QUARTIERS_DESSERVIS = {
    "extrascolaire-dijon": ("toison-dor", "gresilles", "maladiere", "universite", "chevreul-parc",
                            "bourroches", "fontaine-douche"),
    "periscolaire-pep": ("gresilles", "universite", "fontaine-douche", "montchapet"),
    "extrascolaire-pep": ("gresilles", "fontaine-douche", "montchapet"),
    "mediatheques": ("toison-dor", "gresilles", "universite", "chevreul-parc", "centre-ville", "bourroches",
                     "fontaine-douche"),
}  # fmt: skip
# A type or a measure nobody sized yet still gets figures.
_PAR_DEFAUT = {"personne": (15, 80), "famille": (15, 80), "surface": (300, 900), "euro": (2000, 20000)}
_PETITS_COMPTES = (2, 12)


@dataclass(frozen=True, slots=True)
class Profil:
    """Size of a measure for a respondent. `mini`/`maxi`: count (or denominator, or questionnaires offered) of
    the smallest and the largest one; `taux`: numerator / denominator, or what it counts for one `rapport_a`
    (above 1 for a ratio, whose numerator `rapport_a` is then);
    `evolution`: factor of a year; `bruit`: amplitude of chance, 0 to 1; `chacun`: the size is the one of each
    quartier (one centre social in each), instead of a total split by population."""

    mini: float
    maxi: float
    taux: float
    rapport_a: str | None
    evolution: float
    bruit: float
    chacun: bool


@dataclass(frozen=True, slots=True)
class Repondant:
    """Who fills a form. `profil`: a type of structure, or `fiche`; `quartier_id`: where it stands, None for
    the whole city; `lieux`: weight of each quartier it answers for, empty when it answers as a whole."""

    repondant_id: str
    profil: str
    taille: float
    quartier_id: str | None
    lieux: dict[str, float]


def structure_repondante(referentiel: Referentiel, structure: Structure) -> Repondant:
    """The respondent of a structure form."""
    taille = _TAILLES.get(structure.structure_id, tirage("taille", structure.structure_id).random())
    lieux = {}
    if structure.multisite:
        desservis = _QUARTIERS_DESSERVIS.get(structure.structure_id, tuple(referentiel.quartiers))
        lieux = {q: p for q, p in poids_des_quartiers(referentiel).items() if q in desservis}
    quartier_id = structure.quartier_id if structure.quartier_id in referentiel.quartiers else None
    return Repondant(structure.structure_id, structure.type_id, taille, quartier_id, lieux)


def fiche_repondante(referentiel: Referentiel, fiche_id: str) -> Repondant:
    """The respondent of a fiche form: the référent speaks for the whole city, by quartier where asked."""
    return Repondant(fiche_id, PROFIL_FICHE, 0.5, None, poids_des_quartiers(referentiel))


def poids_des_quartiers(referentiel: Referentiel) -> dict[str, float]:
    """Population of the IRIS of each quartier, in persons; 1 where the crosswalk knows none."""
    poids = dict.fromkeys(referentiel.quartiers, 0)
    for iris in referentiel.iris.values():
        if iris.quartier_id in poids:
            poids[iris.quartier_id] += iris.population
    return {quartier: population or 1 for quartier, population in poids.items()}


@cache
def _profils() -> dict[tuple[str, str], Profil]:
    return {
        (rangee["indicateur_id"], rangee["profil"]): Profil(
            float(rangee["mini"] or 0),
            float(rangee["maxi"] or 0),
            float(rangee["taux"] or 0),
            rangee["rapport_a"] or None,
            float(rangee["evolution"] or 1),
            float(rangee["bruit"] or 0),
            rangee["repartition"] == "chacun",
        )
        for rangee in table("profils")
    }


def profil_de(indicateur: Indicateur, repondant: Repondant) -> Profil:
    """The size of a measure for this respondent, from `profils.csv`, else from its statistical unit."""
    connu = _profils().get((indicateur.indicateur_id, repondant.profil))
    if connu:
        return connu
    mini, maxi = _PAR_DEFAUT.get(indicateur.unite_statistique, _PETITS_COMPTES)
    evolution = {"hausse": 1.04, "baisse": 0.97}.get(indicateur.sens, 1.0)
    return Profil(mini, maxi, 0.7, None, evolution, 0.05, False)


def base(profil: Profil, repondant: Repondant, *cle: object) -> float:
    """The expected count of the reference year, by interpolation between the smallest and the largest."""
    if profil.mini == profil.maxi:
        return profil.mini
    rapport = profil.maxi / profil.mini
    return profil.mini * rapport**repondant.taille * fluctuation(0.12, "base", repondant.repondant_id, *cle)
