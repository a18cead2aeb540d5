"""The warehouse put in place: continued only as a build left it, tried without a trace, its owner's alone."""

import os
import shutil
import time

import duckdb
import pytest

from etl.construction.remplacement import PRECEDENT, essayer, remplacer

TABLES = "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database() ORDER BY ALL"


@pytest.fixture
def entrepot(tmp_path):
    chemin = tmp_path / "entrepot.duckdb"
    with remplacer(chemin, "1") as connexion:
        connexion.execute("CREATE TABLE t AS SELECT range AS n FROM range(10)")
    return chemin


def tables(ouverture) -> list[str]:
    with ouverture as connexion:
        return [nom for (nom,) in connexion.execute(TABLES).fetchall()]


def test_la_construction_suivante_continue_ce_que_la_precedente_a_ecrit(entrepot):
    for _ in range(2):
        with remplacer(entrepot, "1") as connexion:
            connexion.execute("INSERT INTO t SELECT max(n) + 1 FROM t")
    with duckdb.connect(str(entrepot), read_only=True) as connexion:
        assert connexion.execute("SELECT max(n), count(*) FROM t").fetchone() == (11, 12)


def un_octet(chemin):
    octets = bytearray(chemin.read_bytes())
    octets[len(octets) // 2] ^= 1
    chemin.write_bytes(octets)


def tronque(chemin):
    chemin.write_bytes(chemin.read_bytes()[:-1])


def une_ligne_ecrite_a_la_main(chemin):
    with duckdb.connect(str(chemin)) as connexion:
        connexion.execute("INSERT INTO t VALUES (99)")


def une_copie_d_avant(chemin):
    avant = shutil.copy(chemin, f"{chemin}.avant")
    with remplacer(chemin, "1") as connexion:
        connexion.execute("INSERT INTO t VALUES (99)")
    shutil.copy(avant, chemin)


def sans_sceau(chemin):
    chemin.with_name(f"{chemin.name}.sceau").unlink()


def un_sceau_illisible(chemin):
    chemin.with_name(f"{chemin.name}.sceau").write_bytes(b"\xff\x00")


def absent(chemin):
    chemin.unlink()


@pytest.mark.parametrize(
    "accident",
    [
        un_octet,
        tronque,
        une_ligne_ecrite_a_la_main,
        une_copie_d_avant,
        sans_sceau,
        un_sceau_illisible,
        absent,
    ],
)
def test_ce_qu_une_construction_n_a_pas_ecrit_ne_se_continue_pas(entrepot, accident):
    accident(entrepot)
    assert tables(essayer(entrepot, "1")) == []
    assert tables(remplacer(entrepot, "1")) == []


@pytest.mark.parametrize("choix", [{"version": "2"}, {"version": "1", "suite": False}])
def test_une_autre_version_ou_tout_refaire_part_d_une_base_vide(entrepot, choix):
    assert tables(remplacer(entrepot, **choix)) == []


def test_un_essai_continue_la_meme_chose_et_ne_laisse_rien(entrepot, tmp_path):
    avant = {f.name: f.read_bytes() for f in tmp_path.iterdir()}
    with essayer(entrepot, "1") as connexion:
        connexion.execute("DELETE FROM t WHERE n > 2")
        connexion.execute("CREATE TABLE autre AS SELECT 1 AS n")
        ici, la = (
            connexion.execute(f"SELECT count(*) FROM {base}t").fetchone()[0] for base in ("", f"{PRECEDENT}.")
        )
        assert (ici, la) == (3, 10)
    assert {f.name: f.read_bytes() for f in tmp_path.iterdir()} == avant


def test_un_essai_compare_meme_avec_ce_qu_il_ne_peut_pas_continuer(entrepot):
    sans_sceau(entrepot)
    with essayer(entrepot, "1") as connexion:
        assert connexion.execute(TABLES).fetchall() == []
        assert connexion.execute(f"SELECT count(*) FROM {PRECEDENT}.t").fetchone() == (10,)


def test_un_essai_sans_entrepot_n_a_rien_a_comparer(tmp_path):
    with essayer(tmp_path / "absent.duckdb", "1") as connexion:
        bases = connexion.execute("SELECT database_name FROM duckdb_databases()").fetchall()
    assert (PRECEDENT,) not in bases


@pytest.mark.skipif(os.name == "nt", reason="les droits d’un fichier sont ceux de POSIX")
def test_seul_le_proprietaire_lit_l_entrepot(tmp_path):
    entrepot = tmp_path / "entrepot.duckdb"
    with remplacer(entrepot, "1") as connexion:
        connexion.execute("CREATE TABLE t AS SELECT range AS n FROM range(10)")
        droits = {f.name: f.stat().st_mode & 0o777 for f in tmp_path.glob("*.construction*")}
    assert droits
    assert set(droits.values()) == {0o600}
    assert entrepot.stat().st_mode & 0o777 == 0o600
    entrepot.chmod(0o644)  # what a person opened stays theirs to open; what is built is closed again
    with remplacer(entrepot, "1") as connexion:
        copies = [f.stat().st_mode & 0o777 for f in tmp_path.glob("*.construction*")]
        essais = connexion.execute("SELECT count(*) FROM t").fetchone()
    assert (copies, essais) == ([0o600], (10,))
    assert entrepot.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name == "nt", reason="les droits d’un fichier sont ceux de POSIX")
