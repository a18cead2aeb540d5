"""The page Axe: its fiches, their chosen measures by quartier, what cannot be said and why."""

import pytest

from ctg.entrepot import Entrepot
from tests.exemples.entrepots_fictifs import CONVENTION_SEULE, SCENARIOS

PAGE = "pilotage/axe"


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize(("axe", "titre"), [("PE", "Petite enfance"), ("AVS", "Animation de la vie sociale")])
def test_chaque_axe_se_lit_dans_chaque_etat_de_la_collecte(ouvrir, entrepots, scenario, axe, titre):
    page = ouvrir(entrepots(scenario), PAGE, axe=axe)
    assert page.titre == f"Axe {titre}"
    assert "Ce que l’axe ne peut pas encore dire" in page.mots


def test_sans_axe_choisi_la_page_les_propose(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE)
    assert page.titre == "Les axes de la convention"
    assert [lien.proto.label for lien in page.essai.get("page_link")] == [
        "Petite enfance", "Enfance", "Jeunesse", "Animation de la vie sociale",
    ]  # fmt: skip


def test_les_petits_graphiques_gardent_une_seule_echelle(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, axe="JE", quartier="gresilles")
    graphiques = page.essai.get("plotly_chart")
    assert len(graphiques) == 3
    tableau = page.tableau("2024")
    assert [ligne["Quartier"] for ligne in tableau] == [
        "Toison d’Or", "Grésilles", "Maladière", "Université", "Chevreul-Parc", "Centre-ville", "Bourroches",
        "Fontaine d’Ouche", "Montchapet",
    ]  # fmt: skip


def test_ce_qu_il_ne_peut_pas_dire_vient_des_etats(ouvrir, entrepots):
    muets = Entrepot(entrepots("regime-etabli")).executer(
        """SELECT DISTINCT i.libelle, s.raison FROM publication.etat_indicateur AS s
           JOIN publication.indicateur AS i ON i.indicateur_id = s.indicateur_id
           JOIN publication.indicateur_ligne AS l ON l.indicateur_id = i.indicateur_id
           WHERE l.axe_id = 'JE' AND s.annee = 2025 AND s.etat = 'donnees_insuffisantes'"""
    )
    mots = ouvrir(entrepots("regime-etabli"), PAGE, axe="JE").mots
    assert len(muets) >= 3
    for muet in muets.itertuples():
        assert muet.libelle in mots and muet.raison in mots


def test_une_mesure_sans_quartier_est_dite(ouvrir, entrepots):
    mots = ouvrir(entrepots("regime-etabli"), PAGE, axe="PE").mots
    assert "Rien à montrer par quartier en 2025 : " in mots
    assert "PE-5 (Schéma pluriannuel finalisé)" in mots


def test_a_defaut_de_la_mesure_phare_une_autre_se_montre_et_le_dit(ouvrir, entrepots):
    page = ouvrir(entrepots("premiere-campagne"), PAGE, axe="JE")
    assert "(à défaut de : Jeunes différents impliqués dans un projet d’insertion)" in page.mots
    assert len(page.essai.get("plotly_chart")) >= 2


def test_sans_reponse_aucun_graphique_et_une_raison(ouvrir, entrepots):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, axe="JE")
    assert page.essai.get("plotly_chart") == []
    assert "Les fiches attendent encore leurs premières données" in page.mots
    assert "Toutes ses mesures ont reçu assez de réponses" not in page.mots
    assert "**JE-1 · Chantiers éducatifs** : Aucune réponse reçue." in page.mots
    assert "**JE-1 · Sorties positives pour les jeunes** : Définition à arrêter par : Référent" in page.mots


def test_une_mesure_de_deux_fiches_est_dite_muette_une_seule_fois(ouvrir, entrepots):
    mots = ouvrir(entrepots("premiere-campagne"), PAGE, axe="JE").mots
    assert mots.count("Satisfaction des bénéficiaires de l’action KAPS") == 1
    assert "JE-2 et JE-3 · Satisfaction des bénéficiaires de l’action KAPS" in mots
