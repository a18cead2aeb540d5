"""What somebody wrote in a workbook, a reason or a file name stays words: no picture, no link, no name."""

import shutil

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from tests.exemples.classeur_libre import ecrire
from tests.exemples.entrepots_fictifs import CONVENTION_SEULE

IMAGE = "![vu](//ailleurs.example/a)"


@pytest.fixture
def decrire(ouvrir, entrepots, tmp_path, monkeypatch):
    dossier = tmp_path / "dijon"
    shutil.copytree(dossier_par_defaut(), dossier)
    monkeypatch.setenv("CTG_REFERENTIEL", str(dossier))

    def deposer(tete, nom="suivi.xlsx"):
        structures = [s.nom for s in charger(dossier).structures.values() if s.type_id == "centre-social"]
        rangees = [[tete], [], ["Centre", "Adhérents"], *([n, 100 + r] for r, n in enumerate(structures))]
        chemin = ecrire(tmp_path / "suivi.xlsx", {"Suivi": rangees})
        page = ouvrir(entrepots(CONVENTION_SEULE), "donnees/collecte", annee="2025", volet="decrire")
        [zone] = [z for z in page.essai.file_uploader if z.key == "modele_depot"]
        zone.upload(nom, chemin.read_bytes()).run()
        assert not page.essai.exception
        return page

    return deposer


def annees_dites(page):
    return next(x for x in page.essai.radio if x.label == "L’année est dite par").options


def test_la_tete_d_un_classeur_ne_montre_ni_image_ni_nom(decrire):
    dites = annees_dites(decrire(f"Rapport 2025 {IMAGE}"))
    assert any("vu" in dite for dite in dites) and not any(IMAGE in dite for dite in dites)
    dites = annees_dites(decrire("Rapport 2025 de Mme Durand"))
    assert any("non recopié" in dite for dite in dites) and not any("Durand" in dite for dite in dites)


def test_un_nom_de_fichier_demesure_se_lit(decrire):
    decrire("Rapport 2025", nom="suivi." + "x" * 290)
