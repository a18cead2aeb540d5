"""What people change in printed words without meaning to, and what makes them other words."""

import pytest

from etl.canevas.lecture.ressemblance import est_coupe, memes_mots, suite

PLACES = "Places agréées au 31 décembre"


@pytest.mark.parametrize(
    "lu",
    [
        "places agreees au 31 decembre",
        "  PLACES AGRÉÉES\u00a0AU 31 DÉCEMBRE :",
        "Places agréées au 31 décembre*",
        "Places agréées au 31 décembre (1)",
        "Places agréées au 31 décembre¹",
        "Places agrées au 31 décembre",
        "Places agréées au 31 décmebre",
        "Places agréées 31 décembre",
        "Placesagréées au 31 décembre",
        "Places agr??es au 31 d?cembre",
    ],
)
def test_les_memes_mots(lu):
    assert memes_mots(lu, PLACES)


@pytest.mark.parametrize(
    ("lu", "attendu"),
    [
        ("Places agréées au 31 août", PLACES),
        ("Places agréées au 31 décembre 2024", PLACES),
        ("Places agréées au 30 décembre", PLACES),
        ("Places agréées", PLACES),
        ("Places créées au 31 décembre", PLACES),
        ("Places agréées et occupées au 31 décembre", PLACES),
        ("Enfants de 3 à 6 ans", "Enfants de 0 à 3 ans"),
        ("Femmes", "Hommes"),
        ("Jeunes inscrits irréguliers", "Jeunes inscrits réguliers"),
        ("Sorties", "Entrées"),
    ],
)
def test_d_autres_mots(lu, attendu):
    assert not memes_mots(lu, attendu)


def test_la_fin_coupee_laisse_les_nombres_entiers():
    assert est_coupe("Places agréées au 31", PLACES)
    assert est_coupe("Places agréées", PLACES)
    assert not est_coupe("Places agréées au 3", PLACES)
    assert not est_coupe("Places", PLACES)


def test_ce_qui_suit_le_libelle():
    assert suite("Places agréées au 31 décembre : 7775", PLACES) == ["7775"]
    assert suite("Places agréées au 31 décembre, PMI", PLACES) == []
    assert suite("Familles", PLACES) is None
