"""axe-core on a page: what is serious, less what only Streamlit can mend."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
}
GRAVES = {"serious", "critical"}
# Seen on 2026-11-21 with Streamlit 1.67.0 and axe-core 4.12.1. Rule → where it is allowed: the menu of
# st.navigation puts its sections, which are divs, straight in its list, and their entries in those divs.
AMONT = {"list": '[data-testid="stSidebarNav"]', "listitem": '[data-testid="stSidebarNav"]'}
DEDANS = "(element, cadre) => element.closest(cadre) !== null"


def violations(page: Page) -> list[str]:
    """Serious and critical violations of the page as it stands, one line each; [] when there is none."""
    trouvees = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{violation['id']} : {noeud['html'][:200]} ({noeud['failureSummary']})"
        for violation in trouvees
        if violation["impact"] in GRAVES
        for noeud in violation["nodes"]
        if not _venue_d_amont(page, violation["id"], noeud["target"][0])
    ]


def _venue_d_amont(page: Page, regle: str, cible: str) -> bool:
    return regle in AMONT and page.locator(cible).first.evaluate(DEDANS, AMONT[regle])
