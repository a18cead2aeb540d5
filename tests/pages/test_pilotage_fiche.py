"""The page Fiche: the convention's words, every printed line with its measures, proposals apart."""

import pytest

from ctg import phrases
from ctg.entrepot import Entrepot
from ctg.referentiel import charger, dossier_par_defaut
from tests.exemples.entrepots_fictifs import CONVENTION_SEULE, SCENARIOS

PAGE = "pilotage/fiche"
REFERENTIEL = charger(dossier_par_defaut())


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("fiche_id", REFERENTIEL.fiches)
def test_chaque_ligne_imprimee_se_lit_telle_qu_imprimee_avec_sa_source(ouvrir, entrepots, scenario, fiche_id):
    page = ouvrir(entrepots(scenario), PAGE, fiche=fiche_id)
    assert page.titre == f"{fiche_id} · {REFERENTIEL.fiches[fiche_id].titre}"
    lignes = [ligne for ligne in REFERENTIEL.lignes.values() if ligne.fiche_id == fiche_id]
    for ligne in lignes:
        assert f"« {ligne.libelle} »" in page.mots
        source = phrases.source_imprimee(ligne.source)
        assert f"Ligne {ligne.ligne_id}, telle qu’imprimée dans la convention ({source})" in page.mots
    sans_ligne = "Aucune ligne d’indicateur n’est lisible dans la convention pour cette fiche." in page.mots
    assert sans_ligne == (not lignes) == (fiche_id in {"PE-5", "EN-1", "EN-4"})


def test_les_objectifs_et_resultats_sont_dans_les_mots_de_la_convention(ouvrir, entrepots):
    mots = ouvrir(entrepots("regime-etabli"), PAGE, fiche="PE-1").mots
    assert "Clarifier la notion de guichet unique (document 001, ligne 1158)" in mots
    assert "Installation d’un guichet unique prenant en compte les spécificités" in mots


def test_les_valeurs_sont_celles_de_la_vue(ouvrir, entrepots):
    vues = Entrepot(entrepots("regime-etabli")).executer(
        """SELECT i.libelle, m.affichage, m.nb_repondantes, m.nb_attendues
           FROM publication.mesure AS m JOIN publication.indicateur AS i ON i.indicateur_id = m.indicateur_id
           WHERE m.indicateur_id IN ('JE-1.1.1-a', 'JE-1.1.2-a', 'JE-1.2.3-a') AND m.annee = 2025
             AND m.niveau = 'ville' AND m.type_structure = 'tous' AND m.perimetre = 'tous'
             AND m.ventilation = 'total' AND m.periode_id = '2025'"""
    )
    page = ouvrir(entrepots("regime-etabli"), PAGE, fiche="JE-1")
    cellules = page.cellules()
    assert len(vues) == 3
    for vue in vues.itertuples():
        assert vue.libelle in cellules
        assert vue.affichage.replace("\u202f", " ") in cellules
        assert f"{vue.nb_repondantes} sur {vue.nb_attendues}" in cellules


def test_une_proposition_ne_passe_jamais_pour_imprimee(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, fiche="EN-1")
    assert "Mesures proposées, sans ligne imprimée" in page.constats
    mesures = page.tableau("Origine")
    assert {mesure["Origine"] for mesure in mesures} == {"proposé"}


def test_une_definition_a_arreter_n_a_pas_de_nombre(ouvrir, entrepots):
    cellules = ouvrir(entrepots("regime-etabli"), PAGE, fiche="JE-1").cellules()
    assert "définition à arrêter par : Référent jeunesse" in cellules


def test_un_jalon_decale_garde_sa_raison_et_sa_place_sur_la_frise(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, fiche="PE-5")
    jalons = {ligne["Jalon"]: ligne for ligne in page.tableau("Jalon")}
    assert len(jalons) == 4
    assert any(ligne["État"].startswith("décalé") for ligne in jalons.values())


def test_la_mesure_phare_est_ouverte_et_les_autres_attendent(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, fiche="JE-1")
    assert len(page.essai.get("plotly_chart")) == 3
    assert any("depuis 2023" in constat for constat in page.constats)


def test_le_quartier_choisi_limite_les_structures(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, fiche="JE-1", quartier="gresilles")
    structures = [ligne["Structure"] for ligne in page.tableau("Structure")]
    assert "L’Essentiel-le" in structures and "Maison Maladière" not in structures
    assert "par structure du quartier Grésilles, ordre alphabétique" in page.mots


def test_un_type_de_structure_change_le_perimetre(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, fiche="JE-1", type="mediatheque")
    reseau = REFERENTIEL.types_structure["mediatheque"].libelle
    assert f", ville entière, {reseau}, " in page.mots
    # no library answers the chosen measure: another one stands open
    assert "Jeunes différents impliqués dans un projet d’insertion (jeunes)" not in page.mots


def test_la_premiere_mesure_repondue_est_ouverte_a_defaut_de_la_mesure_phare(ouvrir, entrepots):
    page = ouvrir(entrepots("premiere-campagne"), PAGE, fiche="JE-1")
    assert "Projets initiés par les jeunes (projets), ville entière, 2024" in page.mots
    assert page.essai.get("plotly_chart")


def test_qui_repond(ouvrir, entrepots):
    lignes = ouvrir(entrepots("regime-etabli"), PAGE, fiche="PE-1").tableau("Répondant")
    assert {ligne["Répondant"] for ligne in lignes} == {
        "Référent petite enfance",
        "Relais petite enfance (RPE)",
    }


def test_sans_reponse_les_mots_manquants_sont_demandes_a_quelqu_un(ouvrir, entrepots):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, fiche="PE-1")
    assert "Rien n’a encore été écrit sur cette fiche pour la campagne 2025." in page.mots
    assert "Le formulaire de la fiche est à demander à : Référent petite enfance." in page.mots
