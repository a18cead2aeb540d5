"""What networks really send: the accepted draft gives each value to its structure, its year, its measure."""

import re

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.classeurs_libres.declaration.chargement import declaration
from etl.classeurs_libres.description.rattachement import structure_nommee
from etl.classeurs_libres.lecture.classeur import lire
from etl.classeurs_libres.lecture.releve import avec_unite
from etl.classeurs_libres.libelles import proposer
from tests.exemples.brouillon_accepte import accepter, valeurs_lues
from tests.exemples.classeur_libre import anomalies
from tests.exemples.classeurs_de_reseaux import CRECHES, FORMES, deux_tableaux_lus_sous_chaque_titre
from tests.exemples.classeurs_tires import en_classeur
from tests.exemples.classeurs_titres import ADMIS

CONVENTION = charger(dossier_par_defaut())


@pytest.mark.parametrize("forme", FORMES, ids=lambda forme: forme.__name__)
def test_chaque_valeur_va_a_sa_structure_son_annee_et_sa_mesure(forme):
    nom, feuilles, attendues = forme()
    lu = accepter(en_classeur(feuilles), nom, attendues, CONVENTION)
    assert (lu.justes, lu.fausses) == (len(attendues), {})


@pytest.mark.parametrize("forme", FORMES, ids=lambda forme: forme.__name__)
def test_l_annee_d_apres_la_meme_correspondance_lit_le_meme_modele(forme):
    """Every year written in the workbook, its sheets, its file, is one more; the officer does nothing."""
    nom, feuilles, attendues = forme()

    def avancer(lu):
        if isinstance(lu, str):
            return re.sub("202[45]", lambda annee: str(int(annee[0]) + 1), lu)
        return lu + 1 if lu in (2024, 2025) else lu

    texte = accepter(en_classeur(feuilles), nom, attendues, CONVENTION).texte
    suite = {avancer(f): [[avancer(lu) for lu in r] for r in rangees] for f, rangees in feuilles.items()}
    modele = declaration(texte, "suivi", CONVENTION)
    lecture = lire(en_classeur(suite), avancer(nom), (modele,), CONVENTION)
    assert valeurs_lues(lecture) == {(s, annee + 1, *reste): v for (s, annee, *reste), v in attendues.items()}
    nouvelles = {"titre_absent", "lignes_connues_non_lues", "annee_contredite", "feuille_semblable"}
    assert not nouvelles & {a.regle for a in anomalies(lecture)}


def test_le_nom_d_une_personne_n_entre_pas_dans_la_correspondance():
    nom, feuilles, attendues = deux_tableaux_lus_sous_chaque_titre()
    lu = accepter(en_classeur(feuilles), nom, attendues, CONVENTION)
    assert "Contact :*" in lu.texte
    assert not re.search("Exemple|03 80", lu.texte)


@pytest.mark.parametrize(
    ("ecrit", "structure"),
    [
        ("MA Junot", "multi-accueil-junot"),
        ("M.A. Roosevelt", None),
        ("MC Colombière", "micro-creche-colombiere"),
        ("RAM Mansart", "rpe-mansart"),
        ("Ma petite crèche de Talant", None),
    ],
)
def test_un_nom_abrege_par_son_gestionnaire_est_propose(ecrit, structure):
    proposees = [p.valeur for p in proposer("structure", ecrit, CONVENTION) if p.score >= 95]
    assert proposees == ([structure] if structure else [])


@pytest.mark.parametrize(
    ("ecrit", "structure"),
    [
        ("LPCR", None),  # runs five of them: as close to « Multi-accueil LPCR Heudelet » as Heudelet is
        ("Heudelet", "lpcr-heudelet"),
        ("Association Crèche Princes de Condé", "creche-princes-de-conde"),  # runs that one only
        ("Total LPCR", None),
    ],
)
def test_un_gestionnaire_n_est_aucune_de_ses_structures(ecrit, structure):
    connue, proches = structure_nommee(ecrit, CONVENTION)
    assert [connue] * bool(connue) + [p.valeur for p in proches][:1] == ([structure] if structure else [])


@pytest.mark.parametrize(
    ("ecrit", "nombre"),
    [("120 familles", True), ("6,5 ETP", True), ("1 240 adhérents", True), ("12 ans", False)]
    + [("3 à 6 ans", False), ("2 trimestres", False), ("2025 prévisionnel", False), ("1er semestre", False)],
)
def test_un_nombre_et_son_unite_sont_une_reponse(ecrit, nombre):
    assert avec_unite(ecrit) is nombre


def test_un_tableau_decoche_n_est_plus_demande_chaque_annee():
    """The rates are not asked: their table is not ticked, and nobody has to confirm it year after year."""
    lignes = [[nom, 30 + rang] for rang, nom in enumerate(CRECHES)]
    taux = [[nom, 80 + rang] for rang, nom in enumerate(CRECHES)]
    feuilles = {
        "Suivi": [["Crèche", "Enfants admis"], *lignes, [], ["Crèche", "Taux d’occupation (%)"], *taux]
    }
    attendues = {(s, 2025, ADMIS, None): 30 + rang for rang, s in enumerate(CRECHES.values())}
    lu = accepter(en_classeur(feuilles), "suivi_2025.xlsx", attendues, CONVENTION)
    assert (lu.justes, lu.fausses) == (len(attendues), {})
    assert {a.regle for a in anomalies(lu.lecture)} == {"tableau_ecarte"}
    # two of its rows have moved below a blank row: they are told again
    feuilles["Suivi"].insert(-2, [])
    suite = lire(
        en_classeur(feuilles), "suivi_2026.xlsx", (declaration(lu.texte, "suivi", CONVENTION),), CONVENTION
    )
    assert "lignes_connues_non_lues" in {a.regle for a in anomalies(suite)}
