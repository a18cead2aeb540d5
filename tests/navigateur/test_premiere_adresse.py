"""The very first request of a server is the address of a page: it opens, with no English notice.

Streamlit takes the folder `pages/` for its own discovery until dashboard.py has run once in the process: each
case therefore needs a server of its own, and the browser is its first visitor.
"""

import pytest

from tests.exemples.tableau_servi import Onglet, servir


@pytest.fixture
def premier_visiteur(contexte, entrepots, tmp_path):
    """A tab on a server nobody has asked anything yet."""
    with servir(entrepots("regime-etabli"), tmp_path / "journal.txt") as tableau:
        page = contexte.new_page()
        yield Onglet(page, tableau)
        page.close()


@pytest.mark.parametrize(
    ("adresse", "titre"),
    [
        ("fiche?fiche=PE-1", "PE-1 · Accompagner l’enfant"),
        ("quartier?quartier=gresilles&annee=2024", "Grésilles"),
        ("synthese?axe=JE", "Synthèse"),
        ("", "Synthèse"),
    ],
)
def test_la_premiere_adresse_ouvre_la_page_demandee(premier_visiteur, adresse, titre):
    premier_visiteur.ouvrir(adresse)
    premier_visiteur.attendre(adresse)
    page = premier_visiteur.page
    assert titre in page.get_by_role("heading", level=1).inner_text()
    assert page.get_by_role("dialog").count() == 0
    assert "not found" not in page.locator("body").inner_text().lower()


def test_la_page_ouverte_en_premier_est_utilisable(premier_visiteur):
    premier_visiteur.ouvrir("fiche?fiche=PE-1")
    premier_visiteur.attendre("fiche?fiche=PE-1")
    premier_visiteur.choisir("Quartier", "Grésilles", "quartier=gresilles")
    assert "fiche=PE-1" in premier_visiteur.page.url
    assert premier_visiteur.filtre("Quartier").input_value() == "Grésilles"
