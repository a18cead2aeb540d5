"""Numbers, years and addresses as French producers print them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.sources.nombres import annee_du_texte, lire_nombre
from etl.sources.noms import annee_du_nom


@pytest.mark.parametrize(
    ("imprime", "lu"),
    [
        ("1581", 1581.0),
        ("6\u202f952", 6952.0),  # QPV tables
        ("1\u00a0344", 1344.0),
        (" 2\u202f176 ", 2176.0),
        ("24,6", 24.6),
        ("98.3", 98.3),  # IPS
        ("0,379", 0.379),
        ("-16,7", -16.7),
        ("\u22128,9", -8.9),
        ("1 063 850,00", 1063850.0),
        ("0", 0.0),
        ("2057.93753915075", 2057.93753915075),
    ],
)
def test_ce_qui_est_un_nombre(imprime, lu):
    assert lire_nombre(imprime) == lu


@pytest.mark.parametrize(
    "imprime",
    [
        "",
        "ns",
        "so",
        "2,12102E+13",
        "1.234,5",
        "1,234,567",
        "12 34",
        "1 2345",
        "5<",
        "nan",
        "inf",
        "١٢",
        "0x10",
    ],
)
def test_ce_qui_n_en_est_pas(imprime):
    assert lire_nombre(imprime) is None


@given(st.integers(-(10**12), 10**12), st.integers(0, 999), st.sampled_from(["", "\u202f", "\u00a0", " "]))
def test_un_nombre_imprime_se_relit(entier, milliemes, separateur):
    groupes = f"{abs(entier):,}".replace(",", separateur)
    signe = "-" if entier < 0 else ""
    lu = lire_nombre(f"{signe}{groupes},{milliemes:03}")
    assert lu == pytest.approx(math.copysign(abs(entier) + milliemes / 1000, -1 if signe else 1))


@given(st.text(max_size=40))
def test_un_texte_quelconque_ne_fait_jamais_d_erreur(texte):
    lu = lire_nombre(texte)
    assert lu is None or math.isfinite(lu)


@pytest.mark.parametrize(
    ("nom", "annee"),
    [
        ("data_CAF_2020_IRIS.csv", 2020),
        ("DEMO_2022.csv", 2022),
        ("data_DEMO_2017_V1_QP.csv", 2017),
        ("DEMO_2022 (copie de 2022).csv", 2022),
        ("caf_iris.csv", None),
        ("caf_2019_2020.csv", None),  # two years: which one?
        ("export_20200131.csv", None),  # a date without separators is not a year
    ],
)
def test_annee_du_nom(nom, annee):
    assert annee_du_nom(nom) == annee


@pytest.mark.parametrize(
    ("texte", "annee"),
    [("2022", 2022), ("2021-2022", 2022), ("2021/2022", 2022), ("2019-2022", None), ("21", None), ("", None)],
)
def test_annee_scolaire_compte_pour_sa_fin(texte, annee):
    assert annee_du_texte(texte) == annee
