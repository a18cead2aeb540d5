"""The follow-up on the page Collecte: its tabs, a campaign nobody answered yet, the coverage."""

import shutil

import pytest

from ctg.referentiel import dossier_par_defaut
from etl.construction.entrepot import construire
from tests.exemples.entrepots_fictifs import CONVENTION_SEULE, RACINE, SCENARIOS, dater

PAGE = "donnees/collecte"
# every page with a filter on the year
PAGES = (
    "pilotage/synthese",
    "pilotage/axe",
    "pilotage/fiche",
    "pilotage/indicateur",
    "territoire/quartier",
    "territoire/structure",
    "seance/exports",
)


@pytest.fixture(scope="module")
def avec_2026(tmp_path_factory, entrepots):
    """The established campaigns, and 2026 declared, with nothing received yet."""
    dossier = tmp_path_factory.mktemp("ouverte")
    convention = dossier / "convention"
    shutil.copytree(dossier_par_defaut(), convention)
    parametres = convention / "parametres.yml"
    declare = "  - {annee: 2025, echeance: 2026-07-15}\n"
    texte = parametres.read_text(encoding="utf-8")
    assert declare in texte
    ajoute = "  - {annee: 2026, echeance: 2027-07-15, echeance_fiches: 2027-10-01}\n"
    parametres.write_text(texte.replace(declare, declare + ajoute), encoding="utf-8")
    formulaires = entrepots("regime-etabli").with_name("regime-etabli")
    construire((formulaires,), convention, dossier / "ouverte.duckdb")
    dater(dossier / "ouverte.duckdb")
    return dossier / "ouverte.duckdb"


def test_une_campagne_ouverte_se_voit_avant_son_premier_formulaire(ouvrir, avec_2026):
    page = ouvrir(avec_2026, PAGE)
    assert page.essai.selectbox(key="filtre_annee").value == "2025"
    assert page.essai.selectbox(key="filtre_annee").options == ["2026 (rien reçu)", "2025", "2024", "2023"]
    page = ouvrir(avec_2026, PAGE, annee="2026")
    assert page.constats == ["Campagne 2026 ouverte : 0 reçu sur 72", "72 formulaires demandés, un par ligne"]
    assert "Échéances : 15 juillet 2027 (dans 236 jours) et 1er octobre 2027 (dans 314 jours)" in page.mots
    assert {ligne["Attendus"] for ligne in page.tableau("Attendus")} != {"–"}
    assert {ligne["En retard, non reçus"] for ligne in page.tableau("Attendus")} == {"–"}
    texte = ouvrir(avec_2026, PAGE, annee="2026", volet="relancer").essai.code[0].value
    assert "Merci de nous répondre avant le 15 juillet 2027." in texte


@pytest.mark.parametrize("nom", PAGES)
def test_une_page_ouverte_sur_une_campagne_sans_formulaire_se_lit(ouvrir, avec_2026, nom):
    page = ouvrir(avec_2026, nom, annee="2026")
    assert "Campagne 2026 · aucun répondant sur 72" in page.mots
    assert "KeyError" not in page.mots


@pytest.mark.parametrize("volet", ["reponses", "deposer", "corriger", "relancer", "couverture", "provenance"])
@pytest.mark.parametrize("annee", ["2025", "2026"])
def test_un_lien_ouvre_son_onglet_et_lui_seul_est_dessine(ouvrir, avec_2026, volet, annee):
    page = ouvrir(avec_2026, PAGE, annee=annee, volet=volet)
    dessines = [onglet for onglet in page.essai.tabs if len(onglet.children)]
    assert len(dessines) == 1


def test_un_onglet_inconnu_est_ignore(ouvrir, entrepots):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, volet="zzz")
    assert page.tableau("Demandés")


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_ce_qui_n_est_jamais_arrive_est_dit_en_retard(ouvrir, entrepots, scenario):
    page = ouvrir(entrepots(scenario), PAGE, annee="2025")
    lignes = page.tableau("État")
    absents = [ligne for ligne in lignes if ligne["Reçu le"] == "—"]
    assert {ligne["État"] for ligne in absents} == {"en retard, non reçu"}
    assert "Échéance : 15 juillet 2026 (il y a 129 jours) ; état au 21 novembre 2026" in page.mots


@pytest.mark.parametrize("par", ["quartier", "type"])
def test_le_suivi_se_compte_aussi_par_quartier_et_par_type(ouvrir, entrepots, par):
    page = ouvrir(entrepots("regime-etabli"), PAGE, annee="2025")
    page.essai.segmented_control(key="suivi_par").set_value(par).run()
    lignes = page.tableau("Demandés")
    assert sum(int(ligne["Demandés"]) for ligne in lignes) == 72
    assert "Fiches projet (référents)" in {list(ligne.values())[0] for ligne in lignes}


def test_la_couverture_se_lit_par_fiche_par_indicateur_et_par_repondant(ouvrir, entrepots):
    page = ouvrir(entrepots("premiere-campagne"), PAGE, volet="couverture")
    assert "ne pourra pas dire" in page.mots
    entiers = [ligne["Indicateur"] for ligne in page.tableau("Indicateur")]
    page.essai.segmented_control(key="couverture_lecture").set_value("Indicateur").run()
    page.essai.selectbox(key="couverture_indicateur").set_value("PE-2.0.2-b").run()
    etats = {ligne["2025"] for ligne in page.tableau("2025")}
    assert etats <= {"✓ disponible", "[c] masquée", "[z] sans objet", "[x] case vide", "! en retard"}
    page.essai.segmented_control(key="couverture_lecture").set_value("Répondant").run()
    page.essai.selectbox(key="couverture_repondant").set_value("archipel").run()
    assert not page.essai.exception
    # the chart has only room for the beginning of a name: its table has it whole
    entiers += [ligne["Indicateur"] for ligne in page.tableau("Indicateur")]
    assert max(map(len, entiers)) > 60 and not [nom for nom in entiers if nom.endswith("…")]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_la_couverture_tient_dans_chaque_etat(ouvrir, entrepots, scenario):
    page = ouvrir(entrepots(scenario), PAGE, volet="couverture")
    assert any("évalué" in constat for constat in page.constats)


def test_sans_campagne_declaree_la_page_dit_quoi_faire(ouvrir, tmp_path):
    convention = tmp_path / "convention"
    shutil.copytree(RACINE / "tests" / "exemples" / "referentiels" / "petite_ville", convention)
    parametres = convention / "parametres.yml"
    texte = parametres.read_text(encoding="utf-8")
    debut = texte.index("campagnes:")
    fin = texte.index("\n", texte.rindex("- {annee:"))
    parametres.write_text(texte[:debut] + "campagnes: []" + texte[fin:], encoding="utf-8")
    (tmp_path / "raw").mkdir()
    construire((tmp_path / "raw",), convention, tmp_path / "vide.duckdb")
    for volet in ("reponses", "relancer", "couverture", "provenance", "corriger"):
        page = ouvrir(tmp_path / "vide.duckdb", PAGE, volet=volet)
        assert page.essai.info
