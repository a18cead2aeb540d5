"""Splits under ceilings, part of a whole, and what is recalled the year after."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.demo.rappels import rappels
from etl.demo.repartitions import part_non_exclusive, repartir_sous_plafonds
from tests.exemples.campagne_fictive import convention


@given(st.data())
def test_une_repartition_sous_plafonds_fait_le_total_sans_rien_depasser(data):
    plafonds = data.draw(st.lists(st.integers(0, 200), min_size=1, max_size=6))
    total = data.draw(st.integers(0, sum(plafonds)))
    poids = data.draw(st.lists(st.floats(0.1, 50), min_size=len(plafonds), max_size=len(plafonds)))
    parts = repartir_sous_plafonds(total, poids, plafonds)
    assert sum(parts) == total
    assert all(0 <= part <= plafond for part, plafond in zip(parts, plafonds, strict=True))


def test_ce_qui_deborde_va_ou_il_reste_de_la_place():
    assert repartir_sous_plafonds(10, [9, 1], [6, 20]) == [6, 4]


def test_des_plafonds_trop_bas_sont_refuses():
    with pytest.raises(ValueError, match="plafonds"):
        repartir_sous_plafonds(10, [1, 1], [4, 5])


@given(st.integers(0, 500), st.floats(0, 250))
def test_une_modalite_non_exclusive_ne_depasse_pas_le_total(total, poids):
    assert 0 <= part_non_exclusive(total, poids, "graine") <= total


def test_l_annee_suivante_rappelle_ce_qui_a_ete_declare():
    declarees = {
        "archipel": {
            ("i:AVS-1.0.2-a", "valeur"): 135,
            ("i:JE-1.2.3-a", "T1"): 10,
            ("i:JE-1.2.3-a", "T2"): 12,
            ("i:JE-1.2.3-a", "T3"): 4,
            ("i:JE-1.2.3-a", "T4"): 14,
            ("i:AVS-1.0.4-b", "proposes"): 80,
            ("i:AVS-1.0.4-b", "repondants"): 40,
            ("i:AVS-1.0.4-b", "satisfaits"): 33,
            ("i:AVS-1.0.2-d", "valeur"): "plus de trois cents",
            ("c:subventions", "n"): 200_000,
            ("t:bilan", "texte"): "Une année calme.",
        },
        "PE-5": {("i:PE-5.j4", "etat"): "Engagé"},
    }
    assert rappels(convention(), declarees) == {
        ("archipel", "i:AVS-1.0.2-a"): 135,
        ("archipel", "i:JE-1.2.3-a"): 40,
        ("archipel", "i:AVS-1.0.4-b"): 82.5,  # 33 / 40, in %
        ("PE-5", "i:PE-5.j4"): "Engagé",
    }


def test_un_taux_sans_denominateur_ne_se_rappelle_pas():
    declarees = {"archipel": {("i:AVS-1.0.4-b", "repondants"): 0, ("i:AVS-1.0.4-b", "satisfaits"): 0}}
    assert rappels(convention(), declarees) == {}
