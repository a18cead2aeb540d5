"""A close name is retained in one gesture only when it can mean one structure; else the officer chooses."""

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.classeurs_libres.description.rattachement import structure_nommee
from etl.classeurs_libres.description.retenues import a_retenir

CONVENTION = charger(dossier_par_defaut())
CRECHES = ["Multi-accueil Junot", "La Maison des Fées"]  # one exactly, one nearly


@pytest.mark.parametrize(
    ("libelle", "autres", "attendue"),
    [
        ("Crèche Jean Jaurès", [], "multi-accueil-jean-jaures"),
        ("Jaures", [], "multi-accueil-jean-jaures"),
        ("Maison Phare", [], "maison-phare"),
        ("2. Heudelet (LPCR) 2025", [], "lpcr-heudelet"),
        # as close to a multi-accueil as to a relais: the others of the workbook say which
        ("Roosevelt", [], None),
        ("Roosevelt", CRECHES, "multi-accueil-roosevelt"),
        ("Roosevelt", ["RPE Mansart"], "rpe-roosevelt"),
        ("Roosevelt", [*CRECHES, "RPE Mansart"], None),
        ("Le Tempo", ["La Maison-Phare", "L’Archipel"], "cs-le-tempo"),
        ("Crèche Fontaine d’Ouche", CRECHES, None),  # two of them there
        ("La Pouponnière", CRECHES, None),
        # named exactly elsewhere: the same one in other words, or the other one
        ("Roosevelt", ["RPE Roosevelt"], None),
        ("Maison Phare", ["La Maison-Phare"], None),
        # a word more is another place
        ("Balzac 2", CRECHES, None),
        ("Maison Phare ados", [], None),
        ("Junot Talant", [], None),
        # what many names share is no name
        ("Accueil", CRECHES, None),
        ("Crèches", CRECHES, None),
        ("Code", CRECHES, None),
    ],
)
def test_un_nom_proche_ne_se_retient_que_s_il_ne_peut_dire_qu_une_structure(libelle, autres, attendue):
    assert a_retenir([libelle, *autres], CONVENTION).get(libelle) == attendue


def test_deux_noms_proches_d_une_meme_structure_ne_sont_pas_retenus():
    assert a_retenir(["Maison Phare", "Le Phare"], CONVENTION) == {}


@pytest.mark.parametrize(
    "libelle", ["Accueil", "Crèches", "Code", "Centre social", "Maison", "Petite enfance"]
)
def test_un_mot_que_plusieurs_noms_portent_n_est_proche_d_aucun(libelle):
    assert structure_nommee(libelle, CONVENTION) == (None, [])
