"""Two submissions of one day: the hour typed decides before accepting, a choice in a list afterwards."""

import datetime as dt
import re
import shutil

import pytest
from playwright.sync_api import expect

from ctg import formats
from ctg.referentiel import dossier_par_defaut
from etl.construction.entrepot import construire
from etl.reception import acceptation, lots
from tests.exemples.accessibilite import violations
from tests.exemples.formulaire_rempli import remplir
from tests.exemples.tableau_servi import Onglet, servir
from tests.navigateur.test_depot import ENFANTS, RAPPORT, deposer
from tests.navigateur.test_toutes_les_pages import MOTS

# months and days that French does not write so
ANGLAIS_DES_DATES = r"\b(?:January|February|June|July|August|October|(?:Sept|Nov|Dec)ember|\w+day|Choose)\b"


@pytest.fixture
def minuit():
    """The beginning of today, looked at when the test runs: a long suite may begin the day before."""
    return dt.datetime.combine(dt.date.today(), dt.time())


@pytest.fixture
def ville(page, entrepots, tmp_path, monkeypatch, minuit):
    """L’Archipel sent a draft and a second version today, at an hour nobody wrote; then its final report."""
    monkeypatch.setenv("CTG_SAISIES", str(tmp_path / "saisies"))
    raw, depots, journal = tmp_path / "raw", tmp_path / "journal.depots", tmp_path / "journal.txt"
    raw.mkdir()
    source = entrepots("regime-etabli").parent / "regime-etabli" / "2025" / RAPPORT
    for nom, enfants in (("brouillon.xlsx", 700), ("seconde.xlsx", 701), ("definitif.xlsx", 702)):
        remplir(shutil.copy(source, tmp_path / nom), {ENFANTS: enfants})
    for nom in ("brouillon.xlsx", "seconde.xlsx"):
        lots.deposer([(nom, (tmp_path / nom).read_bytes())], depots)
        acceptation.accepter(lots.en_attente(depots)[0], {nom: minuit}, raw, depots)
    construire((raw,), dossier_par_defaut(), tmp_path / "w.duckdb")
    with servir(tmp_path / "w.duckdb", journal, CTG_RAW=str(raw)) as tableau:
        onglet = Onglet(page, tableau)
        onglet.ouvrir("collecte?volet=deposer&annee=2025")
        yield raw, tmp_path / "definitif.xlsx", onglet


def test_l_ordre_de_deux_envois_recus_le_meme_jour_se_dit_sur_la_page(ville, minuit):
    raw, definitif, onglet = ville
    page = onglet.page
    page.get_by_text("rien ne dit lequel est arrivé le dernier").wait_for()
    garder = page.get_by_role("button", name="Garder cet ordre et recharger")
    expect(garder).to_be_disabled()
    assert violations(page) == []
    onglet.filtre("Arrivé le dernier").click()
    page.get_by_role("option", name="seconde.xlsx").click()
    expect(page.get_by_role("button", name="Effacer le choix")).to_be_visible()
    garder.click()
    expect(page.get_by_text("seconde.xlsx » compte, arrivé le dernier")).to_be_in_viewport(ratio=1)
    onglet.attendre()
    (dite,) = (raw / "recus" / "receptions.csv").read_text(encoding="utf-8").splitlines()[1:]
    _, fichier, recu_le, *_ = dite.split(";")
    assert (fichier.rpartition("/")[2], recu_le) == ("seconde.xlsx", f"{minuit.date()}T00:00:01")

    deposer(onglet, definitif)
    sort = page.get_by_role("checkbox", name="definitif.xlsx")
    expect(sort).to_have_accessible_name("definitif.xlsx — Serait chargé")
    page.get_by_role("spinbutton", name="Heure").first.click()
    page.keyboard.type("0000")
    page.keyboard.press("Tab")
    expect(sort).to_have_accessible_name("definitif.xlsx — Plus ancien qu’un autre envoi")
    onglet.attendre()
    assert violations(page) == []


def test_la_date_se_choisit_en_francais_sur_une_machine_anglaise(ville, minuit):
    """What is seen, and what is said to whoever does not see it."""
    _, definitif, onglet = ville
    page = onglet.page
    deposer(onglet, definitif)
    aujourd_hui = formats.date_longue(minuit)
    mois = aujourd_hui.split()[1]
    for partie in ("jour, Reçu le", "mois, Reçu le", "année, Reçu le"):
        expect(page.get_by_role("spinbutton", name=partie)).to_be_visible()
    numero = page.get_by_role("spinbutton", name="mois, Reçu le")
    assert numero.get_attribute("aria-valuetext") == f"{minuit.month} – {mois}"
    page.get_by_role("button", name="Choisir la date").click()
    calendrier = page.get_by_role("dialog")
    expect(calendrier.get_by_role("button", name="Mois précédent")).to_be_visible()
    expect(calendrier.get_by_role("grid")).to_contain_text("LMMJVSD")
    mots = page.evaluate(MOTS)
    assert any(f"{mois} {minuit.year}" in mot for mot in mots)
    assert [mot for mot in mots if re.search(ANGLAIS_DES_DATES, mot)] == []
    assert violations(page) == []
