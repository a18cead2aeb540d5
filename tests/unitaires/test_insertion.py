"""Rows of Python into a table, by name: every type that a build inserts, in lots, in their order."""

import datetime as dt

import duckdb
import pytest

from etl import insertion
from etl.insertion import inserer


@pytest.fixture
def connexion() -> duckdb.DuckDBPyConnection:
    with duckdb.connect() as ouverte:
        ouverte.execute(
            'CREATE TABLE t (n BIGINT, le TIMESTAMP, jour DATE, valeur DOUBLE, "ordre" VARCHAR, vrai BOOLEAN,'
            " liste VARCHAR[])"
        )
        yield ouverte


COLONNES = ("n", "le", "jour", "valeur", "ordre", "vrai", "liste")
LIGNES = [
    (2**62, None, dt.date(2025, 3, 1), 3, "l’« un »", True, ["a", "b"]),
    (-1, dt.datetime(2025, 1, 2, 3, 4, 5), None, 0.1, None, None, None),
    (None, None, None, None, "?", False, []),
]


@pytest.mark.parametrize("lot", [1, 2, 10_000])
def test_chaque_ligne_est_rendue_telle_quelle(connexion, monkeypatch, lot):
    monkeypatch.setattr(insertion, "_LOT", lot)
    inserer(connexion, "t", (dict(zip(COLONNES, ligne, strict=True)) for ligne in LIGNES))
    assert connexion.execute("FROM t ORDER BY rowid").fetchall() == LIGNES


def test_les_colonnes_vont_par_leur_nom_et_celles_qui_manquent_restent_vides(connexion):
    inserer(connexion, "t", [{"vrai": True, "n": 1}])
    assert connexion.execute("FROM t").fetchall() == [(1, None, None, None, None, True, None)]


def test_rien_a_inserer_n_ecrit_rien(connexion):
    inserer(connexion, "t", [])
    assert connexion.execute("SELECT count(*) FROM t").fetchone() == (0,)
