"""Used, not only opened: by keyboard, with the tables unfolded, after a change of filter."""

import re

import pytest

from tests.exemples.accessibilite import violations

FILTRES = {
    "synthese": ["Axe", "Quartier", "Campagne"],
    "fiche": ["Fiche projet", "Quartier", "Type de structure", "Campagne"],
    "quartier?quartier=gresilles": ["Quartier", "Axe", "Campagne"],
    "structure": ["Structure", "Campagne"],
    "exports": ["Axe", "Quartier", "Campagne"],
}
ACTIF = """() => {
  const actif = document.activeElement;
  const graphique = actif.closest('[data-testid="stPlotlyChart"]');
  return [actif.tagName, actif.getAttribute("aria-label") ?? actif.innerText, graphique !== null];
}"""
TABULATIONS = 200


def tabuler(page):
    """Walk the page with the Tab key, once round: (tag, name, whether a chart holds it) of each stop."""
    arrets = []
    for _ in range(TABULATIONS):
        page.keyboard.press("Tab")
        arret = page.evaluate(ACTIF)
        if arret[0] == "BODY" or arret in arrets[:1]:
            return arrets
        arrets.append(arret)
    raise AssertionError(f"La tabulation ne sort pas de la page : {arrets[-5:]}")


@pytest.mark.parametrize("adresse", FILTRES)
def test_la_tabulation_atteint_les_filtres_et_jamais_un_graphique(onglet, adresse):
    onglet.ouvrir(adresse)
    arrets = tabuler(onglet.page)
    assert arrets[0][1] == "Aller au contenu"
    noms = [nom for _, nom, _ in arrets]
    assert [nom for nom in noms if nom in FILTRES[adresse]] == FILTRES[adresse]
    assert not any(dans_un_graphique for _, _, dans_un_graphique in arrets)
    vus = [f"{balise} {nom}" for balise, nom, _ in arrets]
    assert all(nom.strip() for nom in noms), vus


def test_un_filtre_se_change_au_clavier(onglet):
    page = onglet.page
    onglet.ouvrir("synthese")
    onglet.filtre("Axe").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("option", name="Enfance", exact=True).wait_for()
    page.keyboard.type("jeun")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    onglet.attendre("axe=JE")
    assert onglet.filtre("Axe").input_value() == "Jeunesse"


def test_une_liste_a_plusieurs_choix_parle_francais(onglet):
    page = onglet.page
    onglet.ouvrir("collecte?volet=decider&decider=etapes")
    liste = onglet.filtre("Structures qui confirment")
    liste.focus()  # a list shuts when the page still scrolls towards it: it is opened once there
    page.evaluate("() => new Promise(fait => requestAnimationFrame(() => requestAnimationFrame(fait)))")
    liste.press("ArrowDown")
    page.get_by_text("Tout choisir", exact=True).wait_for()
    page.keyboard.type("multi-accueil")
    page.get_by_text(re.compile("^Choisir ces [0-9]+ réponses$")).wait_for()
    assert violations(page) == []


def test_la_place_du_clavier_se_voit(onglet):
    onglet.ouvrir("synthese")
    page = onglet.page
    lien = page.get_by_test_id("stMain").get_by_role("link").first
    for element in (onglet.menu("Quartier"), onglet.filtre("Axe"), lien, page.locator("summary").first):
        element.scroll_into_view_if_needed()
        page.evaluate("document.activeElement.blur()")
        cadre = element.bounding_box()
        large = {
            "x": cadre["x"] - 12,
            "y": cadre["y"] - 6,
            "width": cadre["width"] + 24,
            "height": cadre["height"] + 12,
        }
        sans = page.screenshot(clip=large, caret="hide")
        page.keyboard.press("Shift")  # the browser shows the focus to whoever uses the keyboard
        element.focus()
        avec = page.screenshot(clip=large, caret="hide", animations="disabled")
        assert avec != sans, element


@pytest.mark.parametrize(
    ("adresse", "filtre", "option", "nouvelle"),
    [
        ("synthese", "Axe", "Jeunesse", "axe=JE"),
        ("fiche?fiche=JE-1", "Quartier", "Grésilles", "quartier=gresilles"),
        ("indicateur?indicateur=JE-1.1.1-a", "Campagne", "2024", "annee=2024"),
        ("quartier?quartier=gresilles", "Axe", "Petite enfance", "axe=PE"),
        ("structure?structure=essentiel-le", "Campagne", "2024", "annee=2024"),
        ("veille", "Quartier", "Grésilles", "quartier=gresilles"),
        ("collecte", "Campagne", "2024", "annee=2024"),
    ],
)
def test_aucune_violation_apres_un_filtre_les_tableaux_deplies(onglet, adresse, filtre, option, nouvelle):
    onglet.ouvrir(adresse)
    onglet.choisir(filtre, option, nouvelle)
    onglet.deplier(2)
    assert violations(onglet.page) == []
