"""The table shipped in data/raw/diagnostics: a fresh clone has nothing else, and shows the real Dijon."""

from pathlib import Path

import pytest
import yaml

from ctg.referentiel import charger, dossier_par_defaut
from etl.sources import familles, lire
from etl.sources.compactage import compacter

RACINE = Path(__file__).parents[2]
DOSSIER = RACINE / "data" / "raw" / "diagnostics"
DONNEES = RACINE / "../shared/donnees_ouvertes"


@pytest.fixture(scope="module")
def referentiel():
    return charger(dossier_par_defaut())


@pytest.fixture(scope="module")
def lecture(referentiel):
    return lire(DOSSIER / "diagnostics_dijon.csv", referentiel)


@pytest.fixture(scope="module")
def observations(lecture):
    return lecture.observations.to_pylist()


def test_la_table_livree_se_charge_sans_reserve(lecture):
    assert (lecture.famille, lecture.statut, lecture.anomalies) == ("compact", "accepte", ())


@pytest.mark.parametrize(("annee", "somme"), [(2019, 43710.0), (2020, 44843.0)])
def test_caf_de_dijon(observations, annee, somme):
    lus = [o for o in observations if o["variable_id"] == "caf_allocataires" and o["annee"] == annee]
    publies = [o["valeur"] for o in lus if o["etat"] == "publie"]
    secrets = {o["territoire_id"] for o in lus if o["etat"] == "secret"}
    assert (len(lus), len(publies), sum(publies)) == (66, 59, somme)
    assert secrets >= {"212311101", "212311203", "212311802"}


def test_les_autres_chiffres_promis(observations):
    par_variable = {}
    for o in observations:
        par_variable.setdefault(o["variable_id"], {})[o["territoire_id"], o["annee"]] = o["valeur"]
    assert par_variable["qpv_population"]["QP021003", 2022] == 6952.0
    assert par_variable["qpv_population"]["QP021004", 2022] == 4180.0
    assert par_variable["filosofi_niveau_vie_median"]["21231", 2021] == 22720.0
    assert par_variable["filosofi_taux_bas_revenu_declare"]["212311203", 2021] == 75.0
    assert len(par_variable["ips"]) == 47
    assert sum(v for (_, annee), v in par_variable["population"].items() if annee == 2022) == 159941.0


def test_ecoles_et_qpv_sont_nommes(lecture):
    noms = {t.territoire_id: t.nom for t in lecture.territoires}
    assert noms["QP021004"] == "Les Grésilles"
    assert noms["0211570T"] == "ECOLE ELEMENTAIRE PUBLIQUE YORK"


def test_la_provenance_nomme_chaque_source_et_sa_licence(observations):
    provenance = yaml.safe_load((DOSSIER / "source.yml").read_text(encoding="utf-8"))
    assert {s["source_id"] for s in provenance["sources"]} == {o["source_id"] for o in observations}
    connues = {f.source_id: f.licence for f in familles()}
    for source in provenance["sources"]:
        assert source["licence"] == connues[source["source_id"]]
        assert all(len(f["sha256"]) == 64 for f in source["fichiers"])


@pytest.mark.skipif(not DONNEES.is_dir(), reason="shared absent : les fichiers des producteurs manquent")
def test_refaire_la_table_redonne_la_meme(tmp_path, referentiel):
    provenance = yaml.safe_load((DOSSIER / "source.yml").read_text(encoding="utf-8"))
    refaite = compacter(DONNEES, tmp_path, referentiel, fait_le=provenance["fait_le"])
    assert refaite.contradictions == ()
    for nom in ("diagnostics_dijon.csv", "source.yml"):
        assert (tmp_path / nom).read_bytes() == (DOSSIER / nom).read_bytes()
