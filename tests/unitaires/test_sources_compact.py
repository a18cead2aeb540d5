"""The compact table: written, read back equal, and checked like any file."""

import datetime as dt
from types import SimpleNamespace

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.sources import Territoire, lire
from etl.sources.compact.ecriture import Provenance, ecrire_compact
from etl.sources.compactage import compacter
from etl.sources.modele import Observation, table_arrow

JOUR = dt.date(2026, 11, 21)
ENTETES = "source_id;variable_id;niveau;territoire_id;nom;annee;valeur;etat;note\n"


@pytest.fixture
def referentiel():
    convention = SimpleNamespace(commune_insee="21231", ville_id="dijon", fin=2027)
    return SimpleNamespace(
        parametres=SimpleNamespace(convention=convention),
        iris={"212310101": SimpleNamespace(residentiel=True)},
    )


def _observation(variable="caf_allocataires", valeur=1581.0, etat="publie", note=None):
    return Observation("caf_iris", variable, "iris", "212310101", 2020, valeur, etat, note, 2, "A")


def _ecrire(dossier, *observations):
    return ecrire_compact(
        table_arrow(observations),
        dossier,
        [Territoire("ecole", "0211570T", "ECOLE YORK", "21231")],
        [Provenance("data_CAF_2020_IRIS.csv", "caf_iris", "0" * 64)],
        nom="dijon",
        fait_le=JOUR,
    )


def test_aller_retour_des_etats_des_notes_et_des_noms(tmp_path, referentiel):
    ips = Observation("ips", "ips", "ecole", "0211570T", 2022, 88.3, "publie", None, 2, "IPS")
    secret = _observation("caf_etudiants", None, "secret", "blanc : zéro, 1 à 4 ou masquage")
    chemin = _ecrire(tmp_path, _observation(), secret, ips)
    lecture = lire(chemin, referentiel)
    assert (lecture.statut, lecture.priorite) == ("accepte", 0)
    relues = {tuple(o.values())[:8] for o in lecture.observations.to_pylist()}
    assert relues == {o[:8] for o in (_observation(), secret, ips)}
    assert lecture.territoires == (Territoire("ecole", "0211570T", "ECOLE YORK", "21231"),)


def test_la_provenance_accompagne_la_table(tmp_path):
    _ecrire(tmp_path, _observation())
    source = yaml.safe_load((tmp_path / "source.yml").read_text(encoding="utf-8"))
    assert source["fait_le"] == JOUR
    assert source["sources"][0]["licence"] == "Licence Ouverte"
    assert source["sources"][0]["fichiers"] == [{"nom": "data_CAF_2020_IRIS.csv", "sha256": "0" * 64}]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(-1e9, 1e9).map(lambda x: round(x, 6)))
def test_toute_valeur_se_relit_egale(tmp_path, referentiel, valeur):
    lecture = lire(_ecrire(tmp_path, _observation(valeur=valeur)), referentiel)
    assert lecture.observations["valeur"].to_pylist() == [valeur]


@pytest.mark.parametrize(
    ("ligne", "raison"),
    [
        ("inconnue;x;iris;212310101;;2020;1;publie;", "inconnue"),
        ("caf_iris;caf_allocataires;ville;212310101;;2020;1;publie;", "illisible"),
        ("caf_iris;caf_allocataires;iris;212310101;;;1;publie;", "illisible"),
        ("caf_iris;caf_allocataires;iris;212310101;;2020;;publie;", "contradictoires"),
        ("caf_iris;caf_allocataires;iris;212310101;;2020;1;secret;", "contradictoires"),
        ("caf_iris;caf_allocataires;iris;210540101;;2020;1;publie;", "référentiel"),
        ("caf_iris;caf_monoparents;iris;212310101;;2020;86;publie;", "deux fois"),
    ],
)
def test_une_ligne_douteuse_est_nommee_et_laissee(tmp_path, referentiel, ligne, raison):
    chemin = tmp_path / "t.csv"
    bonne = "caf_iris;caf_monoparents;iris;212310101;;2020;85;publie;"
    chemin.write_text(f"{ENTETES}{bonne}\n{ligne}\n", encoding="utf-8")
    lecture = lire(chemin, referentiel)
    assert (lecture.statut, lecture.observations["valeur"].to_pylist()) == ("accepte_partiel", [85.0])
    assert raison in lecture.anomalies[0].message
    assert lecture.anomalies[0].cellule == "A3"


def test_une_table_sans_ligne_utilisable_est_refusee(tmp_path, referentiel):
    chemin = tmp_path / "t.csv"
    chemin.write_text(ENTETES, encoding="utf-8")
    assert lire(chemin, referentiel).statut == "refuse"


def test_compacter_un_dossier(tmp_path, referentiel):
    raw, vers = tmp_path / "raw", tmp_path / "vers"
    raw.mkdir()
    assert compacter(raw, vers, referentiel, fait_le=JOUR).table is None
    (raw / "revenus.csv").write_text("IRIS;DISP_TP6019;DISP_MED19\n212310101;24,6;18750\n", encoding="utf-8")
    (raw / "autre.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    table, lectures, _ = compacter(raw, vers, referentiel, fait_le=JOUR)
    assert {nom: lecture.statut for nom, lecture in lectures} == {
        "autre.csv": "refuse",
        "revenus.csv": "accepte",
    }
    assert table.read_text(encoding="utf-8").splitlines()[1:] == [
        "filosofi_iris_disp;filosofi_niveau_vie_median;iris;212310101;;2019;18750;publie;",
        "filosofi_iris_disp;filosofi_taux_pauvrete;iris;212310101;;2019;24,6;publie;",
    ]


def test_compacter_ne_croit_pas_deux_annees_pour_un_meme_contenu(tmp_path, referentiel):
    raw, vers = tmp_path / "raw", tmp_path / "vers"
    raw.mkdir()
    entetes = "CODGEO;NOTE;A;PERCOU;AI;AM;ENF_3_5"
    for nom in ("caf_2019.csv", "caf_2020.csv"):
        (raw / nom).write_text(f"{entetes}\n212310101;0;1581;2147;1295;85;44\n", encoding="utf-8")
    table, lectures, _ = compacter(raw, vers, referentiel, fait_le=JOUR)
    assert (table, [lecture.statut for _, lecture in lectures]) == (None, ["refuse", "refuse"])
