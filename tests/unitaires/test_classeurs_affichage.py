"""Number formats: the words they write around the digits, and what they do to what is shown."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.classeurs.affichage import NombreMontre, montrer, parle


@pytest.mark.parametrize(
    ("code", "valeur", "montre"),
    [
        ('#,##0.0" k€"', 412.5, "412,5 k€"),
        (r"#,##0.0\ \k\€", 412.5, "412,5 k€"),
        ("#,##0,", 412500, "412,5"),
        ('0.0,," M€"', 412500, "0,4125 M€"),
        ("0%", 0.85, "85 %"),
        ("0.00 %", 0.856, "85,6 %"),
        ('0.0"%"', 85.6, "85,6 %"),
        ("#,##0.00 [$€-40C];[Red]-#,##0.00 [$€-40C]", -1500, "-1500 €"),
        ("[$€-2] #,##0", 1500, "1500 €"),
        ("[$EUR] #,##0", 1500, "1500 EUR"),
        (r'_-* #,##0.00\ "€"_-;-* #,##0.00\ "€"_-;_-* "-"??\ "€"_-;_-@_-', 1500, "1500 €"),
        (r'#,##0\ "€";(#,##0\ "€")', -1500, "-1500 €"),
        ('General" ETP"', 3.5, "3,5 ETP"),
        ('# ##0" h"', 1500, "1500 h"),
        ('"environ "0', 120, "environ 120"),
        ('[>=1000000]0.0,," M€";[>=1000]0.0," k€";0" €"', 412500, "412,5 k€"),
        ('[>=1000000]0.0,," M€";[>=1000]0.0," k€";0" €"', 12, "12 €"),
        ('[<1000]0;0" (beaucoup)"', 1500, "1500 (beaucoup)"),
    ],
)
def test_un_nombre_se_montre_avec_les_mots_de_son_format(code, valeur, montre):
    lu = montrer(float(valeur), code)
    assert (float(lu), lu.montre) == (valeur, montre)
    assert parle(code)


@pytest.mark.parametrize(
    "code",
    ["", "General", "Standard", "0", "0.00", "#,##0", "# ##0", r"#\ ##0", "0;-0;;@", "@", "[Red]0",
     "0.00E+00", "# ?/?", "#,##0_);(#,##0)", "_-* #,##0_-;-* #,##0_-;_-* \"-\"??_-;_-@_-"],
)  # fmt: skip
def test_un_format_de_chiffres_ne_dit_rien(code):
    assert not parle(code)
    for valeur in (412.5, -3.0, 0.0):
        lu = montrer(valeur, code)
        assert (lu, type(lu)) == (valeur, float)


def test_le_zero_qu_un_format_montre_par_un_tiret_ou_un_mot_reste_un_zero():
    for code in ('0" €";-0" €";"- €"', '0;-0;"néant"', '[=0]"aucun";0" €"'):
        assert type(montrer(0.0, code)) is float


@given(
    st.floats(-1e9, 1e9).map(lambda v: round(v, 3)),
    st.sampled_from(
        [
            '0.0" k€"',
            "0,",
            '0," milliers"',
            "0%",
            '"environ "0',
            '0" €"',
            '0.0,," M€"',
            '0"%"',
            '0%" des familles"',
        ]
    ),
)
def test_le_code_recopie_montre_la_meme_chose(valeur, code):
    lu = montrer(valeur, code)
    assert isinstance(lu, NombreMontre)
    for copie in (montrer(valeur, lu.code), pickle.loads(pickle.dumps(lu))):
        assert (float(copie), copie.montre, copie.echelle) == (valeur, lu.montre, lu.echelle)


@given(st.text(max_size=25), st.floats(-1e12, 1e12))
def test_aucun_code_ne_change_le_nombre_ni_ne_fait_tomber_la_lecture(code, valeur):
    assert float(montrer(valeur, code)) == valeur
    parle(code)
