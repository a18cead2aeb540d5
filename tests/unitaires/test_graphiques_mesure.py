"""The figures of a measure: what they compare, what they refuse to, and the words around them."""

import dataclasses
from collections import namedtuple

import pandas as pd
import pytest

from ctg.graphiques import mesure as figures
from ctg.phrases import Mouvement

F = "\u202f"
JEUNES = figures.Mesure(
    indicateur_id="JE-1.1.1-a",
    libelle="Jeunes impliqués",
    unite="jeunes",
    nature="denombrement",
    agregation="somme_doubles",
    repondant="Centres sociaux",
    par_structures=True,
    source_existante=None,
    territoire_de="activite",
    annee=2025,
    seuil=0.5,
)
TAUX = dataclasses.replace(JEUNES, libelle="Taux de remplissage", unite="%", agregation="rapport")
Ville = namedtuple(
    "Ville", "valeur etat affichage nb_repondantes nb_attendues nb_extraites estime fictif periode"
)
VILLE = Ville(366.0, "publie", "366 jeunes", 11, 12, 0, False, True, "2025")
COLONNES = ["code", "libelle", "valeur", "etat", "affichage", "nb_repondantes", "nb_attendues", "fictif"]


def lieux(*lignes):
    return pd.DataFrame(lignes, columns=COLONNES).assign(estime=False, nb_extraites=0, depuis_l_aval=None)


QUARTIERS = lieux(
    ("gresilles", "Grésilles", 108.0, "publie", "108 jeunes", 2, 2, True),
    ("maladiere", "Maladière", 36.0, "publie", "36 jeunes", 1, 1, True),
    ("universite", "Université", None, "sans_objet", "sans objet", 0, 0, False),
    ("ville", "Sans quartier précis", 429.0, "publie", "429 jeunes", 3, 3, True),
)


def test_un_quartier_sans_acteur_est_nomme_et_non_dessine():
    figure = figures.quartiers(JEUNES, QUARTIERS, VILLE, accent=None)
    assert list(figure.tableau["Quartier"]) == ["Grésilles", "Maladière", "Sans quartier précis"]
    assert figure.couverture == "11 répondants sur 12 ; aucun répondant attendu : Université"


def test_une_figure_qui_compte_une_estimation_le_dit_sous_elle():
    figure = figures.quartiers(JEUNES, QUARTIERS, VILLE._replace(estime=True), accent=None)
    assert figure.couverture.startswith("11 répondants sur 12 ; dont estimations")
    estimees = QUARTIERS.assign(estime=[True, False, False, False])
    par_structure = figures.structures(JEUNES, estimees, periode="2025", quartier=None)
    assert "dont estimations" in par_structure.couverture
    exactes = figures.structures(JEUNES, QUARTIERS, periode="2025", quartier=None)
    assert "estimations" not in exactes.couverture


def test_ce_qui_n_est_d_aucun_quartier_reste_en_dernier_et_hors_du_constat():
    figure = figures.quartiers(JEUNES, QUARTIERS, VILLE, accent=None)
    assert figure.constat == "D’abord Grésilles (108), puis Maladière (36)"


def test_la_ligne_de_la_ville_ne_se_compare_qu_a_un_taux():
    def lignes(mesure, ville):
        return len(figures.quartiers(mesure, QUARTIERS, ville, accent=None).trace["layout"]["shapes"])

    assert lignes(JEUNES, VILLE) == 1  # the zero alone: the city's count is no bar of the same kind
    assert lignes(TAUX, VILLE) == 2
    assert lignes(TAUX, VILLE._replace(etat="secret", valeur=None)) == 1


def test_la_couverture_est_celle_de_la_ville_jamais_une_somme_de_quartiers():
    # a multi-site respondent stands in each of its quartiers: adding them would count it twice
    assert figures.quartiers(JEUNES, QUARTIERS, VILLE, accent=None).couverture.startswith(
        "11 répondants sur 12"
    )


def test_sous_le_seuil_le_constat_decrit():
    faible = VILLE._replace(nb_repondantes=5)
    assert "à ce jour" in figures.quartiers(JEUNES, QUARTIERS, faible, accent=None).constat


def test_une_structure_sans_objet_est_comptee_et_non_dessinee():
    lignes = lieux(
        ("b", "Zénith", 12.0, "publie", "12 jeunes", 1, 1, True),
        ("a", "Archipel", None, "manquant", "non disponible", 0, 1, False),
        ("c", "Périscolaire", None, "sans_objet", "sans objet", 0, 0, False),
    )
    figure = figures.structures(JEUNES, lignes, periode="2025", quartier=None)
    assert figure.constat == "Jeunes impliqués : 1 structure sur 2"
    assert figure.couverture == "1 répondant sur 2 ; sans objet pour 1 structure"
    assert list(figure.tableau["Structure"]) == ["Archipel", "Zénith"]
    du_quartier = figures.structures(JEUNES, lignes, periode="2025", quartier="Grésilles")
    assert "par structure du quartier Grésilles, ordre alphabétique" in du_quartier.mesure


ANNEES = pd.DataFrame(
    [
        (2024, "2024", 319.0, "publie", "319 jeunes", 10, 12, True),
        (2025, "2025", 366.0, "publie", "366 jeunes", 11, 12, True),
    ],
    columns=["annee", "periode", "valeur", "etat", "affichage", "nb_repondantes", "nb_attendues", "fictif"],
).assign(estime=False, nb_extraites=0, depuis_l_aval=None)
CIBLES = pd.DataFrame([(2027, 400.0)], columns=["annee", "valeur"])
MOUVEMENT = Mouvement(f"+{F}15{F}%", 2024, 2025, "publie", 9, 12, 300.0, 345.0)


