"""Every declared page, opened by its address, in the three states the city will know.

Established regime, first campaign, and a convention nobody has answered yet. Each view is opened once; every
test then looks at the same tab.
"""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as Attendu

from pages.commun import navigation
from tests.exemples.accessibilite import violations
from tests.exemples.entrepots_fictifs import CONVENTION_SEULE, SCENARIOS
from tests.exemples.tableau_servi import PROJECTEUR, Onglet

REGIME, PREMIERE, _ = SCENARIOS
VUES = [
    *((scenario, page.adresse) for page in navigation.PAGES for scenario in SCENARIOS),
    (REGIME, "axe?axe=JE"),
    (PREMIERE, "axe?axe=PE"),
    (REGIME, "fiche?fiche=EN-1"),
    (REGIME, "fiche?fiche=JE-1&quartier=gresilles"),
    (REGIME, "quartier?quartier=gresilles"),
    (PREMIERE, "quartier?quartier=fontaine-douche"),
    (REGIME, "structure?structure=essentiel-le"),
    (REGIME, "collecte?provenance=JE-1.1.1-a"),
    (REGIME, "collecte?volet=deposer"),
    (REGIME, "collecte?volet=relancer"),
    (PREMIERE, "collecte?volet=couverture"),
]
# what Streamlit or a careless page would let out; whole words, so that no French one is caught
ANGLAIS = "|".join(
    (
        "Page not found|You have requested|This app has|error|Traceback|Untitled|None|nan|NaN|NaT|undefined",
        "null|Deploy|Running|Rerun|Stop|Loading|Settings|Print|About|Download|Search|Fullscreen|Show|Hide|Open",
        "Close|Clear|Copy|Choose|Select|No results|No options|Upload|Browse|Drag and drop|per file|Skip to",
        "App pages|Main menu|[Ss]idebar|Link to heading|Help|View more|True|False|icon",
    )
)
MOTIF = rf"(?:^|[^\w/])(?:{ANGLAIS})(?:$|[^\w])"
# the words on screen, and those a screen reader says; names of icons, drawn by a font, are neither
MOTS = """() => {
  const muets = '[data-testid="stIconMaterial"], script, style, noscript';
  const marche = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const mots = [];
  while (marche.nextNode()) {
    const parent = marche.currentNode.parentElement;
    if (!parent.closest(muets) && parent.checkVisibility()) mots.push(marche.currentNode.nodeValue);
  }
  for (const nom of ["aria-label", "title", "alt", "placeholder"])
    for (const element of document.querySelectorAll(`[${nom}]`)) mots.push(element.getAttribute(nom));
  return mots;
}"""
SANS_ANGLAIS = f"(motif) => !({MOTS})().some(texte => new RegExp(motif).test(texte))"
# neither 1,234 nor 12.5; identifiers (JE-1.1.2), files, versions (RGAA 4.1) are not numbers
NOMBRE_ANGLAIS = r"(?<![\w.,-])\d{1,3},\d{3}\b|(?<![\w.:/-])(?<!RGAA )(?<!Ouverte )\d+\.\d+(?![\w.])"
DEBORD = """() => {
  const cadre = document.querySelector('[data-testid="stMain"]');
  return [document.documentElement.scrollWidth - innerWidth, cadre.scrollWidth - cadre.clientWidth];
}"""


@dataclass(frozen=True)
class Vue:
    """A view opened: the tab, what it asked of any server, what ours wrote meanwhile."""

    scenario: str
    page: Page
    requetes: list[str]
    journal: str


@pytest.fixture(scope="module", params=VUES, ids=" ".join)
def vue(request, page, tableaux):
    scenario, adresse = request.param
    tableau = tableaux(scenario)
    deja = len(tableau.journal.read_bytes())
    requetes = []

    def noter(demande):
        requetes.append(demande.url)

    page.set_viewport_size(PROJECTEUR)
    page.on("request", noter)
    page.on("websocket", noter)
    Onglet(page, tableau).ouvrir(adresse)
    yield Vue(scenario, page, requetes, tableau.journal.read_bytes()[deja:].decode("utf-8"))
    page.remove_listener("request", noter)
    page.remove_listener("websocket", noter)


def test_la_page_est_dessinee_sans_erreur(vue):
    assert "Traceback" not in vue.journal
    assert vue.page.get_by_test_id("stException").count() == 0
    assert vue.page.get_by_test_id("stMain").get_by_role("heading", level=1).count() == 1


def test_elle_est_en_francais_et_porte_son_titre(vue):
    titre = vue.page.get_by_role("heading", level=1).inner_text()
    assert vue.page.locator("html").get_attribute("lang") == "fr"
    assert vue.page.title() == f"{titre} — Convention territoriale globale, Dijon"


def test_aucun_mot_anglais(vue):
    try:
        vue.page.wait_for_function(SANS_ANGLAIS, arg=MOTIF)
    except Attendu:
        assert [texte for texte in vue.page.evaluate(MOTS) if re.search(MOTIF, texte)] == []


def test_les_nombres_sont_francais_sur_une_machine_anglaise(vue):
    assert re.findall(NOMBRE_ANGLAIS, vue.page.get_by_test_id("stMain").inner_text()) == []


def test_le_bandeau_dit_ce_qui_est_fictif_et_provisoire(vue):
    bandeau = vue.page.locator(".st-key-bandeau").inner_text()
    assert ("Données fictives" in bandeau) == (vue.scenario != CONVENTION_SEULE)
    assert "provisoire, ne pas diffuser" in bandeau


def test_rien_n_est_demande_ailleurs(vue):
    ici = re.compile(r"(http|ws)://127\.0\.0\.1:|data:|blob:")
    assert [requete for requete in vue.requetes if not ici.match(requete)] == []


def test_aucune_violation_grave_d_accessibilite(vue):
    assert violations(vue.page) == []


@pytest.mark.parametrize("largeur", [1280, 640])
def test_rien_ne_deborde(vue, largeur):
    vue.page.set_viewport_size({"width": largeur, "height": 720})
    vue.page.wait_for_function(f"() => ({DEBORD})().every(pixels => pixels <= 0)")
