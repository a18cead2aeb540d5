"""The 57 structures of the convention answer two years running, without a single accident."""

import datetime as dt
from pathlib import Path

from etl.canevas.redaction.ecriture import ecrire
from etl.demo.rappels import rappels
from etl.demo.reponses import repondre_structure
from etl.demo.scenarios import SCENARIOS
from tests.exemples.campagne_fictive import convention

ANNEES = (2024, 2025)


def ecrire_campagne(dossier: Path) -> dict[int, list[Path]]:
    """Write the workbooks of every sender under `dossier`; {year: its workbooks}."""
    referentiel, scenario = convention(), SCENARIOS["regime-etabli"]
    classeurs, declarees = {}, {}
    for annee in ANNEES:
        precedents = rappels(referentiel, declarees)
        declarees = {
            structure.structure_id: repondre_structure(referentiel, structure, annee, scenario)
            for structure in referentiel.structures.values()
            if structure.ouverte_en(annee)
        }
        classeurs[annee] = ecrire(
            referentiel,
            annee,
            dossier / str(annee),
            reponses=declarees,
            precedents=precedents,
            fictif=True,
            rempli_le=dt.date(annee + 1, 6, 1),
        )
    return classeurs
