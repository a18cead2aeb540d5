"""What the project writes beside its code is neither read by the other accounts nor tracked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

RACINE = Path(__file__).parents[2]


@pytest.mark.skipif(os.name == "nt", reason="droits POSIX")
def test_ce_que_la_commande_ecrit_n_est_pas_lu_par_les_autres_comptes(tmp_path):
    vers = tmp_path / "canevas"
    commande = [
        sys.executable,
        "-m",
        "etl",
        "canevas",
        "--annee",
        "2025",
        "--fiche",
        "PE-1",
        "--vers",
        str(vers),
    ]
    environnement = {**os.environ, "CTG_ENTREPOT": str(tmp_path / "absent.duckdb")}
    subprocess.run(commande, cwd=RACINE, env=environnement, check=True, capture_output=True)
    ecrits = [vers, *vers.iterdir()]
    assert len(ecrits) > 1
    assert [chemin.name for chemin in ecrits if chemin.stat().st_mode & 0o007] == []


@pytest.mark.parametrize(
    "chemin",
    [
        *(
            "canevas/a.xlsx",
            "retours/a.txt",
            "formulaires/a.xlsx",
            "fiches/a.docx",
            "rapport.eml",
            "isaje.csv",
        ),
        *(
            "data/saisies/valeurs.csv",
            "data/saisies/avals/a.csv",
            "data/depots/a/b.xlsx",
            "data/raw/recus/a.ods",
        ),
        "data/.ctg.duckdb.chantier/journal.txt",
    ],
)
def test_ce_qui_vient_des_structures_n_entre_pas_dans_git(chemin):
    if not (RACINE / ".git").exists():
        pytest.skip("hors de git")
    ignore = subprocess.run(["git", "check-ignore", "-q", chemin], cwd=RACINE, check=False)
    assert ignore.returncode == 0
