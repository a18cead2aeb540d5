"""Two files of grants in the SCDL layout, made by program: one clean, one as spreadsheets leave them."""

import pytest

from etl.classeurs import ouvrir
from etl.classeurs_libres.lecture.classeur import lire_selon
from tests.exemples import montpellier, scdl
from tests.exemples.classeur_libre import regles, valeurs

STRUCTURES = {"maison-phare": "La Maison-Phare", "archipel": "L’Archipel", "tempo": "Le Tempo"}


@pytest.fixture
def lire():
    convention = montpellier.referentiel(STRUCTURES)
    modele = montpellier.correspondance("subventions_scdl", convention)
    return lambda chemin: lire_selon(modele, ouvrir(chemin), chemin.name, convention)


def test_le_fichier_propre_est_lu_en_entier(lire, tmp_path):
    lecture = lire(scdl.ecrire_propre(tmp_path))
    assert {(f.repondant_id, f.annee) for f in lecture.formulaires} == {
        ("maison-phare", 2025),
        ("archipel", 2025),
        ("tempo", 2024),
    }
    # the two grants of one association are added up, at the address of the first
    assert valeurs(lecture) == {
        ("maison-phare", "I2"): 15_500.5,
        ("archipel", "I4"): 8000,
        ("tempo", "I5"): 7000,
    }
    assert regles(lecture) == [("autres_passes", "A6"), ("valeurs_additionnees", None)]
    assert {f.source for f in lecture.formulaires} == {"extrait:subventions-ville"}


def test_le_fichier_abime_est_lu_ou_dit_cellule_par_cellule(lire, tmp_path):
    lecture = lire(scdl.ecrire_abime(tmp_path))
    assert valeurs(lecture) == {("maison-phare", "I2"): 12_500, ("archipel", "I3"): 8000}
    assert regles(lecture) == [
        ("colonne_non_decrite", "P3"),
        ("colonne_non_decrite", "Q3"),
        ("libelle_inconnu", "C5"),
        ("code_repare", "F2"),
        ("code_repare", "F3"),
        # of whom, nobody can say: not of « somebody outside the convention »
        ("code_perdu", "F6"),
        ("nombre_en_lettres", "I4"),
    ]
    messages = {a.cellule: a.message for a in lecture.anomalies}
    assert "« 3805449320029.0 », abîmé par le tableur, a été lu 03805449320029" in messages["F3"]
    assert messages["C5"].startswith("L’année : le libellé « mars 2025 » n’est pas reconnu")
