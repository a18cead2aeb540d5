"""Codes of places after a spreadsheet: brought back when nothing is guessed, refused when digits are lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.sources.codes import lire_code


@pytest.mark.parametrize(
    ("niveau", "ecrit", "code"),
    [
        ("iris", "212310101", "212310101"),
        ("iris", " 212310101 ", "212310101"),
        ("iris", "21231 0101", "212310101"),
        ("iris", "21231\u00a00101", "212310101"),
        ("iris", '"212310101"', "212310101"),
        ("iris", '="212310101"', "212310101"),
        ("iris", "'212310101", "212310101"),
        ("iris", "212310101.0", "212310101"),
        ("iris", "212310101,00", "212310101"),
        ("iris", "2,12310101E+08", "212310101"),  # every digit is still there
        ("iris", "2.12310101e8", "212310101"),
        ("iris", "2,1231E+08", None),
        ("iris", "2,12E+08", None),
        ("iris", "10040101", "010040101"),
        ("iris", "2A0040101", "2A0040101"),
        ("commune", "1004", "01004"),
        ("commune", "1004.0", "01004"),
        ("commune", "21231", "21231"),
        ("commune", "2A004", "2A004"),
        ("commune", "XXXXX", "XXXXX"),
        ("commune", "21", "21"),  # a department is not a commune: nothing is added
        ("ecole", "211570T", "0211570T"),
        ("ecole", "0211570t", "0211570T"),
        ("ecole", "0211570E", "0211570E"),  # a school code may end with E: no power of ten
        ("ecole", "2,12102E+13", None),
        ("qpv", " qp021003", "QP021003"),
        ("qpv", "QN02102M", "QN02102M"),
        ("qpv", "Ensemble", "ENSEMBLE"),
        ("iris", "", ""),
    ],
)
def test_codes(niveau, ecrit, code):
    assert lire_code(niveau, ecrit) == code


@given(st.from_regex(r"(0[1-9]|[1-8][0-9]|9[0-5])[0-9]{7}", fullmatch=True))
def test_un_iris_passe_par_un_nombre_se_retrouve(code):
    assert lire_code("iris", str(int(code))) == code
    assert lire_code("iris", f"{float(code)}") == code


@given(st.sampled_from(["iris", "commune", "qpv", "ecole", "autre"]), st.text(max_size=15))
def test_jamais_d_erreur_et_deux_fois_font_une(niveau, ecrit):
    code = lire_code(niveau, ecrit)
    assert code is None or lire_code(niveau, code) in (code, None, f"0{code}") or code.startswith("=")
