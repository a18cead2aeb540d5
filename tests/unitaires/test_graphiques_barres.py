"""Bars: order, zero, what is not drawn, the line of the city, the table that says the same."""

import pandas as pd

from ctg.graphiques import style
from ctg.graphiques.barres import barres
from ctg.graphiques.figure import ALT_MAX, Notice

F = "\u202f"
NOTICE = Notice(
    "jeunes", "D’abord Grésilles (108)", "Jeunes, par quartier, 2025", "11 répondants sur 12", "rapports"
)
DONNEES = pd.DataFrame(
    [
        ("maladiere", "Maladière", 36.0, "publie", "36 jeunes"),
        ("gresilles", "Grésilles", 1108.0, "publie", f"1{F}108 jeunes"),
        ("universite", "Université", None, "manquant", "non disponible"),
        ("bourroches", "Bourroches", None, "secret", "secret statistique"),
        ("montchapet", "Montchapet", 0.0, "publie", "0 jeune"),
    ],
    columns=["code", "libelle", "valeur", "etat", "affichage"],
)


def dessiner(**options):
    return barres(DONNEES, NOTICE, entete="Quartier", **options)


def etiquettes(figure):
    return [note["text"] for note in figure.trace["layout"]["annotations"]]


def test_triees_inconnues_a_la_fin():
    figure = dessiner()
    assert figure.trace["layout"]["yaxis"]["ticktext"] == [
        "Grésilles", "Maladière", "Montchapet", "Bourroches", "Université",
    ]  # fmt: skip
    assert figure.trace["data"][0]["x"] == [1108.0, 36.0, 0.0, None, None]


def test_ce_qui_n_est_pas_publie_est_un_mot_et_jamais_zero():
    figure = dessiner()
    assert etiquettes(figure) == [f"1{F}108", "36", "0", "secret", "n. d."]
    assert list(figure.tableau["Valeur"]) == [f"1{F}108 jeunes", "36 jeunes", "0 jeune", "secret", "n. d."]


def test_ordre_alphabetique_pour_ne_pas_classer():
    figure = dessiner(tri="nom")
    assert list(figure.tableau["Quartier"]) == [
        "Bourroches",
        "Grésilles",
        "Maladière",
        "Montchapet",
        "Université",
    ]


def test_l_echelle_part_de_zero():
    gauche, droite = dessiner().trace["layout"]["xaxis"]["range"]
    assert gauche == 0 and droite > 1108


def test_un_solde_negatif_va_a_gauche_de_zero():
    negatif = DONNEES.assign(valeur=[-36.0, 108.0, None, None, 0.0])
    figure = barres(negatif, NOTICE, entete="Quartier")
    assert figure.trace["layout"]["xaxis"]["range"][0] < -36
    assert figure.trace["layout"]["annotations"][2]["xanchor"] == "right"


def test_l_accent_seul_est_colore():
    assert dessiner(accent="maladiere").trace["data"][0]["marker"]["color"] == [
        style.RESTE, style.ACCENT, style.RESTE, style.RESTE, style.RESTE,
    ]  # fmt: skip
    assert set(dessiner(accent="hors-dijon").trace["data"][0]["marker"]["color"]) == {style.ACCENT}


def test_la_ville_et_la_cible_sont_des_lignes_nommees():
    figure = dessiner(ville=(80.0, "ville : 80"), cible=(90.0, "cible 2027 : 90"))
    lignes = figure.trace["layout"]["shapes"]
    assert [ligne["x0"] for ligne in lignes] == [0, 80.0, 90.0]
    assert etiquettes(figure)[-2:] == ["ville : 80", "cible 2027 : 90"]
    assert len(dessiner(ville=(float("nan"), "ville : secret")).trace["layout"]["shapes"]) == 1


def test_le_tableau_prend_les_colonnes_demandees():
    figure = barres(
        DONNEES.assign(repondu=["1 sur 1"] * 5), NOTICE, entete="Quartier", colonnes={"repondu": "Répondants"}
    )
    assert list(figure.tableau.columns) == ["Quartier", "Valeur", "Répondants"]


def test_le_fictif_se_lit_dans_le_graphique():
    fictif = barres(DONNEES, Notice(**{**vars(NOTICE), "fictif": True}), entete="Quartier")
    assert fictif.trace["layout"]["title"]["text"] == "Données fictives"
    assert dessiner().trace["layout"]["title"]["text"] == ""
    assert fictif.fictif


def test_une_etiquette_hostile_reste_du_texte():
    hostile = DONNEES.assign(libelle=["<b>A</b>", '<a href="x">B</a>', "C & D", "E", "F"])
    noms = barres(hostile, NOTICE, entete="Quartier").trace["layout"]["yaxis"]["ticktext"]
    assert not any("<b>" in nom or "<a " in nom for nom in noms)
    assert "&lt;b&gt;A&lt;/b&gt;" in noms


def test_alternative_textuelle():
    assert dessiner().alt.startswith("Barres : D’abord Grésilles (108).")
    longue = barres(DONNEES, Notice(**{**vars(NOTICE), "mesure": "Jeunes " * 60}), entete="Quartier")
    assert len(longue.alt) == ALT_MAX and longue.alt.endswith("…")


def test_lisible_du_fond_de_la_salle():
    disposition = dessiner(ville=(80.0, "ville")).trace["layout"]
    tailles = [note["font"]["size"] for note in disposition["annotations"]] + [disposition["font"]["size"]]
    assert min(tailles) >= 14
    assert disposition["separators"] == f",{F}"


def test_rien_a_dessiner():
    vide = barres(DONNEES.head(0), NOTICE, entete="Quartier")
    assert vide.trace["data"][0]["x"] == [] and vide.tableau.empty


def test_la_meme_figure_a_la_meme_empreinte():
    assert dessiner().empreinte == dessiner().empreinte
    assert dessiner().empreinte != dessiner(tri="nom").empreinte
