"""The fictional campaign follows the code and the convention that wrote it, and only then."""

import pytest

from etl.demo import peremption


@pytest.fixture
def campagne(tmp_path):
    convention, dossier = tmp_path / "convention", tmp_path / "demo"
    convention.mkdir()
    dossier.mkdir()
    (convention / "axes.csv").write_text("axe_id\n1\n", encoding="utf-8")
    (dossier / "campagne_fictive.yml").write_text(
        "scenario: premiere-campagne\nechelle: ville\n", encoding="utf-8"
    )
    return dossier, convention


def test_une_campagne_signee_reste(campagne):
    assert peremption.perimee(*campagne)  # written before campaigns were signed
    peremption.signer(*campagne)
    assert not peremption.perimee(*campagne)


def test_une_autre_convention_la_perime_et_son_scenario_est_garde(campagne):
    dossier, convention = campagne
    peremption.signer(dossier, convention)
    (convention / "axes.csv").write_text("axe_id\n2\n", encoding="utf-8")
    assert peremption.perimee(dossier, convention)
    assert peremption.choix(dossier) == {"scenario": "premiere-campagne", "echelle": "ville"}


def test_un_autre_code_la_perime(campagne, monkeypatch, tmp_path):
    peremption.signer(*campagne)
    monkeypatch.setattr(peremption, "RACINE", tmp_path)
    assert peremption.perimee(*campagne)


def test_un_dossier_qui_n_est_pas_une_campagne_n_est_pas_remplace(tmp_path):
    (tmp_path / "demo").mkdir()
    assert not peremption.perimee(tmp_path / "demo", tmp_path)
    assert peremption.perimee(tmp_path / "absent", tmp_path)
    assert peremption.choix(tmp_path / "absent") == {}
