"""A build in a process of its own, as the command line and the pages start it: what it spares and sees."""

import datetime as dt
import os
import subprocess
import sys
import time

import pytest

from ctg.referentiel import charger
from etl import hachages
from etl.canevas.redaction.ecriture import ecrire
from etl.inventaire import RACINE
from tests.exemples.bureau import CONVENTION, Bureau
from tests.exemples.formulaire_rempli import remplir

JEUNES = ("i:JE-1.1.1-a", "valeur")
_CONSTRUIRE = """
import sys
from pathlib import Path
from etl.construction.entrepot import construire
raw, convention, entrepot = map(Path, sys.argv[1:])
construire((raw,), convention, entrepot)
print(*sys.modules)
"""


@pytest.fixture
def bureau(tmp_path) -> Bureau:
    """One form received and built, then received again with another figure."""
    versions = []
    for rang, nombre in enumerate((14, 15)):
        (chemin,) = ecrire(
            charger(CONVENTION),
            2025,
            tmp_path / str(rang),
            structure="mjc-centre",
            rempli_le=dt.date(2026, 5, 1),
        )
        remplir(chemin, {JEUNES: nombre})
        versions.append(chemin)
    bureau = Bureau(tmp_path, versions)
    bureau.deposer(0, "a.xlsx")
    bureau.construire()
    bureau.deposer(1, "a.xlsx")
    return bureau


def construire_a_part(bureau: Bureau) -> str:
    fini = subprocess.run(
        [sys.executable, "-c", _CONSTRUIRE, bureau.raw, bureau.convention, bureau.entrepot],
        cwd=RACINE,
        env=os.environ | {"CTG_SAISIES": str(bureau.saisies)},
        capture_output=True,
        text=True,
    )
    assert not fini.returncode, fini.stderr
    return fini.stdout


def test_reprendre_un_chiffre_corrige_n_importe_pas_pandas(bureau):
    # a third of a second of every command, and of every update that a page asks for
    modules = construire_a_part(bureau).split()
    assert "etl.construction.entrepot" in modules
    assert "pandas" not in modules
    assert bureau.differences() == {}


def test_un_fichier_national_change_sous_sa_taille_et_sa_date_est_relu(bureau, monkeypatch):
    monkeypatch.setattr(hachages, "_LOURD", 1)
    monkeypatch.setattr(hachages, "_ENCORE_CHAUD", 0)
    entete = "CODGEO;NOTE;A;PERCOU;AI;AM;ACSSENF;ACAVENF;AC3ENF;ENF;ENF_2;ENF_3_5"
    fichier = bureau.raw / "caf_2020.csv"
    fichier.write_text(f"{entete}\n250560101;0;10;20;30;40;50;60;70;80;90;44\n")
    bureau.construire()
    assert bureau.entrepot.with_name("entrepot.duckdb.hachages").is_file()
    date = fichier.stat().st_mtime_ns
    time.sleep(0.02)  # the clock of a file system moves by steps of some milliseconds
    fichier.write_text(f"{entete}\n250560101;0;99;20;30;40;50;60;70;80;90;44\n")
    os.utime(fichier, ns=(date, date))
    hachages._connus.clear()  # another process
    bureau.construire()
    hachages._connus.clear()
    assert bureau.differences() == {}
    valeurs = bureau.lire("SELECT valeur FROM interne.observation WHERE variable_id = 'caf_allocataires'")
    assert (99.0,) in valeurs