def test_les_annees_disent_le_mouvement_des_memes_repondants():
    figure = figures.annees(JEUNES, ANNEES, MOUVEMENT, CIBLES, 2024)
    assert figure.constat == f"+{F}15{F}% depuis 2024, chez les mêmes répondants"
    assert figure.mesure == "Jeunes impliqués (jeunes), ville entière, 2024 à 2025"
    assert figure.provenance == "JE-1.1.1-a" and figure.fictif
    assert figure.tableau["Valeur"].tolist()[-1] == "cible : 400 jeunes"


def test_une_figure_dit_lesquels_de_ses_nombres_ne_sont_plus_ceux_de_l_aval():
    dite = "339 jeunes à l’aval du 21/11/2026, changé le 22/11/2026 : Appel"
    figure = figures.annees(JEUNES, ANNEES.assign(depuis_l_aval=[None, dite]), MOUVEMENT, CIBLES, 2024)
    assert figure.couverture == f"11 répondants sur 12 ; changé, 2025 : {dite}"
    quartiers = QUARTIERS.assign(depuis_l_aval=["28 jeunes à l’aval", None, None, None])
    assert "changé, Grésilles : 28" in figures.quartiers(JEUNES, quartiers, VILLE, accent=None).couverture


def test_une_seule_annee_dit_sa_valeur_et_qui_repond():
    figure = figures.annees(JEUNES, ANNEES.tail(1), None, CIBLES.head(0), 2023)
    assert figure.constat == "366 jeunes en 2025, selon 11 répondants sur 12"
    assert figure.mesure == "Jeunes impliqués (jeunes), ville entière, 2025"


def test_les_modalites_gardent_leur_ordre_et_disent_qu_elles_ne_somment_pas():
    lignes = lieux(
        ("12-17", "12 à 17 ans", 119.0, "publie", "119 jeunes", 10, 12, True),
        ("18-25", "18 à 25 ans", 237.0, "publie", "237 jeunes", 10, 12, True),
    ).assign(ventilation="age", ventilation_libelle="Tranche d’âge", exclusive=False)
    figure = figures.ventilation(JEUNES, lignes, VILLE)
    assert list(figure.tableau["Tranche d’âge"]) == ["12 à 17 ans", "18 à 25 ans"]
    assert figure.constat == "D’abord 18 à 25 ans (237), puis 12 à 17 ans (119)"
    assert "les parts ne s’additionnent pas" in figure.mesure


@pytest.mark.parametrize(
    ("change", "nombre", "extraites", "attendu"),
    [
        ({}, 11, 0, "11 rapports annuels"),
        ({}, 0, 0, "aucun rapport annuel"),
        ({"source_existante": "ISAJE"}, 1, 0, "1 rapport annuel (ISAJE)"),
        ({"par_structures": False}, 1, 0, "Centres sociaux"),
        ({"par_structures": False, "repondant": "Caf de la Côte-d’Or", "source_existante": "Caf"}, 1, 0,
         "Caf de la Côte-d’Or"),
        # what an extract says is no report of anybody
        ({"source_existante": "ISAJE"}, 4, 4, "4 réponses tirées d’un extrait, non confirmées (ISAJE)"),
        ({}, 6, 4, "2 rapports annuels et 4 réponses tirées d’un extrait, non confirmées"),
        ({"par_structures": False}, 1, 1, "1 réponse tirée d’un extrait, non confirmée"),
    ],
)  # fmt: skip
def test_la_source_en_mots(change, nombre, extraites, attendu):
    assert dataclasses.replace(JEUNES, **change).source(nombre, extraites) == attendu
    assert (
        figures.quartiers(
            dataclasses.replace(JEUNES, **change),
            QUARTIERS,
            VILLE._replace(nb_repondantes=nombre, nb_extraites=extraites),
            accent=None,
        ).source
        == attendu
    )


@pytest.mark.parametrize(
    ("periodes", "attendu"),
    [
        (("2025",), "2025"),
        (("2023", "2025"), "2023 à 2025"),
        (("2025", "2025"), "2025"),
        (("Année scolaire 2024-2025",), "année scolaire 2024-2025"),
        (("Année scolaire 2022-2023", "Année scolaire 2024-2025"), "année scolaire 2022-2023 à 2024-2025"),
    ],
)
def test_la_periode_se_lit_au_milieu_d_une_phrase(periodes, attendu):
    assert (
        JEUNES.perimetre("ville entière", *periodes) == f"Jeunes impliqués (jeunes), ville entière, {attendu}"
    )


def test_un_quartier_repondu_en_partie_est_hachure_et_le_dit():
    partiel = lieux(
        ("gresilles", "Grésilles", 108.0, "publie", "108 jeunes", 2, 2, True),
        ("toison-dor", "Toison d’Or", 70.0, "publie", "70 jeunes", 1, 2, True),
        ("chevreul-parc", "Chevreul-Parc", None, "manquant", "non disponible", 0, 1, True),
    )
    trace = figures.quartiers(JEUNES, partiel, VILLE, accent=None).trace
    assert trace["data"][0]["marker"]["pattern"]["shape"] == ["", "/", "/"]
    mots = [note["text"] for note in trace["layout"]["annotations"]]
    assert mots == ["108", "70 (1 sur 2)", "n. d."]
