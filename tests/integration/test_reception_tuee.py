"""Accepting is one move: killed or failing at any step, a file is entirely in `raw` or entirely out."""

import datetime as dt
import errno
import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path

import pytest

from etl import inventaire
from etl.reception import acceptation, ecartes, lots

RACINE = Path(__file__).parents[2]
# every call to the system that changes something on disk, or forces it there
APPELS = ("mkdir", "open", "write", "fsync", "rename", "unlink", "rmdir", "close")
FICHIERS = {"a.csv": b"a;b\n1;2\n" * 50_000, "b.csv": b"a;b\n3;4\n"}
RECU_LE = dt.date(2026, 3, 2)
MISES_A_MORT = int(os.environ.get("CTG_MISES_A_MORT", "4"))


@pytest.fixture
def lieux(tmp_path):
    raw, depots = tmp_path / "raw", tmp_path / "depots"
    raw.mkdir()
    (raw / "ancien.csv").write_bytes(b"deja;la\n")
    lots.deposer(FICHIERS.items(), depots)
    return raw, depots


def accepter(raw, depots):
    (lot,) = lots.en_attente(depots)
    return acceptation.accepter(lot, dict.fromkeys((p.nom for p in lot.pieces), RECU_LE), raw, depots)


def etat(raw, depots):
    """What a build would read, and what remains to decide."""
    recus = {r.chemin.name: (r.chemin.read_bytes(), r.recu_le) for r in inventaire.inventorier(raw)}
    recus.pop("ancien.csv")
    restent = {piece.nom for lot in lots.en_attente(depots) for piece in lot.pieces}
    return recus, restent


def verifier_tout_ou_rien(raw, depots):
    """Entirely in or entirely out, and nothing is lost in either case. Says whether it is in."""
    recus, restent = etat(raw, depots)
    assert recus in ({}, {nom: (octets, dt.datetime(2026, 3, 2)) for nom, octets in FICHIERS.items()})
    assert recus or restent == set(FICHIERS)
    return bool(recus)


def tuer_au_pas(pas, apres):
    """In this process: make its n-th change of the disk its last act, done or not."""
    comptes = itertools.count()
    for nom in APPELS:
        vrai = getattr(os, nom)

        def faux(*arguments, _vrai=vrai, **options):
            fatal = next(comptes) == pas
            if fatal and not apres:
                os.kill(os.getpid(), signal.SIGKILL)
            try:
                return _vrai(*arguments, **options)
            finally:
                if fatal:
                    os.kill(os.getpid(), signal.SIGKILL)

        setattr(os, nom, faux)


def mourir_a_chaque_pas(lieux, tmp_path, apres, operation):
    """(raw, depots, ended) of a copy of the folders, killed at each step in turn, then whole."""
    for pas in range(200):
        essai = tmp_path / f"essai_{pas}"
        raw, depots = essai / "raw", essai / "depots"
        shutil.copytree(lieux[0], raw)
        shutil.copytree(lieux[1], depots)
        if (fils := os.fork()) == 0:
            try:
                tuer_au_pas(pas, apres)
                operation(raw, depots)
            except BaseException:
                traceback.print_exc()
                os._exit(3)
            os._exit(0)
        _, code = os.waitpid(fils, 0)
        assert not os.WIFEXITED(code) or os.WEXITSTATUS(code) == 0
        yield raw, depots, os.WIFEXITED(code)
        shutil.rmtree(essai)
        if os.WIFEXITED(code):
            assert pas >= 15
            return
    raise AssertionError("l’opération fait plus de pas que prévu")


AVANT_OU_APRES = pytest.mark.parametrize("apres", [False, True], ids=["avant", "apres"])
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="un processus fils est tué : POSIX seulement")


@AVANT_OU_APRES
def test_accepter_tue_a_chaque_pas_est_tout_ou_rien(lieux, tmp_path, apres):
    dedans = []
    for raw, depots, _ in mourir_a_chaque_pas(lieux, tmp_path, apres, accepter):
        dedans.append(verifier_tout_ou_rien(raw, depots))
        if lots.en_attente(depots):  # begun again, it ends, and nothing is stored twice
            accepter(raw, depots)
        assert verifier_tout_ou_rien(raw, depots)
        assert not list(raw.glob(".entrant-*"))
    assert len(dedans) >= 30
    assert dedans == sorted(dedans)  # out, then in, at one step and for good
    assert not dedans[0] and dedans[-1]