def test_seul_le_proprietaire_lit_un_essai(entrepot, tmp_path):
    with essayer(entrepot, "1"):
        (dossier,) = tmp_path.glob("*.essai")
        assert dossier.stat().st_mode & 0o777 == 0o700
    assert not list(tmp_path.glob("*.essai"))


def test_l_essai_d_un_processus_tue_est_enleve_par_un_suivant(entrepot, tmp_path):
    restes = [tmp_path / f".entrepot.duckdb.{nom}.essai" for nom in ("ancien", "en_cours")]
    for reste in restes:
        reste.mkdir()
        (reste / "essai").write_bytes(b"des reponses exactes")
    il_y_a_deux_heures = time.time() - 7200
    os.utime(restes[0], (il_y_a_deux_heures, il_y_a_deux_heures))
    with essayer(entrepot, "1"):
        assert [reste.exists() for reste in restes] == [False, True]


def test_ce_qui_change_pendant_la_construction_n_est_pas_continue(entrepot):
    with remplacer(entrepot, "1", encore=lambda: False) as connexion:
        connexion.execute("SELECT * FROM t")
    for version in ("1", "2"):
        assert tables(essayer(entrepot, version)) == []


@pytest.mark.parametrize("reste", ["fichier", "dossier"])
def test_une_construction_morte_ne_se_continue_pas(entrepot, tmp_path, reste):
    mort = tmp_path / "entrepot.duckdb.4242.construction"
    if reste == "dossier":  # where DuckDB puts what does not fit in memory
        mort = tmp_path / "entrepot.duckdb.4242.construction.tmp"
        mort.mkdir()
        (mort / "bloc").touch()
    else:
        mort.touch()
    assert tables(remplacer(entrepot, "1")) == []
    assert not mort.exists()


def test_un_sceau_qui_ne_s_ecrit_pas_n_arrete_rien(entrepot, tmp_path):
    sans_sceau(entrepot)
    (tmp_path / "entrepot.duckdb.sceau").mkdir()
    for _ in range(2):
        with remplacer(entrepot, "1") as connexion:
            connexion.execute("CREATE TABLE t AS SELECT 1 AS n")


def test_un_entrepot_illisible_se_remplace(entrepot, monkeypatch):
    def refuser(source, copie):
        copie.touch()
        raise PermissionError(13, "Permission denied", str(source))

    monkeypatch.setattr(shutil, "copyfile", refuser)
    assert tables(essayer(entrepot, "1")) == []
    assert tables(remplacer(entrepot, "1")) == []


def test_un_disque_plein_n_est_pas_un_entrepot_absent(entrepot, monkeypatch):
    # tried against nothing, every value would be told as new
    def remplir(source, copie):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", remplir)
    with pytest.raises(OSError, match="No space left"), essayer(entrepot, "1"):
        pass


def test_les_droits_des_autres_fichiers_ne_changent_pas(tmp_path):
    avant = os.umask(0o022)
    try:
        with pytest.raises(RuntimeError), remplacer(tmp_path / "entrepot.duckdb", "1"):
            raise RuntimeError
        assert os.umask(0o022) == 0o022
    finally:
        os.umask(avant)
