"""Small multiples: one scale, the order given, words where nothing is known."""

import pandas as pd

from ctg.graphiques import style
from ctg.graphiques.figure import Notice
from ctg.graphiques.multiples import petits_multiples

NOTICE = Notice("multiples", "Constat", "Mesure", "Couverture", "Source")
DONNEES = pd.DataFrame(
    [
        ("toison-dor", "Toison d’Or", 2023, 41.0, "publie", "41 jeunes"),
        ("toison-dor", "Toison d’Or", 2025, None, "manquant", "non disponible"),
        ("gresilles", "Grésilles", 2023, 54.0, "publie", "54 jeunes"),
        ("gresilles", "Grésilles", 2024, None, "secret", "secret statistique"),
        ("gresilles", "Grésilles", 2025, 100.0, "publie", "100 jeunes"),
    ],
    columns=["groupe", "libelle", "annee", "valeur", "etat", "affichage"],
)


def test_une_seule_echelle_depuis_zero():
    disposition = petits_multiples(DONNEES, NOTICE).trace["layout"]
    assert disposition["yaxis"]["range"] == disposition["yaxis2"]["range"]
    assert disposition["yaxis"]["range"][0] == 0 and disposition["yaxis"]["range"][1] > 100


def test_les_annees_de_tous_et_les_mots_des_absents():
    figure = petits_multiples(DONNEES, NOTICE)
    premier, second = figure.trace["data"]
    assert premier["y"] == [41.0, None, None] and second["y"] == [54.0, None, 100.0]
    assert premier["text"] == ["41", "", ""]
    mots = [note["text"] for note in figure.trace["layout"]["annotations"]]
    assert mots == ["<b>Toison d’Or</b>", "n. d.", "n. d.", "<b>Grésilles</b>", "secret"]


def test_le_tableau_dit_la_meme_chose():
    tableau = petits_multiples(DONNEES, NOTICE).tableau
    assert tableau.to_dict("records") == [
        {"Quartier": "Toison d’Or", "2023": "41 jeunes", "2024": "n. d.", "2025": "n. d."},
        {"Quartier": "Grésilles", "2023": "54 jeunes", "2024": "secret", "2025": "100 jeunes"},
    ]


def test_le_quartier_choisi_est_mis_a_part():
    couleurs = [
        trace["marker"]["color"]
        for trace in petits_multiples(DONNEES, NOTICE, accent="gresilles").trace["data"]
    ]
    assert couleurs == [style.RESTE, style.ACCENT]


def test_neuf_quartiers_tiennent_sur_deux_rangs():
    neuf = pd.concat([DONNEES.tail(1).assign(groupe=str(rang), libelle=str(rang)) for rang in range(9)])
    disposition = petits_multiples(neuf, NOTICE).trace["layout"]
    assert disposition["xaxis6"]["domain"] == disposition["xaxis"]["domain"]
    assert disposition["yaxis6"]["domain"][1] < disposition["yaxis"]["domain"][0]


def test_un_repondant_manquant_se_voit_et_se_lit():
    """244 then 70, one of two respondents being silent: not a fall, and the chart says so."""
    partiel = DONNEES.tail(2).assign(
        etat="publie", valeur=[244.0, 70.0], affichage=["244 jeunes", "70 jeunes"]
    )
    figure = petits_multiples(partiel.assign(partiel=["", "1 sur 2"]), NOTICE)
    (panneau,) = figure.trace["data"]
    assert panneau["text"] == ["244", "70<br>(1 sur 2)"]
    assert panneau["marker"]["pattern"]["shape"] == ["", "/"]
    assert figure.tableau.to_dict("records") == [
        {"Quartier": "Grésilles", "2024": "244 jeunes", "2025": "70 jeunes (1 sur 2)"}
    ]
