"""After the aval, the officer corrects a figure: every page that shows it says what the Caf had seen."""

import shutil

import pytest

from ctg.entrepot import Entrepot
from ctg.referentiel import charger, dossier_par_defaut
from etl.construction.entrepot import construire
from etl.saisies.decisions import declarer_etape
from tests.exemples.accessibilite import violations
from tests.exemples.tableau_servi import DELAI, PROJECTEUR, Onglet, servir

RAPPORT, JEUNES = "rapport_2025_archipel.xlsx", "JE-1.1.1-a"
RAISON = "Erreur de saisie, dite au téléphone"
ENREGISTRER = "Enregistrer la correction et recharger"
ETAPES = (("confirmee", "coordination"), ("validee", "referent-jeunesse"), ("aval", "caf"))


@pytest.fixture
def ville(entrepots, page, tmp_path, monkeypatch):
    """A city that received one report, of which JE-1 has its aval, and a tab on it."""
    monkeypatch.setenv("CTG_SAISIES", str(tmp_path / "saisies"))
    (tmp_path / "raw").mkdir()
    shutil.copy(entrepots("regime-etabli").parent / "regime-etabli" / "2025" / RAPPORT, tmp_path / "raw")
    lieux = ((tmp_path / "raw",), dossier_par_defaut(), tmp_path / "w.duckdb")
    construire(*lieux)
    for etape, fonction in ETAPES:
        champs = {"annee": 2025, "fiche_id": "JE-1", "etape": etape, "acte": "atteinte", "fictif": "oui"}
        dite = champs | {"fonction": fonction, "raison": "Dit en réunion"}
        declarer_etape(Entrepot(lieux[2]), charger(dossier_par_defaut()), dite)
    construire(*lieux)
    with servir(lieux[2], tmp_path / "journal.txt", CTG_RAW=str(tmp_path / "raw")) as tableau:
        yield Onglet(page, tableau)


def test_un_chiffre_corrige_apres_l_aval_se_voit_partout_ou_il_se_lit(ville):
    page = ville.page
    ville.ouvrir(f"collecte?volet=decider&chiffre={JEUNES}&annee=2025")
    page.get_by_role("textbox", name="Nouvelle valeur").fill("55")
    page.get_by_role("textbox", name="Raison").fill(RAISON)
    page.get_by_role("button", name="Voir ce qui changerait").click()
    enregistrer = page.get_by_role("button", name=ENREGISTRER)
    enregistrer.wait_for(timeout=DELAI)
    ville.attendre()
    # in sight without scrolling, on the smallest screen
    for vu in (enregistrer, page.get_by_text("garderait l’aval de la Caf")):
        place = vu.bounding_box()
        assert place["y"] + place["height"] <= PROJECTEUR["height"]
    assert violations(page) == []
    enregistrer.click()
    page.get_by_text("Toutes les pages sont à jour").wait_for(timeout=DELAI)

    for adresse in ("fiche?fiche=JE-1", f"indicateur?indicateur={JEUNES}"):
        ville.ouvrir(f"{adresse}&annee=2025")
        texte = ville.texte()
        assert "diffusion autorisée le" in texte and "; modifiée depuis : 1 chiffre (le " in texte
        assert RAISON in texte and "à l’aval" in texte
    ville.ouvrir("collecte?volet=decider&decider=etapes&annee=2025")
    assert "dont 1 modifiée depuis (JE-1)" in ville.texte()
    assert "les chiffres ont changé depuis : à confirmer de nouveau" in ville.texte()
