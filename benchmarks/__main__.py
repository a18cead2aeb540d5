"""`python -m benchmarks`: every measure in one run, as a Markdown table; ratios hold on any machine.

The open data are those that `python -m etl telecharger` brings: look-alikes of the producers' files are first
written at their national size (half a minute, 400 MB of disk), and removed at the end. `--nationales DOSSIER`
writes them there, and keeps them for the next time. `--sans-nationales` leaves them out: the only open data
are then the small table of the repository, which is measured after them in any case. `--departement DOSSIER`
adds more than 5 000 reports, written into DOSSIER (some minutes) when it has none. Five minutes in all.
"""

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

import pandas as pd

from benchmarks import departement, export, formulaires, nationales, pages, reconstruction, sommes
from benchmarks.mesure import RACINE, Comparaison, tableau
from ctg.referentiel import dossier_par_defaut
from etl.construction.entrepot import construire

TABLE = RACINE / "data/raw/diagnostics/diagnostics_dijon.csv"


def mesurer(dossier: Path) -> list[Comparaison]:
    """Generate the fictional campaign, build its warehouse in `dossier`, and time each thing."""
    raw, entrepot = dossier / "livre", dossier / "warehouse.duckdb"
    with nationales.completes(raw):
        construire((raw,), dossier_par_defaut(), entrepot)
        return [
            *reconstruction.mesurer(
                "la seule table livrée des données ouvertes",
                raw,
                entrepot,
                lambda: pd.read_csv(TABLE, sep=None, engine="python", dtype=str),
            ),
            *formulaires.mesurer(raw),
            *sommes.mesurer(entrepot),
            *pages.mesurer(entrepot),
            *export.mesurer(entrepot),
        ]


if __name__ == "__main__":
    lecteur = argparse.ArgumentParser(prog="python -m benchmarks")
    lecteur.add_argument("--departement", type=Path, metavar="DOSSIER")
    lecteur.add_argument("--nationales", type=Path, metavar="DOSSIER")
    lecteur.add_argument("--sans-nationales", action="store_true")
    choix = lecteur.parse_args()
    with tempfile.TemporaryDirectory() as temporaire:
        lignes = []
        if not choix.sans_nationales:
            raw = choix.nationales or Path(temporaire, "national")
            lignes += nationales.mesurer(raw, Path(temporaire, "national.duckdb"))
        lignes += mesurer(Path(temporaire))
        if choix.departement:
            lignes += departement.mesurer(choix.departement, Path(temporaire, "departement.duckdb"))
    machine = f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cœurs"
    sys.stdout.write(f"{machine}\n\n{tableau(lignes)}\n")
