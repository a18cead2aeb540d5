"""A fiche with the aval, a report that changes it: named, taken back with a reason, seen by the other tab."""

import shutil

import pytest
from playwright.sync_api import expect

from ctg.entrepot import Entrepot
from ctg.referentiel import charger, dossier_par_defaut
from etl.construction.entrepot import construire
from etl.saisies.cases import cases
from etl.saisies.decisions import declarer_etape
from etl.saisies.demande import corriger
from tests.exemples.accessibilite import violations
from tests.exemples.formulaire_rempli import remplir
from tests.exemples.tableau_servi import DELAI, PROJECTEUR, Onglet, espaces_simples, servir
from tests.navigateur.test_depot import ENFANTS, RAPPORT, deposer

CONVENTION = charger(dossier_par_defaut())
FAMILLES = ("v:familles", "valeur")
RAISON = "Rapport définitif, reçu après l’aval"


@pytest.fixture
def ville(page, entrepots, tmp_path, monkeypatch):
    """L’Archipel alone answered; EN-1 has its aval; the report it sends now says 777 children."""
    monkeypatch.setenv("CTG_SAISIES", str(tmp_path / "saisies"))
    raw, entrepot = tmp_path / "raw", tmp_path / "entrepot.duckdb"
    raw.mkdir()
    source = entrepots("regime-etabli").parent / "regime-etabli" / "2025" / RAPPORT
    envoi = shutil.copy(source, tmp_path / "envoi.xlsx")
    shutil.copy(source, raw / RAPPORT)
    construire((raw,), dossier_par_defaut(), entrepot)
    for etape, fonction in (("confirmee", "coordination"), ("validee", "referent-enfance"), ("aval", "caf")):
        champs = {"annee": 2025, "fiche_id": "EN-1", "etape": etape, "acte": "atteinte", "fictif": "oui"}
        dite = champs | {"fonction": fonction, "raison": "Dit en réunion"}
        declarer_etape(Entrepot(entrepot), CONVENTION, dite)
    construire((raw,), dossier_par_defaut(), entrepot)
    remplir(envoi, {ENFANTS: 777})
    with servir(entrepot, tmp_path / "journal.txt", CTG_RAW=str(raw)) as tableau:
        yield raw, envoi, Onglet(page, tableau)


def test_un_aval_se_reprend_avec_une_raison_et_l_autre_onglet_n_a_rien_a_charger(ville, contexte):
    raw, envoi, onglet = ville
    page = onglet.page
    onglet.ouvrir("collecte?volet=deposer&annee=2025")
    deposer(onglet, envoi)
    page.get_by_text("EN-1 (2025) reviendrait avant l’aval").wait_for(timeout=DELAI)
    texte = onglet.texte()
    assert "EN-1 · " in texte and "étape atteinte : aval de la Caf" in texte and "777 enfants" in texte
    assert violations(page) == []
    page.get_by_role("button", name="Accepter").click()
    page.get_by_text("il manque la raison").wait_for(timeout=DELAI)
    assert not (raw / "recus").exists()

    ailleurs = Onglet(contexte.new_page(), onglet.tableau)
    ailleurs.ouvrir("collecte?volet=reponses&annee=2025")
    page.get_by_role("textbox", name="Raison, sans nom de personne").fill(RAISON)
    page.get_by_role("button", name="Accepter").click()
    page.get_by_text("EN-1 (2025) de retour avant l’aval").wait_for(timeout=DELAI)
    ailleurs.ouvrir("collecte?volet=decider&decider=etapes&annee=2025")
    ailleurs.page.get_by_text("retiré le").first.wait_for(timeout=DELAI)
    assert "Charger maintenant" not in ailleurs.texte()
    ailleurs.page.close()


def test_d_un_bout_a_l_autre_de_la_page_le_geste_et_son_issue_restent_sous_les_yeux(ville, tmp_path):
    """On the smallest screen, at the top as at the end of a long page."""
    _, envoi, onglet = ville
    page = onglet.page
    autres = [tmp_path / f"note_{rang}.csv" for rang in range(6)]
    for rang, autre in enumerate(autres):
        autre.write_text(f"a;b\n{rang};2\n", encoding="utf-8")
    onglet.ouvrir("collecte?volet=deposer&annee=2025")
    deposer(onglet, envoi, *autres)
    accepter = page.get_by_role("button", name="Accepter 1 fichier")
    avis = page.get_by_text("EN-1 (2025) reviendrait avant l’aval")
    raison = page.get_by_role("textbox", name="Raison, sans nom de personne")
    dernier = page.get_by_text("note_5.csv")
    expect(dernier).not_to_be_in_viewport()
    for element in (accepter, avis, raison):
        expect(element).to_be_in_viewport(ratio=1)
    dernier.scroll_into_view_if_needed()
    for element in (accepter, avis, raison, dernier):
        expect(element).to_be_in_viewport(ratio=1)
    raison.fill(RAISON)
    accepter.click()
    issue = page.get_by_text("EN-1 (2025) de retour avant l’aval")
    expect(issue).to_be_in_viewport(ratio=1)
    onglet.attendre()
    dernier.scroll_into_view_if_needed()  # those that were not chosen still wait
    for element in (issue, dernier):
        expect(element).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 640, "height": 360})  # twice as large: the foot would leave no room
    expect(page.get_by_test_id("stBottom")).to_have_css("position", "static")
    page.set_viewport_size(PROJECTEUR)
    assert violations(page) == []


def test_une_correction_que_le_depot_perdrait_est_dite_avant_d_accepter(ville):
    raw, envoi, onglet = ville
    entrepot, (cle, code) = onglet.tableau.entrepot, FAMILLES
    (case,) = [
        c for c in cases(Entrepot(entrepot), CONVENTION, "archipel", 2025) if (c.cle, c.code) == (cle, code)
    ]
    champs = {"repondant_id": "archipel", "annee": 2025, "cle": cle, "code": code, "ancienne": case.contenu}
    dite = {"nouvelle": "195", "fonction": "coordination", "raison": "Appel", "fictif": "oui"}
    corriger(Entrepot(entrepot), CONVENTION, champs | dite)
    construire((raw,), dossier_par_defaut(), entrepot)
    remplir(envoi, {FAMILLES: 210})
    onglet.ouvrir("collecte?volet=deposer&annee=2025")
    deposer(onglet, envoi)
    assert "1 correction à la main ne vaudrait plus." in onglet.texte()
    perdue = onglet.page.get_by_role("row", name="L’Archipel, 2025 : Familles")
    assert espaces_simples(perdue.inner_text()).split("\t")[2].strip() == "195"
    assert violations(onglet.page) == []


def test_ce_qui_attend_disparait_des_autres_onglets_une_fois_charge(ville, contexte):
    raw, envoi, onglet = ville
    shutil.copy(envoi, raw / "envoi.xlsx")  # put there by hand
    ailleurs = Onglet(contexte.new_page(), onglet.tableau)
    for un in (ailleurs, onglet):
        un.ouvrir("collecte?volet=reponses&annee=2025")
        un.page.get_by_role("button", name="Charger maintenant").wait_for(timeout=DELAI)
    onglet.page.get_by_role("button", name="Charger maintenant").click()
    ailleurs.page.get_by_role("button", name="Charger maintenant").wait_for(state="detached", timeout=DELAI)
    ailleurs.page.close()
