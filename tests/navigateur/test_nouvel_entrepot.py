"""A rebuilt warehouse is shown by a page already open, without a gesture; a missing one is said."""

import shutil

import pytest

from tests.exemples.entrepots_fictifs import CONVENTION_SEULE
from tests.exemples.tableau_servi import Onglet, servir


@pytest.fixture
def ouvert(page, entrepots, tmp_path):
    """A tab on a server of its own, whose warehouse can be replaced."""
    chemin = shutil.copy(entrepots(CONVENTION_SEULE), tmp_path / "entrepot.duckdb")
    with servir(chemin, tmp_path / "journal.txt") as tableau:
        yield Onglet(page, tableau)


def remplacer(ouvert, nouveau):
    provisoire = ouvert.tableau.entrepot.with_suffix(".nouveau")
    shutil.copy(nouveau, provisoire)
    provisoire.replace(ouvert.tableau.entrepot)


def montre(ouvert, texte):
    ouvert.page.get_by_test_id("stMain").get_by_text(texte).first.wait_for()
    ouvert.attendre()
    return ouvert.texte()


def test_chaque_nouvel_entrepot_est_montre_sans_geste(ouvert, entrepots):
    ouvert.ouvrir("axe?axe=PE&annee=2024")
    vide = "aucun répondant sur 72"
    assert vide in ouvert.texte()

    remplacer(ouvert, entrepots("premiere-campagne"))
    premiere = montre(ouvert, "Données fictives")
    assert vide not in premiere
    ouvert.page.get_by_text("De nouvelles données viennent d’arriver").first.wait_for()

    # twice: a reader may well see the second warehouse and never the third
    remplacer(ouvert, entrepots("regime-etabli"))
    ouvert.page.wait_for_function(
        "avant => document.querySelector('[data-testid=stMain]').innerText !== avant",
        arg=ouvert.page.get_by_test_id("stMain").inner_text(),
    )
    ouvert.attendre()
    assert "Données fictives" in ouvert.texte() and ouvert.texte() != premiere


def test_sans_entrepot_la_page_dit_quoi_faire_puis_le_montre(ouvert, entrepots):
    ouvert.tableau.entrepot.unlink()
    ouvert.ouvrir("synthese?annee=2024")
    assert "Les données ne sont pas encore là" in ouvert.texte()
    assert "make demarrer" in ouvert.texte()
    remplacer(ouvert, entrepots(CONVENTION_SEULE))
    assert "make demarrer" not in montre(ouvert, "Aucun rapport n’est arrivé")
    assert "Traceback" not in ouvert.tableau.journal.read_text(encoding="utf-8")
