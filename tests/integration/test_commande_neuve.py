"""A build in a process of its own, as the command line and the pages start it: what it spares itself."""

import datetime as dt
import os
import subprocess
import sys

import pytest

from ctg.referentiel import charger
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
