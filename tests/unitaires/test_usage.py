"""A command badly typed is told in French, with what would be accepted."""

import subprocess
import sys
from pathlib import Path

import pytest
import typer

from ctg import usage
from ctg.__main__ import application as lecture
from etl.__main__ import application
from etl.commandes import entrepot

RACINE = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("tapee", "dite"),
    [
        ("canevas", "Il manque « --annee ». Voir « python -m etl canevas --help »."),
        ("verifier", "Il manque « FICHIER… »."),
        ("machin", "Cette commande n’existe pas, ou un mot est en trop. Voir « python -m etl --help »."),
        ("demo trop", "Cette commande n’existe pas, ou un mot est en trop."),
        ("--raw x --rien", "L’option « --rien » n’existe pas."),
        ("demarrer --port 99999", "La valeur donnée pour « --port » ne convient pas."),
        ("demo --echelle", "L’option « --echelle » est mal employée"),
        (
            "demo --scenario z",
            "La valeur donnée pour « --scenario » ne convient pas. Choisir parmi : regime-etabli, "
            "premiere-campagne.",
        ),
    ],
)
def test_une_commande_mal_tapee_se_dit_en_francais(tapee, dite):
    with pytest.raises(typer.TyperException) as faute:
        application(tapee.split(), prog_name="python -m etl", standalone_mode=False)
    assert f"Rien n’a été fait. {dite}" in usage.phrase(faute.value)


@pytest.mark.parametrize(
    ("tapee", "dite"),
    [
        ("exporter recapitulatif", "Il manque « --annee »."),
        ("exporter recapitulatif --annee abc --vers x", "La valeur donnée pour « --annee » ne convient pas."),
        ("exporter tableau", "Cette commande n’existe pas, ou un mot est en trop."),
    ],
)
def test_un_export_mal_tape_aussi(tapee, dite, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["ctg", *tapee.split()])
    with pytest.raises(SystemExit) as fin:
        usage.lancer(lecture, "python -m ctg")
    assert fin.value.code == 2
    assert f"Rien n’a été fait. {dite} Voir « python -m ctg exporter" in capsys.readouterr().err


def test_l_aide_a_ses_titres_en_francais():
    aide = [sys.executable, "-m", "ctg", "exporter", "recapitulatif", "--help"]
    dite = subprocess.run(aide, cwd=RACINE, capture_output=True, text=True, encoding="utf-8").stdout
    assert "[obligatoire]" in dite and "[required]" not in dite


@pytest.mark.parametrize(("tapee", "tout"), [([], False), (["--tout"], True)])
def test_tout_relire_se_demande(tapee, tout, monkeypatch):
    demandes = []
    monkeypatch.setattr(entrepot, "construire", lambda tout_relire: demandes.append(tout_relire) or 0)
    assert application(tapee, prog_name="python -m etl", standalone_mode=False) == 0
    assert demandes == [tout]


def test_une_erreur_du_programme_est_une_phrase_et_le_code_2():
    casse = "import etl.__main__ as m; m.application = lambda **_: 1 / 0; m.lancer()"
    fini = subprocess.run([sys.executable, "-c", casse], cwd=RACINE, capture_output=True, text=True)
    assert fini.returncode == 2
    assert "Erreur du programme, à signaler" in fini.stderr and "ZeroDivisionError" in fini.stderr
    assert "Traceback" not in fini.stderr
