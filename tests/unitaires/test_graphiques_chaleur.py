"""Heat table: every cell says something, and can be read."""

import pandas as pd
import pytest

from ctg.graphiques import chaleur
from ctg.graphiques.figure import Notice

NOTICE = Notice("couverture", "Constat", "Mesure", "Couverture", "Source")
LIGNES = [("PE-1", "PE-1 · Accompagner"), ("PE-2", "PE-2 · Garantir")]
COLONNES = [("gresilles", "Grésilles"), ("maladiere", "Maladière")]
DONNEES = pd.DataFrame(
    [
        ("PE-1", "gresilles", 100.0, "publie", "2 / 2"),
        ("PE-1", "maladiere", 0.0, "publie", "0 / 2"),
        ("PE-2", "gresilles", None, "sans_objet", "0 / 0"),
    ],
    columns=["ligne", "colonne", "valeur", "etat", "affichage"],
)


def dessiner(**options):
    return chaleur.carte_chaleur(DONNEES, NOTICE, lignes=LIGNES, colonnes=COLONNES, entete="Fiche", **options)


def test_chaque_case_porte_son_texte():
    cases = dessiner(maximum=100).trace["data"][0]
    assert cases["text"] == ["2 / 2", "0 / 2", "s. o.", "n. d."]


def test_l_inconnu_est_hachure_et_zero_ne_l_est_pas():
    marques = dessiner(maximum=100).trace["data"][0]["marker"]
    assert marques["pattern"]["shape"] == ["", "", "/", "/"]
    assert marques["color"][0] == "#12436D" and marques["color"][1] == "#E7EEF5"


def test_le_tableau_a_une_colonne_par_quartier():
    assert dessiner(maximum=100).tableau.to_dict("records") == [
        {"Fiche": "PE-1 · Accompagner", "Grésilles": "2 / 2", "Maladière": "0 / 2"},
        {"Fiche": "PE-2 · Garantir", "Grésilles": "s. o.", "Maladière": "n. d."},
    ]


def test_la_colonne_choisie_est_en_gras():
    assert dessiner(accent="maladiere").trace["layout"]["xaxis"]["ticktext"] == [
        "Grésilles",
        "<b>Maladière</b>",
    ]


def luminance(couleur):
    canaux = [int(couleur[rang : rang + 2], 16) / 255 for rang in (1, 3, 5)]
    lineaires = [canal / 12.92 if canal <= 0.04045 else ((canal + 0.055) / 1.055) ** 2.4 for canal in canaux]
    return 0.2126 * lineaires[0] + 0.7152 * lineaires[1] + 0.0722 * lineaires[2]


@pytest.mark.parametrize("valeur", range(0, 101, 2))
def test_le_texte_se_lit_sur_toutes_les_teintes(valeur):
    une = pd.DataFrame([("PE-1", "gresilles", float(valeur), "publie", "1")], columns=DONNEES.columns)
    cases = chaleur.carte_chaleur(
        une, NOTICE, lignes=LIGNES[:1], colonnes=COLONNES[:1], entete="Fiche", maximum=100
    ).trace["data"][0]
    clair, fonce = sorted(
        map(luminance, (cases["marker"]["color"][0], cases["insidetextfont"]["color"][0])), reverse=True
    )
    assert (clair + 0.05) / (fonce + 0.05) >= 4.5
