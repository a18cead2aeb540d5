"""The workbook of the mid-term evaluation, opened again: what it says is what the warehouse knows."""

import functools

import pytest

from ctg.entrepot import Entrepot
from ctg.exports import suivi
from tests.exemples.classeur_relu import ClasseurRelu
from tests.exemples.entrepots_fictifs import CONVENTION_SEULE, SCENARIOS


@pytest.fixture(scope="module")
def produit(entrepots):
    """`produit(scenario) -> bytes`: the workbook of a scenario, written once."""
    return functools.cache(lambda scenario: suivi.produire(Entrepot(entrepots(scenario))))


@pytest.fixture(scope="module")
def relu(produit):
    return ClasseurRelu.de(produit("regime-etabli"))


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_le_classeur_s_ouvre_dans_chaque_etat_de_la_collecte(entrepots, produit, scenario):
    entrepot = Entrepot(entrepots(scenario))
    octets = produit(scenario)
    assert octets == suivi.produire(entrepot)
    relu = ClasseurRelu.de(octets)
    assert [page.title for page in relu.pages] == ["Non évaluable", "Matrice", "Méthode"]
    for page in relu.pages:
        assert ("Données fictives" in str(page["A3"].value)) is (scenario != CONVENTION_SEULE)
        assert "provisoire, ne pas diffuser" in str(page["A3"].value)
        assert not [c.coordinate for rangee in page.iter_rows() for c in rangee if c.data_type == "f"]
    assert ("fictives" in suivi.nom_de_fichier(entrepot)) is (scenario != CONVENTION_SEULE)


def test_la_premiere_feuille_commence_par_ce_qui_ne_peut_pas_etre_evalue_et_dit_pourquoi(relu):
    lignes = relu.lignes("Non évaluable")
    dits = [ligne["Ce que l’on peut en dire"] for ligne in lignes]
    rangs = ["ne peut pas être évalué", "niveau seul, sans évolution", "peut être évalué"]
    assert [rangs.index(dit) for dit in dits] == sorted(rangs.index(dit) for dit in dits)
    assert all(
        (ligne["Pourquoi"] == "—") is (ligne["Ce que l’on peut en dire"] == rangs[2]) for ligne in lignes
    )
    muette = relu.ligne("Non évaluable", Indicateur="JE-1.1.3-b")
    assert muette["Réponses 2025"] == "non demandé"
    assert muette["Cause principale"] == "définition à arrêter"
    assert muette["Pourquoi"] == "Définition à arrêter par : Référent jeunesse."


def test_les_reponses_comptees_sont_celles_de_la_matrice(relu):
    ligne = relu.ligne("Non évaluable", Indicateur="PE-2.0.2-b")
    matrice = [x for x in relu.lignes("Matrice") if x["Indicateur"] == "PE-2.0.2-b"]
    for annee in (2023, 2024, 2025):
        etats = [x[f"État {annee}"] for x in matrice]
        donnees = sum(etat in ("✓ disponible", "[c] masquée") for etat in etats)
        demandees = sum(etat not in ("[z] sans objet", "– non demandée") for etat in etats)
        assert ligne[f"Réponses {annee}"] == f"{donnees} sur {demandees}"


def test_la_matrice_ne_porte_que_des_etats_et_dit_ce_qui_a_ete_refuse(relu):
    lignes = relu.lignes("Matrice")
    etats = {valeur for ligne in lignes for titre, valeur in ligne.items() if titre.startswith("État")}
    assert etats <= {
        "✓ disponible",
        "[c] masquée",
        "[z] sans objet",
        "[x] case vide",
        "✕ refusée",
        "! en retard",
        "… attendue",
        "– non demandée",
    }
    refusees = [ligne for ligne in lignes if "✕ refusée" in ligne.values()]
    assert refusees and all("n’est pas un nombre" in ligne["Précisions"] for ligne in refusees)


def test_masque_ne_dit_que_ce_que_l_ecran_cache_deja(entrepots):
    """A cell said masked is secret in what is published of it, and the other way round."""
    entrepot = Entrepot(entrepots("regime-etabli"))
    masques = entrepot.executer(
        "SELECT indicateur_id, repondant_id, annee FROM collecte.couverture"
        " WHERE etat = 'masque' AND formulaire = 'structure'"
    )
    secretes = entrepot.executer(
        "SELECT indicateur_id, territoire_id AS repondant_id, annee FROM publication.mesure"
        " WHERE niveau = 'structure' AND perimetre = 'tous' AND ventilation = 'total'"
        " GROUP BY ALL HAVING bool_or(etat = 'secret') AND NOT bool_or(etat = 'publie')"
    )
    assert len(masques)
    saisies = set(
        entrepot.executer("SELECT indicateur_id FROM publication.indicateur WHERE calcul IS NULL").iloc[:, 0]
    )
    vues = {tuple(x) for x in secretes.itertuples(index=False) if x.indicateur_id in saisies}
    dites = {tuple(x) for x in masques.itertuples(index=False) if x.indicateur_id in saisies}
    assert dites == vues
