"""« Décider » when something it reads is being repaired: a sentence, never a page that breaks."""

import shutil

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl import saisies as registres
from etl.canevas.redaction.ecriture import ecrire
from etl.construction.entrepot import construire

CRECHE, ADMIS = "creche-princes-de-conde", "PE-2.0.2-b"
VALEUR = "Nouvelle valeur (« n.c. » retire le chiffre)"


@pytest.fixture
def lieux(tmp_path, monkeypatch):
    """One report of 2025, in a convention that may be edited."""
    shutil.copytree(dossier_par_defaut(), tmp_path / "dijon")
    for nom, lieu in (("REFERENTIEL", "dijon"), ("RAW", "raw"), ("SAISIES", "saisies")):
        monkeypatch.setenv(f"CTG_{nom}", str(tmp_path / lieu))
    reponses = {CRECHE: {(f"i:{ADMIS}", "valeur"): 45}}
    ecrire(charger(tmp_path / "dijon"), 2025, tmp_path / "raw", reponses=reponses)
    (tmp_path / "raw" / "notes.csv").write_text("Notes\n", encoding="utf-8")  # something in the queue
    construire((tmp_path / "raw",), tmp_path / "dijon", tmp_path / "w.duckdb")
    return tmp_path


@pytest.fixture
def decider(lieux, ouvrir):
    def ouverte(volet="decider", **adresse):
        return ouvrir(lieux / "w.duckdb", "donnees/collecte", volet=volet, annee="2025", **adresse)

    return ouverte


def dites(page):
    return " ".join(e.value.replace("\\", "") for e in page.essai.error)


def retirer(lieux, fichier, debut):
    chemin = lieux / "dijon" / fichier
    lignes = chemin.read_text(encoding="utf-8").splitlines(keepends=True)
    gardees = [ligne for ligne in lignes if not ligne.startswith(debut)]
    assert len(gardees) == len(lignes) - 1
    chemin.write_text("".join(gardees), encoding="utf-8")


@pytest.mark.parametrize("volet", ["decider", "corriger"])
def test_une_convention_en_cours_de_correction_se_dit(volet, decider, lieux):
    chemin = lieux / "dijon" / "structures.csv"
    chemin.write_text(chemin.read_text(encoding="utf-8") + "une ligne de trop\n", encoding="utf-8")
    assert "structures.csv" in dites(decider(volet))


def test_une_structure_retiree_de_la_convention_ne_se_corrige_plus_et_ses_corrections_se_disent(
    decider, lieux
):
    cellule = {"repondant_id": CRECHE, "annee": 2025, "cle": f"i:{ADMIS}", "code": "valeur"}
    qui = {"fonction": "coordination", "raison": "Appel", "ancienne": "45", "nouvelle": "47"}
    registres.ajouter("valeurs", cellule | qui)
    retirer(lieux, "structures.csv", f"{CRECHE};")
    retirer(lieux, "expediteurs.csv", "princes-de-conde;")
    page = decider(repondant=CRECHE)
    choix = next(x for x in page.essai.selectbox if x.label == "Structure ou fiche").options
    assert choix and not any("Condé" in nom for nom in choix)
    construire((lieux / "raw",), lieux / "dijon", lieux / "w.duckdb")
    anomalies = "\n".join(x["Ce qui ne va pas"] for x in decider("corriger").tableau("Ce qui ne va pas"))
    assert f"« {CRECHE} » n’est ni une structure ni une fiche" in anomalies.replace("\xa0", " ")


def test_un_registre_de_receptions_abime_se_dit_avant_la_correction(decider, lieux):
    page = decider(repondant=CRECHE, chiffre=ADMIS)
    (lieux / "raw" / "receptions.csv").write_text("fichier,recu\nx;y;z\n", encoding="utf-8")
    for label, ecrit in ((VALEUR, "47"), ("Raison, sans nom de personne", "Appel")):
        next(x for x in page.essai.text_input if x.label == label).set_value(ecrit)
    next(x for x in page.essai.button if x.label == "Voir ce qui changerait").click()
    page.essai.run(timeout=120)
    assert not page.essai.exception
    assert "receptions.csv" in dites(page) and registres.lire("valeurs").lignes == ()
