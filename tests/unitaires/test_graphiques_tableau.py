"""The CSV of a figure: French numbers a spreadsheet reads, and no cell it could run."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctg.graphiques.figure import Notice, assembler
from ctg.graphiques.tableau import cellule, en_csv

F = "\u202f"
M = "\u2212"


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        (f"1{F}240,5", "1240,5"),
        (f"{M}3", "-3"),
        (f"12,5{F}%", "12,5%"),
        (f"+{F}9{F}%", "+9%"),
        (f"1{F}240 familles", f"1{F}240 familles"),
        ("=1+1", "'=1+1"),
        ("+33 3 80", "'+33 3 80"),
        ("-cmd", "'-cmd"),
        ("@SOMME(A1)", "'@SOMME(A1)"),
        ("\tx", "'\tx"),
        ("secret", "secret"),
    ],
)
def test_cellule(texte, attendu):
    assert cellule(texte) == attendu


@given(st.text(min_size=1))
def test_aucune_cellule_ne_commence_une_formule(texte):
    ecrite = cellule(texte)
    assert not ecrite.startswith(("=", "@", "\t", "\r", "\n", "\0"))
    if ecrite.startswith(("+", "-")):
        assert set(ecrite[1:]) <= set("0123456789, %") or ecrite[1:].replace(",", "").rstrip("% ").isdecimal()


def test_le_fichier_s_ouvre_dans_un_tableur_francais():
    tableau = pd.DataFrame({"Quartier": ["Grésilles", "=A1"], "Valeur": [f"1{F}240 jeunes", "secret"]})
    notice = Notice("cle", "Constat", "Mesure ; unité", "12 sur 15", "rapports", fictif=True)
    brut = en_csv(assembler(notice, "Barres", None, tableau))
    assert brut.startswith(b"\xef\xbb\xbf") and b"\r\n" in brut
    lignes = list(csv.reader(io.StringIO(brut.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert lignes == [
        ["Quartier", "Valeur"],
        ["Grésilles", "1240"],
        ["'=A1", "secret"],
        [],
        ["Constat", "Constat"],
        ["Mesure", "Mesure ; unité"],
        ["Couverture", "12 sur 15"],
        ["Source", "rapports"],
        ["Avertissement", "Données fictives"],
    ]
