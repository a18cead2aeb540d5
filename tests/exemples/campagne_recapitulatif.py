"""A small warehouse on disk for the documents: known numbers, secrets, blanks, hostile labels."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import duckdb

from etl.construction.assemblage import assembler
from tests.exemples.campagne_minuscule import CampagneMinuscule, indicateur, structure

HOSTILE = "=cmd()|' /C calc'!A0"
# 4 of 37 people: too few to be shown; 10.81… must stand nowhere in the file
SECRET = {"numerateur": 4, "denominateur": 37}
CONSTRUIT_LE = dt.datetime(2026, 11, 21, 9, 30)


def vierge() -> CampagneMinuscule:
    """Three centres sociaux asked for a sum, two rates, a count, and a measure still to define."""
    jeunes = {"unite": "jeunes", "unite_statistique": "personne", "agregation_structures": "somme_doubles"}
    taux = {"unite": "%", "unite_statistique": "personne"}
    return CampagneMinuscule(
        [
            indicateur("P", libelle="Jeunes impliqués", ventilations=("sexe",), **jeunes),
            indicateur("T", "rapport", libelle="+ de jeunes revenus", **taux),
            indicateur("X", "rapport", libelle="@Part trop petite", **taux),
            indicateur("M", libelle=HOSTILE, unite="projets", unite_statistique="projet"),
            indicateur(
                "D", "rapport", libelle="Taux de consultation", definition="a_arreter", repondant="R-JE"
            ),
        ],
        [structure("a", "gresilles"), structure("b", "gresilles"), structure("c", "universite")],
    )


def campagne() -> CampagneMinuscule:
    """Their answers over 2023-2025: an exact rate, a secret, a silence."""
    convention = vierge()
    for annee, nombres in {2023: (40, 10, 8), 2024: (50, 12, 9), 2025: (60, 3, None)}.items():
        for structure_id, nombre in zip("abc", nombres, strict=True):
            convention.repondre(structure_id, annee, "i:P", valeur=nombre)
    for structure_id, femmes in (("a", 31), ("b", 1)):
        convention.repondre(structure_id, 2025, "i:P#sexe=femmes", valeur=femmes)
    convention.repondre("a", 2025, "i:T", numerateur=37, denominateur=111)
    convention.repondre("a", 2025, "i:X", **SECRET)
    return convention


def construire(chemin: Path, convention: CampagneMinuscule | None = None, *, fictif: bool = False) -> Path:
    """Write the warehouse at `chemin`; `fictif` marks every form as made up."""
    convention = convention or campagne()
    collecte = convention.collecte()
    collecte.depots = [
        replace(depot, formulaire=replace(depot.formulaire, fictif=fictif)) for depot in collecte.depots
    ]
    with duckdb.connect(str(chemin)) as connexion:
        assembler(connexion, convention.referentiel, collecte, "0123456789abcdef", CONSTRUIT_LE)
    return chemin
