"""Evolution: a line, a dumbbell, the same respondents apart, targets; a gap is a word, never zero."""

import dataclasses

import pandas as pd

from ctg.graphiques.evolution import evolution
from ctg.graphiques.figure import Notice
from ctg.phrases import Mouvement

F = "\u202f"
NOTICE = Notice("evolution", "Constat", "Mesure", "Couverture", "Source")
DONNEES = pd.DataFrame(
    [
        (2025, 366.0, "publie", "366 jeunes", "11 sur 12"),
        (2023, 297.0, "publie", "297 jeunes", "11 sur 12"),
        (2024, None, "secret", "secret statistique", "2 sur 12"),
    ],
    columns=["annee", "valeur", "etat", "affichage", "couverture"],
)
CONSTANT = Mouvement(f"+{F}32{F}%", 2023, 2025, "publie", 10, 12, 256.0, 338.0)


def courbe(figure):
    return next(trace for trace in figure.trace["data"] if trace["marker"]["size"] == 11)


def mots(figure):
    return [note["text"] for note in figure.trace["layout"].get("annotations", [])]


def test_les_annees_en_ordre_et_le_trou_en_mot():
    figure = evolution(DONNEES, NOTICE)
    assert courbe(figure)["x"] == [2023, 2024, 2025]
    assert courbe(figure)["y"] == [297.0, None, 366.0]
    assert courbe(figure)["connectgaps"] is False
    assert mots(figure) == ["297", "secret", "366"]
    assert figure.trace["layout"]["yaxis"]["range"][0] == 0


def test_la_couverture_se_lit_sous_chaque_annee():
    axe = evolution(DONNEES, NOTICE, reference=2023).trace["layout"]["xaxis"]
    assert axe["ticktext"] == [
        "<b>2023</b><br>référence · 11 sur 12", "<b>2024</b><br>2 sur 12", "<b>2025</b><br>11 sur 12",
    ]  # fmt: skip


def test_la_reference_est_une_ligne_a_sa_valeur():
    assert evolution(DONNEES, NOTICE, reference=2023).trace["layout"]["shapes"][0]["y0"] == 297.0
    assert evolution(DONNEES, NOTICE, reference=2024).trace["layout"]["shapes"] == []


def test_les_memes_repondants_sont_a_part():
    figure = evolution(DONNEES, NOTICE, constant=CONSTANT, unite="jeunes")
    assert figure.trace["data"][0]["y"] == [256.0, 338.0]
    assert "mêmes répondants : 256 en 2023, 338 en 2025" in mots(figure)[-1]
    assert figure.tableau.to_dict("records")[3:] == [
        {"Année": "2023, mêmes répondants", "Valeur": "256 jeunes", "Répondants": "10 sur 12"},
        {"Année": "2025, mêmes répondants", "Valeur": "338 jeunes", "Répondants": "10 sur 12"},
    ]


def test_les_memes_valeurs_ne_se_dessinent_pas_deux_fois():
    pareil = dataclasses.replace(CONSTANT, valeur_base=297.0, valeur=366.0)
    assert len(evolution(DONNEES, NOTICE, constant=pareil).trace["data"]) == 2
    secret = dataclasses.replace(CONSTANT, etat="secret", valeur_base=None, valeur=None)
    assert len(evolution(DONNEES, NOTICE, constant=secret).trace["data"]) == 2


def test_la_cible_a_son_annee_et_sa_ligne_du_tableau():
    figure = evolution(DONNEES, NOTICE, cibles=[(2027, 400.0, "cible : 400 jeunes")])
    assert figure.trace["data"][-1]["x"] == [2027] and figure.trace["data"][-1]["y"] == [400.0]
    assert figure.trace["layout"]["xaxis"]["tickvals"] == [2023, 2024, 2025, 2027]
    assert figure.trace["layout"]["yaxis"]["range"][1] > 400
    assert figure.tableau.to_dict("records")[-1] == {
        "Année": "2027, cible", "Valeur": "cible : 400 jeunes", "Répondants": "—",
    }  # fmt: skip


def test_deux_annees_font_un_haltere():
    deux = DONNEES[DONNEES["etat"] == "publie"]
    trace = evolution(deux, NOTICE).trace["data"][0]
    assert trace["x"] == [297.0, 366.0] and trace["y"] == [0, 0]
    assert [texte.strip() for texte in trace["text"]] == ["2023 : 297", "2025 : 366"]
    assert evolution(deux, NOTICE).trace["layout"]["xaxis"]["range"][0] == 0


def test_deux_annees_egales_se_disent_une_fois():
    egales = DONNEES[DONNEES["etat"] == "publie"].assign(valeur=12.0, affichage="12 jeunes")
    assert [texte.strip() for texte in evolution(egales, NOTICE).trace["data"][0]["text"]] == [
        "", "2023 et 2025 : 12",
    ]  # fmt: skip


def test_une_seule_annee_est_un_point():
    figure = evolution(DONNEES.head(1), NOTICE)
    assert courbe(figure)["x"] == [2025] and mots(figure) == ["366"]


def test_une_valeur_negative_agrandit_l_echelle():
    solde = DONNEES.assign(valeur=[-6.0, 3.0, None])
    bas, haut = evolution(solde, NOTICE).trace["layout"]["yaxis"]["range"]
    assert bas < -6 and haut > 3
