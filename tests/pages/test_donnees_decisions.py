"""« Décider » : what the officer sees and writes, on a full, a partial and an empty warehouse."""

import shutil

import pytest

from ctg.referentiel import dossier_par_defaut
from etl.construction import chantier
from etl.construction.entrepot import construire
from etl.saisies import lire
from tests.exemples.entrepots_fictifs import CONVENTION_SEULE


@pytest.fixture
def saisies(monkeypatch, tmp_path):
    monkeypatch.setenv("CTG_SAISIES", str(tmp_path / "saisies"))
    lances = []
    monkeypatch.setattr(chantier, "lancer", lambda entrepot: lances.append(entrepot) or True)
    return tmp_path / "saisies"


def decider(page, genre):
    page.essai.segmented_control[0].set_value(genre).run()
    assert not page.essai.exception
    return page


def boite(page, label):
    return next(x for x in page.essai.selectbox if x.label == label)


def bouton(page, label):
    return next(x for x in page.essai.button if x.label == label)


@pytest.mark.parametrize("genre", ["chiffre", "etapes", "sources"])
@pytest.mark.parametrize("scenario", ["regime-etabli", "premiere-campagne", CONVENTION_SEULE])
def test_chaque_decision_s_ouvre_sur_tout_entrepot(genre, scenario, ouvrir, entrepots, saisies):
    page = decider(ouvrir(entrepots(scenario), "donnees/collecte", volet="decider"), genre)
    assert page.mots


def test_un_lien_mene_a_la_mesure_a_corriger(ouvrir, entrepots, saisies):
    page = ouvrir(
        entrepots("regime-etabli"), "donnees/collecte", volet="decider", chiffre="PE-2.0.2-b", annee="2025"
    )
    mesure = boite(page, "Question, et ce qu’elle dit aujourd’hui")
    assert [x.split(" : ")[0] for x in mesure.options] == ["PE-2.0.2-b · Enfants admis"]
    assert "feuille" in page.mots and "cellule" in page.mots and ".xlsx" in page.mots


def test_une_valeur_impossible_est_refusee_sans_rien_ecrire(ouvrir, entrepots, saisies):
    page = ouvrir(
        entrepots("regime-etabli"), "donnees/collecte", volet="decider", chiffre="PE-2.0.2-b", annee="2025"
    )
    page.essai.text_input[0].set_value("beaucoup")
    page.essai.text_input[1].set_value("Erreur de frappe")
    bouton(page, "Voir ce qui changerait").click().run()
    assert "n’est pas un nombre entier" in page.essai.error[0].value.replace("\\", "")
    assert not (saisies / "valeurs.csv").exists()


def test_la_matrice_des_etapes_dit_ou_en_est_chaque_fiche(ouvrir, entrepots, saisies):
    page = decider(
        ouvrir(entrepots("regime-etabli"), "donnees/collecte", volet="decider", annee="2025"), "etapes"
    )
    matrice = page.tableau("Aval de la Caf")
    assert len(matrice) == 15
    assert {ligne["Aval de la Caf"] for ligne in matrice} == {"—"}
    assert any(ligne["Reçue"] != "—" for ligne in matrice)
    confirmees = {x["Fiche"].split(" · ")[0]: x["Structures qui ont confirmé"] for x in matrice}
    assert confirmees["PE-5"] == "—" and confirmees["PE-1"].startswith("0 sur ")  # no structure answers PE-5
    assert any("Aucune fiche n’a encore l’aval" in constat for constat in page.constats)


def test_declarer_une_etape_ecrit_une_ligne_et_recharge(ouvrir, entrepots, saisies, tmp_path):
    copie = tmp_path / "copie.duckdb"
    shutil.copy(entrepots("regime-etabli"), copie)
    page = decider(ouvrir(copie, "donnees/collecte", volet="decider", annee="2025"), "etapes")
    controlees = [x for x in page.tableau("Contrôlée") if x["Contrôlée"] != "—"]
    fiche = controlees[0]["Fiche"].split(" · ")[0]
    boite(page, "Fiche").set_value(fiche).run()
    assert boite(page, "Décision").options[0] == "déclarer « confirmée par la structure »"
    assert "0 structure sur " in page.mots and "la raison est nécessaire" in page.mots
    bouton(page, "Enregistrer et recharger").click().run()
    assert "n’ont pas confirmé les chiffres" in page.essai.error[0].value and lire("etapes").lignes == ()
    raison = next(x for x in page.essai.text_input if x.label.startswith("Raison"))
    raison.set_value("Le rappel est resté sans réponse")
    bouton(page, "Enregistrer et recharger").click().run()
    (ligne,) = lire("etapes").lignes
    assert (ligne.champs["fiche_id"], ligne.champs["etape"], ligne.champs["acte"]) == (
        fiche,
        "confirmee",
        "atteinte",
    )
    assert ligne.champs["fictif"] == "oui"


def test_plusieurs_structures_confirment_d_un_geste_et_une_se_reprend(ouvrir, entrepots, saisies, tmp_path):
    copie = tmp_path / "copie.duckdb"
    shutil.copy(entrepots("regime-etabli"), copie)
    page = decider(ouvrir(copie, "donnees/collecte", volet="decider", annee="2025"), "etapes")
    assert page.essai.multiselect[0].label == "Structures qui confirment"
    page.essai.multiselect[0].set_value(["archipel", "maison-phare"]).run()
    formulaire = [b for b in page.essai.button if b.label == "Enregistrer et recharger"][-1]
    [x for x in page.essai.text_input if x.label.startswith("Raison")][-1].set_value("Dit en réunion")
    formulaire.click().run()
    lignes = [ligne.champs for ligne in lire("etapes").lignes]
    assert [(c["repondant_id"], c["etape"], c["acte"], c["raison"]) for c in lignes] == [
        ("archipel", "confirmee", "atteinte", "Dit en réunion"),
        ("maison-phare", "confirmee", "atteinte", "Dit en réunion"),
    ]
    construire((entrepots("regime-etabli").parent / "regime-etabli",), dossier_par_defaut(), copie)
    page = decider(ouvrir(copie, "donnees/collecte", volet="decider", annee="2025"), "etapes")
    assert "archipel" not in page.essai.multiselect[0].options
    assert [o.split(" (le ")[0] for o in boite(page, "Structure").options] == [
        "L’Archipel",
        "La Maison-Phare",
    ]
    bouton(page, "Retirer et recharger").click().run()
    assert "raison" in page.essai.error[0].value  # nothing is taken back in silence
