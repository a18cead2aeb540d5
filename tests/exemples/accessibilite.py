"""axe-core on a page: what is serious, less what only Streamlit can mend."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
}
GRAVES = {"serious", "critical"}
# seen on 2026-11-21 with Streamlit 1.67.0 and axe-core 4.12.1; (rule, start of the element) → upstream cause
AMONT = {
    ("list", '<ul data-testid="stSidebarNavItems"'): "the menu puts its sections, divs, straight in the list",
    ("listitem", "<li class="): "the entries of a section of the menu stand in a div, not in a list",
}


def violations(page: Page) -> list[str]:
    """Serious and critical violations of the page as it stands, one line each; [] when there is none."""
    trouvees = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{violation['id']} : {noeud['html'][:200]} ({noeud['failureSummary']})"
        for violation in trouvees
        if violation["impact"] in GRAVES
        for noeud in violation["nodes"]
        if not _venue_d_amont(violation["id"], noeud["html"])
    ]


def _venue_d_amont(regle: str, element: str) -> bool:
    return any(regle == connue and element.startswith(debut) for connue, debut in AMONT)
