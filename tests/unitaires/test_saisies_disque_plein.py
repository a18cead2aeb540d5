"""A decision is written whole, for its owner alone; a full disk leaves the register as it was."""

import errno
import os
import stat

import duckdb
import pytest

from etl.commandes import conduite
from etl.saisies import ajouter, ecriture, lire
from tests.exemples.campagne_minuscule import CONVENTION

DECISION = {
    "annee": 2025,
    "repondant_id": next(iter(CONVENTION.structures)),
    "etape": "confirmee",
    "acte": "atteinte",
    "fonction": "coordination",
    "raison": "Dit au téléphone",
}


@pytest.fixture
def disque_plein(monkeypatch):
    """The disk takes ten bytes, then refuses."""
    ecrire = os.write

    def ecrire_un_peu(descripteur, octets):
        if len(octets) <= 10:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return ecrire(descripteur, octets[:10])

    monkeypatch.setattr(ecriture.os, "write", ecrire_un_peu)


def mode(chemin):
    return stat.S_IMODE(chemin.stat().st_mode)


@pytest.mark.parametrize("deja", [0, 1])
def test_un_disque_plein_ne_laisse_pas_de_ligne_coupee(tmp_path, request, deja):
    if deja:
        ajouter("etapes", DECISION, CONVENTION, tmp_path)
    registre = tmp_path / "etapes.csv"
    avant = registre.read_bytes() if deja else b""
    request.getfixturevalue("disque_plein")
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        ajouter("etapes", DECISION | {"acte": "retiree" if deja else "atteinte"}, CONVENTION, tmp_path)
    assert registre.read_bytes() == avant
    assert len(lire("etapes", CONVENTION, tmp_path).lignes) == deja


def test_un_registre_reste_vide_par_un_disque_plein_se_remplit_ensuite(tmp_path):
    (tmp_path / "etapes.csv").touch()
    ajouter("etapes", DECISION, CONVENTION, tmp_path)
    assert len(lire("etapes", CONVENTION, tmp_path).lignes) == 1


@pytest.mark.skipif(os.name == "nt", reason="droits POSIX")
def test_un_registre_coupe_puis_repris_reste_a_son_proprietaire(tmp_path):
    dossier = tmp_path / "saisies"
    ajouter("etapes", DECISION, CONVENTION, dossier)
    registre = dossier / "etapes.csv"
    with registre.open("ab") as flux:
        flux.write(b"2026-01-01T10:00:00;coord")
    ajouter("etapes", DECISION | {"acte": "retiree"}, CONVENTION, dossier)
    assert (mode(dossier), mode(registre)) == (0o700, 0o600)
    ecriture.remplacer(dossier / "copie.csv", b"x")
    assert mode(dossier / "copie.csv") == 0o600


def test_un_disque_plein_pendant_la_construction_se_dit_en_francais():
    erreur = duckdb.Error("Could not write file: No space left on device")
    assert "le disque est plein" in conduite._phrase(erreur).casefold()
