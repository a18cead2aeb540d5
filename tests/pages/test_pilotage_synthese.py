"""The page Synthèse: the headline agrees with the states, every fiche has its line, the unknown is said."""

from collections import Counter

import pytest

from ctg import etats, phrases
from ctg.entrepot import Entrepot
from tests.exemples.entrepots_fictifs import CAMPAGNES, CONVENTION_SEULE

PAGE = "pilotage/synthese"


@pytest.mark.parametrize("scenario", CAMPAGNES)
def test_la_phrase_compte_les_etats_de_la_vue(ouvrir, entrepots, scenario):
    lues = Entrepot(entrepots(scenario)).executer(
        "SELECT etat FROM publication.etat_fiche QUALIFY annee = max(annee) OVER ()"
    )
    page = ouvrir(entrepots(scenario), PAGE)
    assert page.titre == "Synthèse"
    assert phrases.convention(Counter(lues["etat"])) in page.mots


def test_les_quinze_fiches_ont_leur_ligne_comme_dans_les_vues(ouvrir, entrepots):
    vues = Entrepot(entrepots("regime-etabli")).executer(
        """SELECT f.fiche_id, e.etat, e.nb_repondantes, e.nb_attendues, m.affichage
           FROM publication.fiche AS f
           JOIN publication.etat_fiche AS e ON e.fiche_id = f.fiche_id AND e.annee = 2025
           JOIN publication.mesure AS m ON m.indicateur_id = f.mesure_phare AND m.annee = 2025
               AND m.niveau = 'ville' AND m.type_structure = 'tous' AND m.perimetre = 'tous'
               AND m.ventilation = 'total' AND (m.periode_id = '2025' OR m.periode_id = '2024-2025')"""
    )
    page = ouvrir(entrepots("regime-etabli"), PAGE)
    lignes = {ligne["Fiche"].split(" · ")[0]: ligne for ligne in page.tableau("Mesure phare")}
    assert len(lignes) == 15
    for vue in vues.itertuples():
        ligne = lignes[vue.fiche_id]
        assert ligne["État"] == etats.libelle(vue.etat)
        assert ligne["Répondu"] == f"{vue.nb_repondantes} / {vue.nb_attendues}"
        valeur = vue.affichage.replace("\u202f", " ").replace("\u00a0", " ")
        assert ligne["Mesure phare"].endswith(f" : {valeur}")


def test_un_axe_seul(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, axe="JE")
    assert [ligne["Fiche"][:4] for ligne in page.tableau("Mesure phare")] == ["JE-1", "JE-2", "JE-3"]
    assert page.constats[0] == "Jeunesse"


def test_la_carte_dit_l_absence_d_acteur_autrement_que_l_absence_de_reponse(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE)
    carte = {ligne["Fiche"].split(" · ")[0]: ligne for ligne in page.tableau("Toison d’Or")}
    # the schéma pluriannuel (PE-5) is answered by the city alone
    assert carte["PE-5"]["Grésilles"] == "s. o." and carte["PE-5"]["Ville entière"] == "1 / 1"
    assert "s. o. : aucun acteur" in page.mots


def test_sans_reponse_la_page_dit_pourquoi_et_que_faire(ouvrir, entrepots):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE)
    assert "Les fiches attendent encore leurs premières données" in page.mots
    assert "Aucun rapport n’est arrivé pour la campagne 2025." in page.mots
    assert "chargez les réponses (Collecte dit comment)" in page.mots
    assert len(page.tableau("Mesure phare")) == 15
    assert "Données fictives" not in page.mots


def test_ce_qui_a_change_vient_des_deux_campagnes(ouvrir, entrepots):
    vues = Entrepot(entrepots("regime-etabli")).executer(
        """SELECT n.fiche_id FROM publication.etat_fiche AS n
           JOIN publication.etat_fiche AS p ON p.fiche_id = n.fiche_id AND p.annee = n.annee - 1
           WHERE n.annee = 2025 AND n.etat <> p.etat"""
    )
    mots = ouvrir(entrepots("regime-etabli"), PAGE).mots
    suite = mots[mots.index("→") - 200 :] if len(vues) else ""
    for fiche_id in vues["fiche_id"]:
        assert f"{fiche_id} · " in suite
    assert "Ce qui a changé depuis la campagne 2024" in mots
