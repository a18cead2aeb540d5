"""The warehouse put in place: only its owner reads it, and so while it is being built."""

import os

import pytest

from etl.construction.remplacement import remplacer


@pytest.mark.skipif(os.name == "nt", reason="les droits d’un fichier sont ceux de POSIX")
def test_seul_le_proprietaire_lit_l_entrepot(tmp_path):
    entrepot = tmp_path / "entrepot.duckdb"
    with remplacer(entrepot) as connexion:
        connexion.execute("CREATE TABLE t AS SELECT range AS n FROM range(10)")
        connexion.execute("INSERT INTO t SELECT range FROM range(10)")
        droits = {f.name: f.stat().st_mode & 0o777 for f in tmp_path.glob("*.construction*")}
    assert len(droits) == 2  # the file and its journal
    assert set(droits.values()) == {0o600}
    assert entrepot.stat().st_mode & 0o777 == 0o600


def test_les_droits_des_autres_fichiers_ne_changent_pas(tmp_path):
    avant = os.umask(0o022)
    try:
        with pytest.raises(RuntimeError), remplacer(tmp_path / "entrepot.duckdb"):
            raise RuntimeError
        assert os.umask(0o022) == 0o022
    finally:
        os.umask(avant)
