"""The page Exports: the filters in words, what the workbook holds, the file, the same in a command."""

import shlex
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from ctg.__main__ import application
from tests.exemples.campagne_recapitulatif import construire, vierge

RACINE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def entrepot(tmp_path_factory):
    return construire(tmp_path_factory.mktemp("entrepot") / "petit.duckdb")


def ouvrir(monkeypatch, entrepot, **filtres):
    monkeypatch.setenv("CTG_ENTREPOT", str(entrepot))
    page = AppTest.from_file(str(RACINE / "dashboard.py"), default_timeout=240)
    for cle, valeur in filtres.items():
        page.query_params[cle] = valeur
    return page.run().switch_page("pages/seance/exports.py").run()


def textes(page):
    """The words of the page, without the escapes of markdown nor the no-break spaces of typography."""
    mots = " ".join(element.value.replace("\\", "") for element in (*page.markdown, *page.info))
    return mots.replace("\u00a0", " ")


def test_dit_les_filtres_le_contenu_et_la_commande(monkeypatch, entrepot, tmp_path):
    page = ouvrir(monkeypatch, entrepot)
    assert not page.exception
    assert "année 2025 · axe : tous les axes · quartier : toute la ville" in textes(page)
    assert "recapitulatif-ctg_2025_01234567.xlsx" in textes(page)
    assert page.table[0].value["Feuille"].tolist()[:3] == ["Garde", "Sommaire", "Synthèse"]
    commande = page.code[0].value
    options = shlex.split(commande.removeprefix("python -m ctg "))
    assert (
        CliRunner(env={"CTG_ENTREPOT": str(entrepot)})
        .invoke(application, [*options, "--vers", str(tmp_path / "r.xlsx")])
        .exit_code
        == 0
    )


def test_les_filtres_choisis_sont_dans_le_fichier_et_dans_la_commande(monkeypatch, entrepot):
    page = ouvrir(monkeypatch, entrepot, axe="JE", quartier="gresilles", annee="2024")
    assert not page.exception
    assert "année 2024 · axe : Jeunesse · quartier : Grésilles" in textes(page)
    assert "recapitulatif-ctg_2024_axe-je_gresilles_01234567.xlsx" in textes(page)
    assert page.code[0].value.endswith(
        "--annee 2024 --vers recapitulatif_2024.xlsx --axe JE --quartier gresilles"
    )
    assert "reste celui de la ville" in textes(page)


def test_le_bouton_telecharge_le_classeur(monkeypatch, entrepot):
    page = ouvrir(monkeypatch, entrepot)
    boutons = page.get("download_button")
    assert [bouton.proto.label for bouton in boutons] == ["Télécharger le classeur"]


def test_sans_rapport_la_page_previent_et_laisse_ecrire_le_classeur(monkeypatch, tmp_path):
    page = ouvrir(monkeypatch, construire(tmp_path / "vierge.duckdb", vierge()))
    assert not page.exception
    assert "Aucun rapport accepté pour la campagne" in textes(page)
    assert page.get("download_button")
