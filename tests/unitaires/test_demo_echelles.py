"""A larger campaign: the same convention, its structures and senders many times over."""

from ctg.referentiel import charger
from etl.demo.echelles import agrandir, original
from etl.demo.profils import structure_repondante
from tests.exemples.campagne_fictive import convention


def test_chaque_copie_a_ses_propres_identifiants_et_le_reste_ne_change_pas(tmp_path):
    agrandi = agrandir(tmp_path / "referentiel", 3)
    assert len(agrandi.structures) == 3 * len(convention().structures)
    assert len(agrandi.expediteurs) == 3 * len(convention().expediteurs)
    copie = agrandi.structures["archipel-02"]
    assert (copie.nom, copie.expediteur_id, copie.quartier_id) == (
        "L’Archipel (2)",
        "archipel-02",
        "universite",
    )
    assert agrandi.fiches == convention().fiches
    assert agrandi.indicateurs == convention().indicateurs
    assert charger(tmp_path / "referentiel") == agrandi


def test_une_copie_ne_partage_pas_les_chiffres_de_l_originale(tmp_path):
    agrandi = agrandir(tmp_path / "referentiel", 2)
    tailles = {
        structure_repondante(agrandi, agrandi.structures[s]).taille for s in ("archipel", "archipel-02")
    }
    assert len(tailles) == 2


def test_une_copie_se_souvient_de_son_original():
    assert [original(i) for i in ("archipel-02", "archipel-100", "archipel", "rpe-mansart")] == [
        *["archipel"] * 3,
        "rpe-mansart",
    ]
