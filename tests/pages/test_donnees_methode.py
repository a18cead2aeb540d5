"""The page Méthode: sources, rules, settings in force, symbols, what waits, an honest statement."""

import pytest

from ctg import etats, methode
from ctg.referentiel import charger, dossier_par_defaut
from pages.commun import prose
from tests.exemples.entrepots_fictifs import CONVENTION_SEULE, SCENARIOS

CONVENTION = charger(dossier_par_defaut())
PAGE = "donnees/methode"


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_la_methode_se_lit_dans_chaque_etat(ouvrir, entrepots, scenario):
    page = ouvrir(entrepots(scenario), PAGE)
    for titre, _ in methode.sections(prose.lire("methode")):
        assert titre in page.mots


def test_les_seuils_montres_sont_ceux_du_referentiel(ouvrir, entrepots):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE)
    valeurs = {ligne["Réglage"]: ligne["Valeur"] for ligne in page.tableau("Réglage")}
    confidentialite = CONVENTION.parametres.confidentialite
    assert str(confidentialite.seuil_personnes) in valeurs.values()
    assert valeurs["Part des répondants en dessous de laquelle aucun état n’est calculé"] == "50 %"
    assert "proposé, à valider par les partenaires" in valeurs.values()
    assert not {"dijon", "21231", "dijon_2024_2027"} & set(valeurs.values())


def test_chaque_source_dit_son_producteur_ses_annees_et_sa_licence(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE)
    sources = {ligne["Source"]: ligne for ligne in page.tableau("Licence")}
    assert sources["Allocataires des Caf par IRIS"]["Années"] == "2019, 2020"
    assert sources["Filosofi par IRIS, revenus disponibles"]["Années"] == "2018, 2019"
    assert sources["Filosofi par IRIS, revenus déclarés"]["Années"] == "2021"
    assert all(ligne["Licence"].startswith("Licence Ouverte") for ligne in sources.values())


def test_sans_donnee_ouverte_la_page_dit_ou_en_mettre(ouvrir, entrepots):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE)
    assert "Aucune donnée ouverte chargée." in page.mots
    assert "data/raw" in page.mots


def test_chaque_symbole_a_un_mot_et_un_sens(ouvrir, entrepots):
    lignes = ouvrir(entrepots(CONVENTION_SEULE), PAGE).tableau("Symbole")
    assert [(ligne["Symbole"], ligne["Mot"]) for ligne in lignes] == [
        (etat.symbole, etat.mot) for etat in etats.ETATS.values()
    ]
    assert set(methode.SENS) == set(etats.ETATS)
    assert all(ligne["Ce que cela veut dire"] for ligne in lignes)


def test_le_taux_de_consultation_attend_sa_definition(ouvrir, entrepots):
    lignes = ouvrir(entrepots(CONVENTION_SEULE), PAGE).tableau("À définir par")
    assert any("consultation" in ligne["Indicateur"] for ligne in lignes)
    attendus = [i for i in CONVENTION.indicateurs.values() if i.definition == "a_arreter"]
    assert len(lignes) == len(attendus)


def test_le_rattachement_de_chaque_iris_dit_sa_certitude(ouvrir, entrepots):
    lignes = ouvrir(entrepots(CONVENTION_SEULE), PAGE).tableau("Code")
    assert len(lignes) == len(CONVENTION.iris)
    assert {ligne["Rattachement"] for ligne in lignes} == {"sûr", "à confirmer", "incertain, à confirmer"}


def test_la_declaration_ne_pretend_a_aucune_conformite(ouvrir, entrepots):
    mots = ouvrir(entrepots(CONVENTION_SEULE), PAGE).mots
    assert "n’est pas conforme" in mots
    assert "aucun audit n’a encore été réalisé" in mots
    assert "Défenseur des droits" in mots


def test_les_textes_n_ecrivent_aucun_seuil_en_dur():
    # a threshold is read in the table of settings, never frozen in prose
    textes = dict(methode.sections(prose.lire("methode")))
    for titre in ("Petits nombres", "Comment un état est attribué", "Comment un nombre est calculé"):
        assert " 11 " not in textes[titre]
        assert " 5 " not in textes[titre]
        assert "50 %" not in textes[titre]
