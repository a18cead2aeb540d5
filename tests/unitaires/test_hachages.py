"""The content of a file is read once as long as it does not move, in this process and in the next ones."""

import hashlib
import os
import time

import pytest

from etl import hachages
from etl.hachages import empreinte_de, garder, rappeler


def sha256(octets):
    return hashlib.sha256(octets).hexdigest()


@pytest.fixture
def lus(monkeypatch):
    """The files whose content is read, in order."""
    chemins, hacher = [], hachages._hacher
    monkeypatch.setattr(hachages, "_hacher", lambda chemin: chemins.append(chemin.name) or hacher(chemin))
    return chemins


@pytest.fixture
def plus_tard(monkeypatch):
    """An hour has passed: no file is too young to be known by its dates."""
    maintenant = time.time_ns
    monkeypatch.setattr(hachages.time, "time_ns", lambda: maintenant() + 3_600_000_000_000)


def test_un_fichier_qui_n_a_pas_bouge_n_est_lu_qu_une_fois(tmp_path, lus, plus_tard):
    fichier = tmp_path / "a.csv"
    fichier.write_bytes(b"un")
    assert [empreinte_de(fichier) for _ in range(3)] == [sha256(b"un")] * 3
    assert lus == ["a.csv"]


def test_un_fichier_recrit_de_meme_taille_et_de_meme_date_est_relu(tmp_path, lus, plus_tard):
    fichier = tmp_path / "a.csv"
    fichier.write_bytes(b"un")
    date = fichier.stat().st_mtime_ns
    assert empreinte_de(fichier) == sha256(b"un")
    time.sleep(0.02)  # the clock of a file system moves by steps of some milliseconds
    fichier.write_bytes(b"du")
    os.utime(fichier, ns=(date, date))
    assert empreinte_de(fichier) == sha256(b"du")


def test_un_fichier_qui_vient_d_etre_ecrit_est_toujours_relu(tmp_path, lus):
    fichier = tmp_path / "a.csv"
    for octets in (b"un", b"du", b"an"):
        fichier.write_bytes(octets)
        assert empreinte_de(fichier) == sha256(octets)
    assert lus == ["a.csv"] * 3


def test_un_fichier_remplace_par_un_autre_de_meme_date_est_relu(tmp_path, lus, plus_tard):
    fichier, autre = tmp_path / "a.csv", tmp_path / "b.csv"
    fichier.write_bytes(b"un")
    autre.write_bytes(b"du")
    date = fichier.stat().st_mtime_ns
    os.utime(autre, ns=(date, date))
    assert empreinte_de(fichier) == sha256(b"un")
    autre.replace(fichier)
    assert empreinte_de(fichier) == sha256(b"du")


@pytest.fixture
def neuf(monkeypatch, tmp_path):
    """Leave what was seen beside a warehouse, then become another process, that takes it back."""
    for memoire in (hachages._connus, hachages._rappeles):
        monkeypatch.setattr(hachages, "_LOURD", 2)
        memoire.clear()

    def recommencer():
        garder(tmp_path / "entrepot.duckdb")
        hachages._connus.clear()
        rappeler(tmp_path / "entrepot.duckdb")

    return recommencer


def test_un_autre_processus_ne_lit_pas_un_fichier_lourd_qui_n_a_pas_bouge(tmp_path, lus, plus_tard, neuf):
    fichier = tmp_path / "é \x82.csv"
    fichier.write_bytes(b"un")
    for _ in range(3):
        assert empreinte_de(fichier) == sha256(b"un")
        neuf()
    assert len(lus) == 1


def test_un_fichier_leger_est_lu_par_chaque_processus(tmp_path, lus, plus_tard, neuf):
    fichier = tmp_path / "a.xlsx"
    fichier.write_bytes(b"1")
    empreinte_de(fichier)
    neuf()
    empreinte_de(fichier)
    assert lus == ["a.xlsx"] * 2


def test_un_fichier_trop_jeune_n_est_pas_laisse_aux_suivants(tmp_path, lus, neuf):
    fichier = tmp_path / "a.csv"
    fichier.write_bytes(b"un")
    empreinte_de(fichier)
    neuf()
    assert not (tmp_path / "entrepot.duckdb.hachages").exists()


def _recrire(fichier, autre):
    fichier.write_bytes(b"du")


def _recrire_a_travers_un_lien(fichier, autre):
    lien = fichier.with_suffix(".lien")
    os.link(fichier, lien)
    lien.write_bytes(b"du")


def _remplacer(fichier, autre):
    autre.write_bytes(b"du")
    autre.replace(fichier)


def _echanger_puis_revenir_sous_le_meme_nom(fichier, autre):
    fichier.unlink()
    fichier.write_bytes(b"du")


@pytest.mark.skipif(os.name == "nt", reason="nothing is left to the next processes there")
@pytest.mark.parametrize(
    "geste", [_recrire, _recrire_a_travers_un_lien, _remplacer, _echanger_puis_revenir_sous_le_meme_nom]
)
def test_un_contenu_change_sous_la_meme_taille_et_la_meme_date_est_vu_du_suivant(
    tmp_path, plus_tard, neuf, geste
):
    fichier, autre = tmp_path / "a.csv", tmp_path / "b.csv"
    fichier.write_bytes(b"un")
    date = fichier.stat().st_mtime_ns
    assert empreinte_de(fichier) == sha256(b"un")
    neuf()
    time.sleep(0.02)
    geste(fichier, autre)
    os.utime(fichier, ns=(date, date))
    assert fichier.stat().st_mtime_ns == date
    assert empreinte_de(fichier) == sha256(b"du")


@pytest.mark.parametrize("place", [3, 70, -3])
def test_une_note_abimee_fait_tout_lire(tmp_path, lus, plus_tard, neuf, place):
    fichier, note = tmp_path / "a.csv", tmp_path / "entrepot.duckdb.hachages"
    fichier.write_bytes(b"un")
    empreinte_de(fichier)
    neuf()
    octets = bytearray(note.read_bytes())
    octets[place] ^= 1
    note.write_bytes(octets)
    rappeler(tmp_path / "entrepot.duckdb")
    hachages._connus.clear()
    assert empreinte_de(fichier) == sha256(b"un")
    assert lus == ["a.csv"] * 2


def test_ce_qui_n_est_plus_demande_n_est_plus_garde(tmp_path, plus_tard, neuf):
    fichier = tmp_path / "a.csv"
    fichier.write_bytes(b"un")
    empreinte_de(fichier)
    neuf()
    neuf()
    assert not (tmp_path / "entrepot.duckdb.hachages").exists()
