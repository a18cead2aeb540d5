"""The national files of the bench, at the size of seventy communes: every figure known in advance is read."""

import pytest

from benchmarks.national.fabrique import fabriquer
from benchmarks.national.fichiers import FICHIERS
from ctg.referentiel import charger, dossier_par_defaut
from etl.sources import lire
from etl.sources.catalogue import familles

PETIT = 70


@pytest.fixture(scope="module")
def referentiel():
    return charger(dossier_par_defaut())


@pytest.fixture(scope="module")
def dossier(tmp_path_factory, referentiel):
    dossier = tmp_path_factory.mktemp("nationales")
    fabriquer(dossier, referentiel, PETIT)
    return dossier


@pytest.mark.parametrize("fichier", FICHIERS, ids=lambda fichier: fichier.chemin)
def test_les_chiffres_connus_sont_lus(dossier, referentiel, fichier):
    lecture = lire(dossier / fichier.chemin, referentiel)
    assert (lecture.statut, fichier.ecarts(lecture.observations)) == ("accepte", {})
    assert any(a.regle == "hors_commune" for a in lecture.anomalies)


def test_une_valeur_fausse_se_verrait(dossier, referentiel):
    fichier = FICHIERS[0]
    lecture = lire(dossier / fichier.chemin, referentiel)
    faux = fichier._replace(lus={("population", "212310101", 2022): 1.0, ("population", "0", 2022): None})
    assert faux.ecarts(lecture.observations) == {
        ("population", "212310101", 2022): 3557.93753915075,
        ("population", "0", 2022): "rien de lu",
    }


def test_chaque_telechargement_declare_a_son_fichier():
    declares = {f"{f.source_id}/{t.fichier}" for f in familles() for t in f.telechargements}
    assert {fichier.chemin for fichier in FICHIERS} == declares


def test_ce_qui_est_deja_ecrit_reste(dossier, referentiel):
    avant = {chemin: chemin.stat().st_mtime_ns for chemin in dossier.rglob("*.*")}
    fabriquer(dossier, referentiel, PETIT)
    assert {chemin: chemin.stat().st_mtime_ns for chemin in dossier.rglob("*.*")} == avant
