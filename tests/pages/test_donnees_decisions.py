"""« Décider » : what the officer sees and writes, on a full, a partial and an empty warehouse."""

import shutil

import pytest

from ctg.entrepot import Entrepot
from ctg.referentiel import charger, dossier_par_defaut
from etl.construction import chantier
from etl.construction.entrepot import construire
from etl.saisies import lire
from etl.saisies.decisions import declarer_etape
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


def test_une_confirmation_faite_se_dit_et_le_formulaire_dit_qu_il_la_retire(
    ouvrir, entrepots, saisies, tmp_path
):
    copie = tmp_path / "copie.duckdb"
    shutil.copy(entrepots("regime-etabli"), copie)
    champs = {"annee": 2025, "repondant_id": "archipel", "etape": "confirmee", "acte": "atteinte"}
    dite = champs | {"fonction": "coordination", "raison": "Appel", "fictif": "oui"}
    declarer_etape(Entrepot(copie), charger(dossier_par_defaut()), dite)
    demo = entrepots("regime-etabli").parent / "regime-etabli"
    construire((demo,), dossier_par_defaut(), copie)
    page = decider(ouvrir(copie, "donnees/collecte", volet="decider", annee="2025"), "etapes")
    assert [b.label for b in page.essai.button if "recharger" in b.label] == ["Enregistrer et recharger"] * 2
    boite(page, "Structure").set_value("archipel").run()
    assert "L’Archipel (a confirmé le" in boite(page, "Structure").options[boite(page, "Structure").index]
    assert bouton(page, "Retirer et recharger")
