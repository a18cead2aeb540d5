"""What git must never take: real reports, the warehouse, the copies sent back; and what it must keep."""

import subprocess
from pathlib import Path

import pytest

RACINE = Path(__file__).parents[2]


def ignore(chemin):
    """True when git would refuse to add this path."""
    return subprocess.run(["git", "check-ignore", "-q", "--no-index", chemin], cwd=RACINE).returncode == 0


@pytest.mark.parametrize(
    "chemin",
    [
        "data/raw/rapports/2025/archipel.xlsx",
        "data/raw/diagnostics/rapport_2025_archipel.xlsx",
        "data/raw/diagnostics/2025/archipel.xlsx",
        "data/warehouse.duckdb",
        "data/warehouse.duckdb.wal",
        "data/copie.duckdb",
        "data/essai.duckdb.123.construction",
        "data/saisies/notes.csv",
        "retour/archipel_a_corriger.xlsx",
        "archipel.xlsx",
        "sauvegarde.zip",
        "sorties/recapitulatif_2025.xlsx",
    ],
)
def test_ce_qui_parle_de_familles_reste_hors_de_git(chemin):
    assert ignore(chemin)


@pytest.mark.parametrize(
    "chemin",
    [
        "data/raw/LISEZMOI.md",
        "data/raw/diagnostics/LISEZMOI.md",
        "data/raw/diagnostics/diagnostics_dijon.csv",
        "data/raw/diagnostics/source.yml",
        "data/referentiel/dijon_2024_2027/indicateurs.csv",
    ],
)
def test_ce_qui_est_public_reste_dans_git(chemin):
    assert not ignore(chemin)
