"""A rebuilt warehouse is seen by a page already open, at the next gesture; a missing one is said."""

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


def test_chaque_nouvel_entrepot_est_vu_au_geste_suivant(ouvert, entrepots):
    ouvert.ouvrir("synthese?annee=2024")
    assert "Aucun rapport n’est arrivé pour la campagne 2024" in ouvert.texte()

    remplacer(ouvert, entrepots("premiere-campagne"))
    ouvert.choisir("Axe", "Petite enfance", "axe=PE")
    premiere = ouvert.texte()
    assert "Données fictives" in premiere and "Aucun rapport n’est arrivé" not in premiere

    # twice: a reader may well see the second warehouse and never the third
    remplacer(ouvert, entrepots("regime-etabli"))
    ouvert.choisir("Axe", "Jeunesse", "axe=JE")
    ouvert.choisir("Axe", "Petite enfance", "axe=PE")
    assert "Données fictives" in ouvert.texte() and ouvert.texte() != premiere


def test_sans_entrepot_la_page_dit_quoi_faire(ouvert):
    ouvert.tableau.entrepot.unlink()
    ouvert.ouvrir("quartier")
    assert "Les données ne sont pas encore là" in ouvert.texte()
    assert "make demarrer" in ouvert.texte()
    assert "Traceback" not in ouvert.tableau.journal.read_text(encoding="utf-8")
