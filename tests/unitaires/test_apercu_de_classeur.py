"""What « Décrire un classeur » shows of a workbook: its header whole, never a small count."""

import pytest

from etl.classeurs import Feuille
from pages.donnees.classeurs.apercu import NON_MONTRE, extrait

ENTETE = ["Structure", "Enfants de 0 à 3 ans"]


@pytest.mark.parametrize(
    "lu",
    [3, 3.0, "3", "3 enfants", "trois", "environ 3", "< 5", "moins de 5", "12 dont 3 filles", "≈ 4", "(2)"],
)
def test_un_petit_effectif_n_est_pas_montre(lu):
    vu = extrait(Feuille("F", [ENTETE, ["L’Archipel", lu]]), 0, 1, 5)
    assert list(vu.iloc[0]) == ENTETE
    assert list(vu.iloc[1]) == ["L’Archipel", NON_MONTRE]


@pytest.mark.parametrize(
    ("lu", "montre"), [(30, "30"), ("environ 30", "environ 30"), ("n.c.", "n.c."), ("", "")]
)
def test_le_reste_se_lit(lu, montre):
    assert extrait(Feuille("F", [ENTETE, ["L’Archipel", lu]]), 0, 1, 5).iloc[1, 1] == montre
