"""The page Indicateur: one measure under every angle, secrets kept, definition at hand."""

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from tests.exemples.entrepots_fictifs import SCENARIOS

PAGE = "pilotage/indicateur"
REFERENTIEL = charger(dossier_par_defaut())
# one of each nature, each calendar, each way to add up
CHOISIS = (
    "PE-1.0.1-a",
    "PE-2.0.2-d",
    "PE-3.0.1-b",
    "PE-5.j4",
    "EN-3.0.1-b",
    "EN-4.0.p6",
    "EN-5.0.1-a",
    "JE-1.2.5-a",
)


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("indicateur_id", CHOISIS)
def test_chaque_nature_se_lit_dans_chaque_etat_de_la_collecte(ouvrir, entrepots, scenario, indicateur_id):
    page = ouvrir(entrepots(scenario), PAGE, indicateur=indicateur_id)
    assert page.titre == REFERENTIEL.indicateurs[indicateur_id].libelle
    assert f"**Identifiant** : {indicateur_id}" in page.mots


def test_tous_les_angles(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, indicateur="JE-1.1.1-a")
    assert "Sous la ligne imprimée « Nombre de jeunes impliqués » (document 001, ligne 1418)" in page.mots
    for colonne in ("Année", "Quartier", "Structure", "2024", "Tranche d’âge (jeunes)", "Sexe"):
        assert page.tableau(colonne)


def test_un_petit_effectif_reste_secret_partout(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, indicateur="JE-1.1.1-a")
    autres = [ligne for ligne in page.tableau("Sexe") if ligne["Sexe"] == "Autre ou non précisé"]
    assert autres == [{"Sexe": "Autre ou non précisé", "Valeur": "secret"}]


def test_par_trimestre_quand_la_mesure_l_est(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, indicateur="PE-1.0.1-a")
    assert [ligne["Trimestre"][:3] for ligne in page.tableau("Trimestre")] == ["1er", "2e ", "3e ", "4e "]


def test_une_periode_choisie_change_les_quartiers(ouvrir, entrepots):
    annee = ouvrir(entrepots("regime-etabli"), PAGE, indicateur="PE-1.0.1-a").tableau("Quartier")
    trimestre = ouvrir(entrepots("regime-etabli"), PAGE, indicateur="PE-1.0.1-a", periode="2025-T1")
    assert "1er trimestre 2025" in trimestre.mots
    assert trimestre.tableau("Quartier") != annee


def test_une_definition_a_arreter_ne_montre_aucun_graphique(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, indicateur="JE-1.2.5-a")
    assert page.essai.get("plotly_chart") == []
    assert "Définition à arrêter par : Référent jeunesse." in page.mots


def test_une_mesure_partagee_dit_ses_deux_fiches(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, indicateur="JE-2.1.1-a")
    liens = [lien.proto.label for lien in page.essai.get("page_link")]
    assert any("JE\\-2" in lien for lien in liens) and any("JE\\-3" in lien for lien in liens)
