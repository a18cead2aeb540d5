"""On the eve of the COPIL: a figure that nobody sent is entered from the page, seen, then written."""

import shutil

import pytest
from playwright.sync_api import expect

from ctg.referentiel import dossier_par_defaut
from etl.construction.entrepot import construire
from tests.exemples.accessibilite import violations
from tests.exemples.tableau_servi import Onglet, servir

RAPPORT = "rapport_2025_archipel.xlsx"
ENREGISTRER = "Enregistrer la correction et recharger"


@pytest.fixture
def ville(entrepots, page, tmp_path):
    """A city that received one report, its server, and a tab on its Collecte page."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "saisies").mkdir()
    shutil.copy(entrepots("regime-etabli").parent / "regime-etabli" / "2025" / RAPPORT, tmp_path / "raw")
    construire((tmp_path / "raw",), dossier_par_defaut(), tmp_path / "w.duckdb")
    lus = {"CTG_RAW": str(tmp_path / "raw"), "CTG_SAISIES": str(tmp_path / "saisies")}
    with servir(tmp_path / "w.duckdb", tmp_path / "journal.txt", **lus) as tableau:
        onglet = Onglet(page, tableau)
        onglet.ouvrir("collecte")
        yield onglet


def prendre(onglet, liste, option, code):
    """Type the beginning of an option in a list, take it, and wait for the field that is about `code`."""
    onglet.filtre(liste).click()
    onglet.filtre(liste).fill(option)
    onglet.page.get_by_role("option", name=option).first.click()
    onglet.page.locator(f'[class*="st-key-valeur_"][class*="{code}"]').wait_for()
    onglet.attendre()


def voir(onglet, valeur, raison):
    onglet.page.get_by_role("textbox", name="Nouvelle valeur").fill(valeur)
    onglet.page.get_by_role("textbox", name="Raison").fill(raison)
    onglet.page.get_by_role("button", name="Voir ce qui changerait").click()
    onglet.page.get_by_role("button", name=ENREGISTRER).wait_for()
    onglet.attendre()


def test_ce_qui_manque_a_une_correction_se_dit_sous_les_yeux(ville):
    """On the smallest screen, where the form fills what is below the tabs."""
    ville.ouvrir("collecte?volet=decider")
    ville.page.get_by_role("textbox", name="Nouvelle valeur").fill("12")
    ville.page.get_by_role("button", name="Voir ce qui changerait").click()
    expect(ville.page.get_by_text("dire la raison, en une phrase")).to_be_in_viewport(ratio=1)
    assert violations(ville.page) == []


def test_un_chiffre_que_personne_n_a_envoye_se_saisit_la_veille_du_copil(ville, contexte, tmp_path):
    ville.page.get_by_role("tab", name="Décider").click()
    ville.attendre("decider")
    prendre(ville, "Structure ou fiche", "CS Le Tempo", "cs-le-tempo")
    prendre(ville, "Question", "Chiffres clefs · Total des produits", "total-produits")
    assert "campagne 2025 : — · rien n’a été reçu" in ville.texte()
    ailleurs = Onglet(contexte.new_page(), ville.tableau)  # a colleague looks at the same cell
    ailleurs.ouvrir("collecte?volet=decider")
    prendre(ailleurs, "Structure ou fiche", "CS Le Tempo", "cs-le-tempo")
    prendre(ailleurs, "Question", "Chiffres clefs · Total des produits", "total-produits")
    voir(ailleurs, "98 000", "Lu dans le compte rendu")

    voir(ville, "120 000 €", "Dit au téléphone par la direction")
    assert "exercice 2025 : — → 120 000" in ville.texte()
    assert "Un chiffre publié change" in ville.texte() and "120 000 €" in ville.texte()
    assert violations(ville.page) == []
    ville.page.get_by_role("button", name=ENREGISTRER).click()
    ville.page.get_by_text("Correction enregistrée").wait_for()
    ville.attendre()
    assert "; saisi le" in ville.texte() and "Dit au téléphone par la direction" in ville.texte()

    # the page left open is drawn again on the new figures: what was looked at there can no longer be written
    ailleurs.page.get_by_text("ce chiffre a changé entre-temps").wait_for()
    assert ailleurs.page.get_by_role("button", name=ENREGISTRER).count() == 0
    ailleurs.page.close()
    lignes = (tmp_path / "saisies" / "valeurs.csv").read_text(encoding="utf-8").splitlines()
    assert len(lignes) == 2 and lignes[1].endswith(";2025;c:total-produits;n;;120 000 €;oui")
    ville.ouvrir("structure?structure=cs-le-tempo")
    assert "120 000 €" in ville.texte()