@AVANT_OU_APRES
def test_deposer_tue_a_chaque_pas_est_tout_ou_rien(lieux, tmp_path, apres):
    def deposer(raw, depots):
        lots.deposer([("c.csv", b"c"), ("d.csv", b"d")], depots)

    for _, depots, fini in mourir_a_chaque_pas(lieux, tmp_path, apres, deposer):
        nouveaux = [{p.nom for p in lot.pieces} - set(FICHIERS) for lot in lots.en_attente(depots)]
        assert sorted(map(sorted, filter(None, nouveaux))) in ([], [["c.csv", "d.csv"]])
        assert any(nouveaux) or not fini


@AVANT_OU_APRES
def test_ecarter_tue_a_chaque_pas_ne_perd_rien(lieux, tmp_path, apres):
    def ecarter(raw, depots):
        (lot,) = lots.en_attente(depots)
        lots.ecarter(lot, lot.pieces, "essai", depots)

    for _, depots, fini in mourir_a_chaque_pas(lieux, tmp_path, apres, ecarter):
        restent = {piece.nom for lot in lots.en_attente(depots) for piece in lot.pieces}
        gardes = {chemin.name for chemin in (depots / lots.ECARTES).glob("[!.]*/*.csv")}
        assert restent | gardes == set(FICHIERS)
        assert gardes in (set(), set(FICHIERS)) and (gardes or not fini)


@AVANT_OU_APRES
def test_reprendre_tue_a_chaque_pas_ne_perd_rien_et_se_recommence(lieux, tmp_path, apres):
    (lot,) = lots.en_attente(lieux[1])
    lots.ecarter(lot, lot.pieces, "essai", lieux[1])

    def reprendre(raw, depots):
        ecartes.reprendre(ecartes.ecartes(depots)[0], depots)

    for _, depots, fini in mourir_a_chaque_pas(lieux, tmp_path, apres, reprendre):
        gardes = {nom for ecarte in ecartes.ecartes(depots) for nom in ecarte.noms}
        if gardes:  # begun again, it ends
            assert not fini and gardes == set(FICHIERS)
            reprendre(None, depots)
        for repris in lots.en_attente(depots):
            assert {p.nom: p.chemin.read_bytes() for p in repris.pieces} == FICHIERS
        assert lots.en_attente(depots) and ecartes.ecartes(depots) == []


def test_tuee_a_un_instant_quelconque(lieux, tmp_path):
    raw, depots = lieux
    code = (
        "import sys, datetime as dt; from pathlib import Path\n"
        "from etl.reception import acceptation, lots\n"
        "raw, depots = map(Path, sys.argv[1:])\n"
        "(lot,) = lots.en_attente(depots)\n"
        "dates = {p.nom: dt.date(2026, 3, 2) for p in lot.pieces}\n"
        "print('pret', flush=True)\n"
        "acceptation.accepter(lot, dates, raw, depots)\n"
    )
    hasard = random.Random(2026)
    for rang in range(MISES_A_MORT):
        essai = tmp_path / f"essai_{rang}"
        shutil.copytree(raw, essai / "raw")
        shutil.copytree(depots, essai / "depots")
        processus = subprocess.Popen(
            [sys.executable, "-c", code, essai / "raw", essai / "depots"], cwd=RACINE, stdout=subprocess.PIPE
        )
        processus.stdout.readline()
        time.sleep(hasard.uniform(0, 0.01))
        processus.kill()
        processus.wait()
        verifier_tout_ou_rien(essai / "raw", essai / "depots")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_un_refus_du_systeme_a_n_importe_quel_pas_ne_change_rien(lieux, tmp_path, monkeypatch, code):
    """Disk full, rights lost: the same steps, refused instead of killed."""
    vus = []
    for pas in range(200):
        essai = tmp_path / f"essai_{pas}"
        raw, depots = essai / "raw", essai / "depots"
        shutil.copytree(lieux[0], raw)
        shutil.copytree(lieux[1], depots)
        comptes = itertools.count()
        with monkeypatch.context() as contexte:
            for nom in ("mkdir", "write", "fsync", "rename"):
                vrai = getattr(os, nom)

                def faux(*arguments, _vrai=vrai, _pas=pas, _comptes=comptes, **options):
                    if next(_comptes) == _pas:
                        raise OSError(code, "refus", "disque")
                    return _vrai(*arguments, **options)

                contexte.setattr(os, nom, faux)
            try:
                accepter(raw, depots)
            except OSError as erreur:
                vus.append(erreur.errno)
            fini = next(comptes) <= pas
        assert verifier_tout_ou_rien(raw, depots) or not fini
        assert not list(raw.glob(".entrant-*"))  # an error, unlike a death, cleans up
        if fini:
            break
    assert fini and set(vus) == {code} and len(vus) >= 8
