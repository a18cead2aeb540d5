"""The page Quartier: diagnostic with its coverage, what was done, what is missing, three questions."""

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from tests.exemples.entrepots_fictifs import CONVENTION_SEULE, SCENARIOS

QUARTIERS = tuple(charger(dossier_par_defaut()).quartiers)
PAGE = "territoire/quartier"


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("quartier", QUARTIERS)
def test_chaque_quartier_se_lit_dans_chaque_etat_de_la_collecte(ouvrir, entrepots, scenario, quartier):
    page = ouvrir(entrepots(scenario), PAGE, quartier=quartier)
    questions = [
        ligne for ligne in page.mots.splitlines() if ligne.startswith(("**1.**", "**2.**", "**3.**"))
    ]
    assert len(set(questions)) == 3
    assert "rattachement" in page.mots


def test_le_diagnostic_dit_la_valeur_la_ville_l_evolution_et_les_iris_qui_manquent(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, quartier="gresilles")
    assert page.titre == "Quartier Grésilles"
    assert "7 440 habitants en 2022, − 7 % depuis 2016" in page.constats
    lignes = {ligne["Ce qui est compté"]: ligne for ligne in page.tableau("Ce qui est compté")}
    # 1 800 is the sum of the three IRIS the Caf publishes; the fourth, Lochères, is masked both years
    assert lignes["Foyers allocataires de la Caf, 2019 et 2020"] == {
        "Ce qui est compté": "Foyers allocataires de la Caf, 2019 et 2020",
        "Ici": "1 800 (3 IRIS sur 4)",
        "Ville": "44 843",
        "Évolution": "+ 4 % (ville : + 3 %)",
    }
    assert "4 IRIS publiés sur 4 ; 3 IRIS publiés sur 4, 74 % de la population" in page.mots


def test_un_niveau_de_vie_se_lit_iris_par_iris_jamais_pour_le_quartier(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, quartier="fontaine-douche")
    assert "De 12 550 € (Édouard Belin) à 29 730 € (La Montagne)" in page.constats
    assert "une médiane ne se calcule pas pour le quartier" in page.mots
    assert len(page.tableau("IRIS")) == 8
    assert not any("iveau de vie" in ligne["Ce qui est compté"] for ligne in page.tableau("Ici"))


def test_le_rattachement_incertain_est_dit(ouvrir, entrepots):
    sur = ouvrir(entrepots("regime-etabli"), PAGE, quartier="gresilles")
    incertain = ouvrir(entrepots("regime-etabli"), PAGE, quartier="centre-ville")
    assert "4 IRIS, rattachement sûr" in sur.mots
    assert "au rattachement à confirmer" in incertain.mots


def test_le_qpv_garde_son_perimetre(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, quartier="fontaine-douche")
    assert "QPV Fontaine D'Ouche : 6 952 habitants" in page.mots.replace("’", "'")
    assert "un périmètre plus petit que le quartier" in page.mots
    ailleurs = ouvrir(entrepots("regime-etabli"), PAGE, quartier="montchapet")
    assert "un périmètre plus petit que le quartier" not in ailleurs.mots


def test_les_ecoles_sont_listees_sans_moyenne_dans_l_ordre_alphabetique(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, quartier="gresilles")
    ecoles = [ligne["Établissement"] for ligne in page.tableau("Établissement")]
    assert len(ecoles) == 63
    assert ecoles[:47] == sorted(ecoles[:47])
    assert "sans pondération" in page.mots


def test_une_fiche_sans_acteur_ici_est_dite_en_premier(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, quartier="gresilles")
    fiches = page.tableau("Dans le quartier")
    # the referential places no relais petite enfance in Grésilles
    assert fiches[0]["Fiche"].startswith("PE-1")
    assert fiches[0]["Dans le quartier"] == "Aucune structure du quartier n’y répond, d’autres quartiers oui"
    assert fiches[0]["Structures"] == "aucune attendue"
    assert "PE-1" in page.mots
    assert "Se joue à l’échelle de la ville" in {fiche["Dans le quartier"] for fiche in fiches}


def test_les_structures_sont_nommees_sans_rang_avec_l_etat_de_leur_rapport(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, quartier="gresilles")
    structures = page.tableau("Rattachement")
    assert [ligne["Structure"] for ligne in structures] == [
        "Multi-accueil Galipette et Trottinette",
        "Multi-accueil Grésilles",
        "Espace York – L’Essentiel-le",
        "L’Essentiel-le",
    ]
    assert {ligne["Rattachement"] for ligne in structures} == {"sûr", "à confirmer"}


def test_l_axe_choisi_limite_ce_que_fait_la_convention(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, quartier="gresilles", axe="JE")
    assert {ligne["Fiche"][:2] for ligne in page.tableau("Dans le quartier")} == {"JE"}
    assert not any(constat.startswith("Petite enfance") for constat in page.constats)
    assert any(constat.startswith("Jeunesse : ") for constat in page.constats)


def test_sans_quartier_on_les_voit_tous_et_ce_qui_n_est_d_aucun(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE)
    assert [ligne["Quartier"] for ligne in page.tableau("Rapports reçus")][:2] == ["Toison d’Or", "Grésilles"]
    assert "n’est jamais étalé sur les quartiers" in page.mots
    assert "hors de la commune" in page.mots
    assert "Réseau des médiathèques" in page.cellules()


def test_une_convention_sans_rapport_ni_donnee_dit_quoi_faire(ouvrir, entrepots):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, quartier="gresilles")
    assert "Aucune donnée ouverte chargée pour ce quartier." in page.mots
    assert "python -m etl" in page.mots
    assert "Aucun rapport 2025 ne parle de Grésilles." in page.mots
    assert "Ce qui est compté" not in page.cellules()
    assert [ligne["Rapport"] for ligne in page.tableau("Rattachement")] == ["en retard, non reçu"] * 4


def test_une_premiere_campagne_ne_montre_pas_d_evolution(ouvrir, entrepots):
    page = ouvrir(entrepots("premiere-campagne"), PAGE, quartier="bourroches")
    evolutions = {ligne["Évolution"] for ligne in page.tableau("Mesure") if "Évolution" in ligne}
    assert evolutions <= {"pas encore comparable"}
    assert "depuis 2023, chez les mêmes répondants" not in page.mots
