"""Draws of the fictional campaign: replayable, independent of one another, and splits that add up."""

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.demo.alea import arrondir, fluctuation, repartir, tirage


def test_un_tirage_ne_depend_que_de_sa_cle():
    avant = tirage("archipel", "JE-1.1.1-a", 2025).random()
    tirage("archipel", "un autre indicateur", 2025).random()
    assert tirage("archipel", "JE-1.1.1-a", 2025).random() == avant
    assert tirage("archipel", "JE-1.1.1-a", 2024).random() != avant


def test_un_tirage_ne_depend_pas_de_la_graine_de_hachage_de_python():
    code = "from etl.demo.alea import tirage; print(tirage('archipel', 2025).random())"
    lus = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": graine},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for graine in ("0", "1")
    }
    assert len(lus) == 1


@given(st.integers(0, 5000), st.lists(st.floats(0.01, 100), min_size=1, max_size=9))
def test_une_repartition_fait_toujours_le_total(total, poids):
    parts = repartir(total, poids)
    assert sum(parts) == total
    assert all(part >= 0 for part in parts)


def test_repartir_donne_les_plus_forts_restes():
    # 10 × (1, 1, 1) / 3 = 3,33 each: the first takes the remainder
    assert repartir(10, [1, 1, 1]) == [4, 3, 3]
    assert repartir(7, [2, 1]) == [5, 2]  # 4,67 and 2,33
    assert repartir(0, [0, 0]) == [0, 0]


def test_repartir_refuse_un_total_sans_poids():
    with pytest.raises(ValueError, match="aucun poids"):
        repartir(3, [0, 0])


@given(st.floats(0, 1000), st.integers())
def test_arrondir_reste_entre_les_deux_entiers_voisins(valeur, graine):
    assert int(valeur) <= arrondir(valeur, graine) <= int(valeur) + 1


@given(st.floats(0, 0.5), st.text())
def test_une_fluctuation_reste_dans_son_amplitude(amplitude, cle):
    assert 1 - amplitude <= fluctuation(amplitude, cle) <= 1 + amplitude
