"""`python -m benchmarks`: every measure in one run, as a Markdown table; ratios hold on any machine."""

import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks import construction, export, formulaires, pages
from benchmarks.mesure import Comparaison, tableau
from ctg.referentiel import charger, dossier_par_defaut
from etl.construction import construire
from etl.demo import generer

RACINE = Path(__file__).parents[1]


def mesurer(dossier: Path) -> list[Comparaison]:
    """Generate the fictional campaign, build its warehouse in `dossier`, and time each thing."""
    donnees, demo, entrepot = RACINE / "data/raw/diagnostics", dossier / "demo", dossier / "warehouse.duckdb"
    generer(charger(dossier_par_defaut()), demo, scenario="regime-etabli", echelle="ville")
    construire((donnees, demo), dossier_par_defaut(), entrepot)
    return [
        *formulaires.mesurer(demo),
        *construction.mesurer(donnees, demo, entrepot),
        *pages.mesurer(entrepot),
        *export.mesurer(entrepot),
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporaire:
        lignes = mesurer(Path(temporaire))
    machine = f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cœurs"
    sys.stdout.write(f"{machine}\n\n{tableau(lignes)}\n")
