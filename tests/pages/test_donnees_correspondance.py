"""« Décrire un classeur »: from a dropped workbook to a declaration that reads it."""

import shutil

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.classeurs_libres.chargement import declarations
from etl.construction.entrepot import construire
from tests.exemples.classeur_libre import ecrire
from tests.exemples.entrepots_fictifs import CONVENTION_SEULE

PAGE = "donnees/collecte"
SUIVI = {
    "Lisez-moi": [["Mode d’emploi"]],
    "Suivi 2025": [
        ["Réseau des centres sociaux"],
        [],
        ["Centre", "Adhérents", "Familles", "Directrice"],
        ["La Maison-Phare", 412, 3, "Mme Nommée"],
        ["Archipel (L’)", 300, 180, "M. Nommé"],
    ],
}


@pytest.fixture
def convention(tmp_path, monkeypatch):
    dossier = tmp_path / "dijon"
    shutil.copytree(dossier_par_defaut(), dossier)
    monkeypatch.setenv("CTG_REFERENTIEL", str(dossier))
    return dossier


def deposer(page, chemin):
    [zone] = [z for z in page.essai.file_uploader if z.key == "modele_depot"]
    zone.upload(chemin.name, chemin.read_bytes()).run()
    assert not page.essai.exception
    return page


def test_sans_classeur_on_dit_a_quoi_sert_la_page(ouvrir, entrepots, convention):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, annee="2025", volet="decrire")
    assert "se décrit une fois" in page.mots
    assert page.tableau("Correspondance")[1:2] == [
        {
            "Classeur": "Fiche de travail et d’analyse",
            "Ce qu’on en fait": "lu comme un rapport",
            "Correspondance": "fiche_de_travail.yml",
        }
    ]


def test_un_classeur_depose_est_devine_montre_et_enregistre(ouvrir, entrepots, convention, tmp_path):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, annee="2025", volet="decrire")
    deposer(page, ecrire(tmp_path / "suivi.xlsx", SUIVI))
    feuille = next(s for s in page.essai.selectbox if s.label == "Feuille")
    feuille.set_value("Suivi 2025").run()
    assert not page.essai.exception
    assert next(n for n in page.essai.number_input if n.label == "Ligne d’en-tête").value == 3
    lues = page.tableau("Où")
    # a small count is a dot; what is only close to a structure is not read until somebody says so
    assert [(v["Répondant"], v["Mesure"], v["Valeur"], v["Où"]) for v in lues] == [
        ("La Maison-Phare", "Adhérents", "412", "Suivi 2025, B4"),
        ("La Maison-Phare", "Familles", "•", "Suivi 2025, C4"),
    ]
    assert "« Archipel (L’) » n’est pas reconnu" in page.mots
    assert "Nommée" not in page.mots + page.cellules()

    next(c for c in page.essai.checkbox if c.label == "Retenir les structures proches").check().run()
    assert {v["Répondant"] for v in page.tableau("Où")} == {"La Maison-Phare", "L’Archipel"}
    next(b for b in page.essai.button if b.label == "Enregistrer cette correspondance").click().run()
    assert "suivi.yml" in page.essai.success[0].value.replace("\\", "")
    assert "suivi" in {d.id for d in declarations(charger(convention))}


def test_un_fichier_qui_n_est_pas_un_classeur_est_refuse_par_une_phrase(
    ouvrir, entrepots, convention, tmp_path
):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, annee="2025", volet="decrire")
    (tmp_path / "photo.xlsx").write_bytes(b"\x89PNG....")
    deposer(page, tmp_path / "photo.xlsx")
    assert "image (PNG)" in page.essai.error[0].value.replace("\\", "")


def test_un_classeur_recu_que_rien_ne_reconnait_se_choisit_dans_la_liste(
    ouvrir, convention, tmp_path, monkeypatch
):
    recus = tmp_path / "recus"
    recus.mkdir()
    ecrire(recus / "suivi.xlsx", SUIVI)
    construire((recus,), convention, tmp_path / "e.duckdb")
    monkeypatch.setenv("CTG_RAW", str(recus))
    page = ouvrir(tmp_path / "e.duckdb", PAGE, annee="2025", volet="decrire")
    liste = next(s for s in page.essai.selectbox if "que rien ne reconnaît" in s.label)
    assert liste.options == ["—", "suivi.xlsx"]
    liste.set_value("suivi.xlsx").run()
    assert not page.essai.exception
    assert any(s.label == "Feuille" for s in page.essai.selectbox)
