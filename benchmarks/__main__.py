"""`python -m benchmarks`: every measure in one run, as a Markdown table; ratios hold on any machine.

The producers' files are written at their national size (a minute, 400 MB), then removed: `--nationales
DOSSIER` keeps them there for the next time. `--departement DOSSIER` adds more than 5 000 reports, written
into DOSSIER (some minutes) when it has none.
"""

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks import construction, departement, export, formulaires, incrementale, nationales, pages
from benchmarks.mesure import RACINE, Comparaison, tableau
from ctg.referentiel import charger, dossier_par_defaut
from etl.construction.entrepot import construire
from etl.demo import generer


def mesurer(dossier: Path) -> list[Comparaison]:
    """Generate the fictional campaign, build its warehouse in `dossier`, and time each thing."""
    donnees, demo, entrepot = RACINE / "data/raw/diagnostics", dossier / "demo", dossier / "warehouse.duckdb"
    generer(charger(dossier_par_defaut()), demo, scenario="regime-etabli", echelle="ville")
    construire((donnees, demo), dossier_par_defaut(), entrepot)
    return [
        *formulaires.mesurer(demo),
        *construction.mesurer(donnees, demo, entrepot),
        *incrementale.mesurer(donnees, demo, entrepot),
        *pages.mesurer(entrepot),
        *export.mesurer(entrepot),
    ]


if __name__ == "__main__":
    lecteur = argparse.ArgumentParser(prog="python -m benchmarks")
    lecteur.add_argument("--departement", type=Path, metavar="DOSSIER")
    lecteur.add_argument("--nationales", type=Path, metavar="DOSSIER")
    choix = lecteur.parse_args()
    with tempfile.TemporaryDirectory() as temporaire:
        lignes = mesurer(Path(temporaire))
        lignes += nationales.mesurer(choix.nationales or Path(temporaire, "raw"), Path(temporaire))
        if choix.departement:
            lignes += departement.mesurer(choix.departement, Path(temporaire, "departement.duckdb"))
    machine = f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cœurs"
    sys.stdout.write(f"{machine}\n\n{tableau(lignes)}\n")
