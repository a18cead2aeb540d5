"""A file is dropped on the page: seen before it is loaded, accepted, and the number changes for everybody."""

import shutil

import pytest
from openpyxl import load_workbook

from ctg.referentiel import dossier_par_defaut
from etl.construction.entrepot import construire
from tests.exemples.accessibilite import violations
from tests.exemples.formulaire_rempli import formulaire_de, remplir
from tests.exemples.tableau_servi import PRET, Onglet, servir

RAPPORT = "rapport_2025_archipel.xlsx"
ENFANTS = ("i:EN-1.0.p1", "valeur")
ENFANTS_3_5 = ("i:EN-1.0.p1#age-enfants=3-5", "valeur")
STRUCTURE = "structure?structure=archipel"


@pytest.fixture
def lieux(entrepots, tmp_path):
    """A city that received one report, and what its sender sends now."""
    raw = tmp_path / "raw"
    raw.mkdir()
    (tmp_path / "saisies").mkdir()
    source = entrepots("regime-etabli").parent / "regime-etabli" / "2025" / RAPPORT
    shutil.copy(source, raw / RAPPORT)
    construire((raw,), dossier_par_defaut(), tmp_path / "entrepot.duckdb")
    envoi = tmp_path / "envoi.xlsx"
    shutil.copy(source, envoi)
    return raw, envoi


@pytest.fixture
def depot(page, lieux, tmp_path):
    """The tab « Déposer » of a server of its own."""
    lus = {"CTG_RAW": str(lieux[0]), "CTG_SAISIES": str(tmp_path / "saisies")}
    with servir(tmp_path / "entrepot.duckdb", tmp_path / "journal.txt", **lus) as tableau:
        onglet = Onglet(page, tableau)
        onglet.ouvrir("collecte?volet=deposer")
        yield onglet


def deposer(onglet, *fichiers):
    onglet.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(fichiers)
    onglet.page.get_by_text("Rien n’est encore chargé").first.wait_for()
    onglet.attendre()


def test_on_voit_ce_qui_change_on_accepte_et_le_nombre_change_ailleurs(depot, lieux, contexte):
    raw, envoi = lieux
    feuille = formulaire_de(load_workbook(envoi))
    enfants = feuille[remplir(envoi, {ENFANTS: 777, ENFANTS_3_5: 3})[ENFANTS]].value
    ailleurs = Onglet(contexte.new_page(), depot.tableau)
    ailleurs.ouvrir(STRUCTURE)
    assert f"{enfants} enfants" in ailleurs.texte() and "777" not in ailleurs.texte()

    deposer(depot, envoi)
    depot.ouvrir("collecte?volet=deposer")  # the browser was closed: what was dropped is still there
    depot.page.get_by_text("Rien n’est encore chargé").first.wait_for()
    depot.page.get_by_text("Ce qui change").first.click()
    depot.attendre()
    texte = depot.texte()
    assert "Rapport 2025 : L’Archipel" in texte and f"compterait à la place de « {RAPPORT} »" in texte
    assert f"{enfants} enfants" in texte and "777 enfants" in texte
    assert "(non montré : petit effectif possible)" in texte
    assert violations(depot.page) == []
    assert [chemin.name for chemin in raw.iterdir()] == [RAPPORT]

    depot.page.get_by_role("button", name="Accepter").click()
    depot.page.get_by_text("Toutes les pages sont à jour").wait_for()
    depot.page.wait_for_function(PRET)
    assert "1 rapport chargé" in depot.texte()
    assert "Dépôt du" not in depot.texte()
    ailleurs.ouvrir(STRUCTURE)
    assert "777 enfants" in ailleurs.texte()
    ailleurs.page.close()
    assert len(list((raw / "recus").glob("*/envoi.xlsx"))) == 1


def test_un_fichier_refuse_revient_marque_avec_son_message(depot, lieux, tmp_path):
    raw, envoi = lieux
    classeur = load_workbook(envoi)
    feuille = formulaire_de(classeur)
    identite = next(c for c in feuille["A"] if c.value == "m:structure_id")
    for rangee in feuille.iter_rows(min_row=identite.row, max_row=identite.row):
        for cellule in rangee:
            if cellule.value == "archipel":
                cellule.value = "structure-inconnue"
    classeur.save(envoi)
    deposer(depot, envoi)
    assert "1 fichier : 1 refusé" in depot.texte()
    depot.page.get_by_text("Ce qui ne va pas").first.click()
    depot.attendre()
    assert violations(depot.page) == []
    with depot.page.expect_download() as attente:
        depot.page.get_by_role("button", name="Télécharger la copie annotée").click()
    attente.value.save_as(tmp_path / "copie.xlsx")
    copie = load_workbook(tmp_path / "copie.xlsx")
    assert copie.sheetnames[0] == "À corriger"
    message = depot.page.get_by_role("textbox", name="Message à copier").input_value()
    assert message.startswith("DONNÉES FICTIVES : ne pas envoyer.")
    assert "renvoyez" in message and "receptions.csv" not in message

    depot.page.get_by_role("textbox", name="Pourquoi écarter").fill("Identifiant abîmé")
    depot.page.keyboard.press("Tab")
    depot.page.get_by_role("button", name="Écarter 1 fichier").click()
    depot.page.get_by_text("1 fichier écarté").wait_for()
    assert not (raw / "recus").exists()
    assert len(list(tmp_path.glob("journal.depots/ecartes/*/envoi.xlsx"))) == 1
