"""Jalons on a time line: dates as they are, a jalon without date keeps its row."""

import datetime as dt

import pandas as pd

from ctg.graphiques.figure import Notice
from ctg.graphiques.frise import frise

NOTICE = Notice("jalons", "1 jalon sur 3 réalisé", "Jalons", "3 sur 3", "formulaire")
DONNEES = pd.DataFrame(
    [
        ("Diagnostic", dt.date(2024, 6, 30), pd.Timestamp("2024-09-15"), "réalisé en septembre 2024"),
        ("Schéma adopté", "2028-03-01", None, "décalé (40 %), prévu en mars 2028"),
        ("Évaluation", None, None, "non renseigné"),
    ],
    columns=["libelle", "prevu_le", "realise_le", "affichage"],
)


def test_prevu_et_realise():
    liens, prevus, realises = frise(DONNEES, NOTICE, debut=2024, fin=2027).trace["data"]
    assert prevus["x"] == ["2024-06-30", "2028-03-01", None]
    assert realises["x"] == ["2024-09-15", None, None]
    assert liens["x"] == ["2024-06-30", "2024-09-15", None]


def test_une_date_hors_de_la_convention_elargit_la_frise():
    assert frise(DONNEES, NOTICE, debut=2024, fin=2027).trace["layout"]["xaxis"]["range"] == [
        "2024-01-01", "2028-03-01",
    ]  # fmt: skip
    assert frise(DONNEES.head(1), NOTICE, debut=2024, fin=2027).trace["layout"]["xaxis"]["range"] == [
        "2024-01-01", "2027-12-31",
    ]  # fmt: skip


def test_chaque_jalon_a_sa_ligne_et_son_etat_en_mots():
    figure = frise(DONNEES, NOTICE, debut=2024, fin=2027)
    assert figure.trace["layout"]["yaxis"]["ticktext"] == ["Diagnostic", "Schéma adopté", "Évaluation"]
    jalons = figure.tableau.set_index("Jalon").to_dict("split")
    assert jalons["columns"] == ["Prévu", "Réalisé", "État"]
    assert jalons["data"] == [
        ["30/06/2024", "15/09/2024", "réalisé en septembre 2024"],
        ["01/03/2028", "n. d.", "décalé (40 %), prévu en mars 2028"],
        ["n. d.", "n. d.", "non renseigné"],
    ]
