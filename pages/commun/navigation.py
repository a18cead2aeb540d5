"""The pages of the dashboard, in the order of the menu, with the filters each one listens to."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

RACINE = Path(__file__).parents[2]
# a file of ours: the browser would ask Google for an icon named by its Material symbol
ICONE = Path(__file__).with_name("icone.svg")

# the address first asked for: Streamlit has already replaced it by `/` when this runs
_REVENIR = """<script>
window.location.replace(performance.getEntriesByType("navigation")[0].name)
</script>"""


@dataclass(frozen=True)
class PageDeclaree:
    """One page: its file under `pages/` names its address, `filtres` those drawn above it."""

    section: str
    fichier: str
    titre: str
    icone: str
    filtres: tuple[str, ...] = ()

    @property
    def chemin(self) -> Path:
        return RACINE / "pages" / f"{self.fichier}.py"

    @property
    def adresse(self) -> str:
        return self.chemin.stem


PAGES = (
    PageDeclaree("Pilotage", "pilotage/synthese", "Synthèse", "overview", ("axe", "quartier", "annee")),
    PageDeclaree("Pilotage", "pilotage/axe", "Axe", "category", ("axe", "quartier", "annee")),
    PageDeclaree(
        "Pilotage", "pilotage/fiche", "Fiche projet", "description", ("fiche", "quartier", "type", "annee")
    ),
    PageDeclaree(
        "Pilotage",
        "pilotage/indicateur",
        "Indicateur",
        "query_stats",
        ("indicateur", "quartier", "type", "periode", "annee"),
    ),
    PageDeclaree(
        "Territoires", "territoire/quartier", "Quartier", "location_city", ("quartier", "axe", "annee")
    ),
    PageDeclaree("Territoires", "territoire/structure", "Structure", "home_work", ("structure", "annee")),
    PageDeclaree("Territoires", "territoire/veille", "Veille sociale", "monitoring", ("quartier",)),
    PageDeclaree("Séance", "seance/exports", "Exports", "download", ("axe", "quartier", "annee")),
    PageDeclaree("Données", "donnees/collecte", "Collecte", "inbox", ("annee",)),
    PageDeclaree("Données", "donnees/methode", "Méthode", "menu_book"),
)


def menu() -> dict[str, list]:
    """The menu of `st.navigation`: section → its pages.

    The first page stands at `/`, where Streamlit puts the default one; a hidden twin answers its own address
    too, like every other page.
    """
    sections: dict[str, list] = {}
    for rang, page in enumerate(PAGES):
        icone = f":material/{page.icone}:"
        entrees = sections.setdefault(page.section, [])
        if rang == 0:
            entrees.append(
                st.Page(page.chemin, title=page.titre, icon=icone, default=True, url_path="accueil")
            )
        masquee = "hidden" if rang == 0 else "visible"
        entrees.append(
            st.Page(page.chemin, title=page.titre, icon=icone, url_path=page.adresse, visibility=masquee)
        )
    return sections


def declaration(titre: str) -> PageDeclaree:
    """The declaration of the page that `st.navigation` chose, found by its title."""
    return next(page for page in PAGES if page.titre == titre)


def lien(adresse: str, libelle: str, icone: str | None = None, **parametres: object) -> None:
    """Draw a link to the page of that address, opened on `parametres` (its filters; None is left out)."""
    page = next(page for page in PAGES if page.adresse == adresse)
    requete = {cle: str(valeur) for cle, valeur in parametres.items() if valeur is not None}
    icone = f":material/{icone}:" if icone else None
    st.page_link(page.chemin, label=libelle, icon=icone, query_params=requete or None)


def reparer_la_premiere_adresse() -> None:
    """Reload once when the first request of this server was the address of a page.

    Until `st.navigation` has run once in the process, Streamlit takes the folder `pages/` for its own
    discovery: it answers any address with a « Page not found » notice, before dashboard.py runs. The notice
    cannot be taken back, but a reload asks again, and the folder is then ignored. The first visit to `/`
    needs nothing.
    """
    decouverte = PagesManager.uses_pages_directory
    PagesManager.uses_pages_directory = False
    if decouverte and get_script_run_ctx().pages_manager.intended_page_name:
        st.html(_REVENIR, unsafe_allow_javascript=True)
        st.stop()
