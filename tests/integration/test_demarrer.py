"""`demarrer`: what it builds before it opens the dashboard."""

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl import inventaire
from etl.canevas.redaction.ecriture import ecrire
from etl.commandes import demarrage, demonstration, entrepot
from tests.exemples.formulaire_rempli import remplir


@pytest.fixture
def installation(tmp_path, monkeypatch):
    """A fresh installation of its own, whose server only says that it was started."""
    (tmp_path / "data" / "raw").mkdir(parents=True)
    monkeypatch.setattr(inventaire, "RACINE", tmp_path)
    monkeypatch.setattr(demarrage, "servir", lambda port: 0)
    monkeypatch.delenv("CTG_RAW", raising=False)
    monkeypatch.delenv("CTG_SAISIES", raising=False)
    monkeypatch.setenv("CTG_ENTREPOT", str(tmp_path / "entrepot.duckdb"))
    return tmp_path


@pytest.fixture
def ecrites(installation, monkeypatch):
    """The scenarios of the campaigns written; an empty folder stands for each."""
    liste = []

    def demo(vers, scenario, echelle):
        liste.append(scenario.value)
        (installation / "data" / "demo").mkdir()

    monkeypatch.setattr(demonstration, "demo", demo)
    return liste


def _demarrer():
    with pytest.raises(entrepot.typer.Exit) as fin:
        entrepot.demarrer(port=0)
    return fin.value.exit_code


def test_l_entrepot_vide_construit_avant_n_empeche_pas_la_campagne_fictive(installation, ecrites):
    assert entrepot.construire() == 0
    assert (_demarrer(), ecrites) == (0, ["regime-etabli"])


def test_elle_n_est_ecrite_qu_une_fois(ecrites):
    _demarrer()
    _demarrer()
    assert ecrites == ["regime-etabli"]


def test_un_rapport_reel_charge_la_rend_inutile(installation, ecrites):
    (rapport,) = ecrire(
        charger(dossier_par_defaut()), 2025, installation / "data" / "raw", structure="cercle-laique"
    )
    remplir(rapport, {("i:AVS-1.0.1-b", "valeur"): 120})
    assert entrepot.construire() == 0
    assert (_demarrer(), ecrites) == (0, [])
