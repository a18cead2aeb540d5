"""The door to the warehouse: what it refuses, that each new version is seen, what it says of none."""

import threading

import duckdb
import pytest

from ctg import entrepot as module
from ctg.entrepot import Entrepot, EntrepotAbsent, EntrepotIllisible, chemin_par_defaut, signature


def ecrire(chemin, version, lignes=1):
    """A warehouse with the least it needs: its fingerprint, and `lignes` rows that all name the version."""
    provisoire = chemin.with_suffix(".nouveau")
    provisoire.unlink(missing_ok=True)
    with duckdb.connect(str(provisoire)) as connexion:
        connexion.execute("CREATE SCHEMA interne; CREATE SCHEMA publication")
        connexion.execute("CREATE TABLE interne.fait AS SELECT ? AS version FROM range(?)", [version, lignes])
        connexion.execute(
            "CREATE VIEW publication.convention AS SELECT DISTINCT version AS empreinte FROM interne.fait"
        )
        connexion.execute("CREATE VIEW publication.mesure AS SELECT * FROM interne.fait")
    provisoire.replace(chemin)


@pytest.fixture
def chemin(tmp_path):
    chemin = tmp_path / "l'entrepôt.duckdb"
    ecrire(chemin, "v1")
    return chemin


REFUSES = (
    "INSERT INTO interne.fait VALUES ('v2')",
    "UPDATE interne.fait SET version = 'v2'",
    "DROP VIEW publication.mesure",
    "CREATE TABLE publication.ajout (a INTEGER)",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM glob('/etc/*')",
    "COPY (SELECT 1) TO '/tmp/sortie.csv'",
    "EXPORT DATABASE '/tmp/sortie'",
    "ATTACH '/tmp/autre.duckdb' AS autre",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SET threads = 1",
    "INSTALL excel",
    "INSTALL httpfs FROM community",
    "LOAD excel",
    "DETACH entrepot",
)


@pytest.mark.parametrize("instruction", REFUSES)
def test_ce_qui_est_refuse(chemin, instruction):
    ouvert = Entrepot(chemin)
    with pytest.raises(duckdb.Error):
        ouvert.executer(instruction)
    assert ouvert.executer("SELECT version FROM publication.mesure")["version"].tolist() == ["v1"]


def test_les_parametres_ne_sont_jamais_du_sql(chemin):
    question = "SELECT version FROM publication.mesure WHERE version = $v"
    assert Entrepot(chemin).executer(question, v="v1' OR '1'='1").empty


def test_la_requete_d_un_fichier(chemin, tmp_path, monkeypatch):
    question = "SELECT $n::INTEGER AS n, version FROM publication.mesure"
    (tmp_path / "une_question.sql").write_text(question, "utf-8")
    monkeypatch.setattr(module, "REQUETES", tmp_path)
    lu = Entrepot(chemin).requete("une_question", n=3)
    assert lu.to_dict("records") == [{"n": 3, "version": "v1"}]


def test_les_textes_sont_des_objets_python(chemin):
    lu = Entrepot(chemin).executer("SELECT 'a' AS t, NULL::VARCHAR AS vide, 1 AS n")
    assert lu["t"].dtype == object and isinstance(lu["t"][0], str)
    assert lu["vide"].isna().all()


def test_chaque_remplacement_est_vu_et_l_ancienne_version_reste_entiere(chemin):
    premier = Entrepot(chemin)
    vus = []
    for rang in range(2, 12):
        ecrire(chemin, f"v{rang}", lignes=rang)
        nouveau = Entrepot(chemin)
        assert nouveau.signature == signature(chemin) != premier.signature
        assert len(nouveau.executer("SELECT * FROM publication.mesure")) == rang
        vus.append(nouveau.empreinte)
    assert vus == [f"v{rang}" for rang in range(2, 12)]
    assert premier.executer("SELECT version FROM publication.mesure")["version"].tolist() == ["v1"]


def test_plusieurs_fils_lisent_ensemble(chemin):
    ecrire(chemin, "v2", lignes=50_000)
    ouvert, lus = Entrepot(chemin), []

    def lire():
        lus.extend(len(ouvert.executer("SELECT * FROM publication.mesure")) for _ in range(5))

    fils = [threading.Thread(target=lire) for _ in range(8)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert lus == [50_000] * 40


def test_absent(tmp_path):
    with pytest.raises(EntrepotAbsent):
        Entrepot(tmp_path / "rien.duckdb")
    with pytest.raises(EntrepotAbsent):
        signature(tmp_path / "rien.duckdb")


@pytest.mark.parametrize("contenu", [b"", b"pas un entrepot", b"\0" * 4096])
def test_illisible(tmp_path, contenu):
    faux = tmp_path / "faux.duckdb"
    faux.write_bytes(contenu)
    with pytest.raises(EntrepotIllisible):
        Entrepot(faux)


def test_une_base_qui_n_est_pas_un_entrepot(tmp_path):
    autre = tmp_path / "autre.duckdb"
    duckdb.connect(str(autre)).close()
    with pytest.raises(EntrepotIllisible):
        Entrepot(autre)


def test_le_chemin_vient_de_l_environnement(monkeypatch, tmp_path):
    monkeypatch.setenv("CTG_ENTREPOT", str(tmp_path / "x.duckdb"))
    assert chemin_par_defaut() == tmp_path / "x.duckdb"
    monkeypatch.delenv("CTG_ENTREPOT")
    assert chemin_par_defaut().parts[-2:] == ("data", "warehouse.duckdb")
