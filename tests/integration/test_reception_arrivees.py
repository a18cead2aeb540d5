"""When a file received came, said again: a line is added, read last, and what was written stays."""

import datetime as dt

import pytest

from etl import inventaire
from etl.inventaire import ReceptionsIllisibles, inventorier
from etl.reception import acceptation, arrivees, lots

MATIN, MIDI, SOIR = (dt.datetime(2026, 11, 21, heure) for heure in (9, 12, 18))


@pytest.fixture
def recu(tmp_path):
    """A file accepted in the morning: its raw folder, its name there, its hash."""
    raw, depots = tmp_path / "raw", tmp_path / "depots"
    raw.mkdir()
    lots.deposer([("été.csv", b"a;b\n1;2\n")], depots)
    lot = lots.en_attente(depots)[0]
    acceptation.accepter(lot, {"été.csv": MATIN}, raw, depots)
    (vu,) = inventorier(raw)
    return raw, depots, vu


def dater(recu, recu_le):
    raw, depots, vu = recu
    arrivees.dater(vu.nom, vu.sha256, recu_le, raw, depots)


def date_lue(recu):
    (vu,) = inventorier(recu[0])
    return vu.recu_le


def test_la_derniere_dite_compte_et_rien_de_ce_qui_etait_ecrit_ne_change(recu):
    raw = recu[0]
    (premier,) = raw.glob("recus/*/receptions.csv")
    avant = premier.read_bytes()
    for recu_le in (SOIR, MIDI):
        dater(recu, recu_le)
        assert date_lue(recu) == recu_le
    assert premier.read_bytes() == avant
    lignes = (raw / "recus" / "receptions.csv").read_text(encoding="utf-8").splitlines()
    assert lignes[0] == "sha256;fichier;recu_le;acte;le;fonction;raison"
    assert [ligne.split(";")[2] for ligne in lignes[1:]] == ["2026-11-21T18:00:00", "2026-11-21T12:00:00"]
    assert not list((raw / "recus").glob(".*"))


@pytest.mark.parametrize(
    "refait",
    [
        pytest.param(
            lambda texte: texte.rstrip("\n").encode("utf-8-sig"), id="une marque, sans fin de ligne"
        ),
        pytest.param(lambda texte: texte.replace("\n", "\r\n").encode("cp1252"), id="comme sous Windows"),
        pytest.param(lambda texte: b"", id="vidé"),
    ],
)
def test_un_registre_enregistre_par_un_tableur_se_complete(recu, refait):
    dater(recu, SOIR)
    registre = recu[0] / "recus" / inventaire.RECEPTIONS
    registre.write_bytes(refait(registre.read_text(encoding="utf-8")))
    dater(recu, MIDI)
    assert date_lue(recu) == MIDI


def test_un_registre_d_autres_colonnes_est_dit_et_reste_tel_quel(recu):
    registre = recu[0] / "recus" / inventaire.RECEPTIONS
    registre.write_text("fichier,recu_le\nété.csv,2026-11-21\n", encoding="utf-8")
    avant = registre.read_bytes()
    with pytest.raises(ReceptionsIllisibles, match="ligne 1 : colonnes attendues « sha256;fichier;recu_le »"):
        dater(recu, SOIR)
    assert registre.read_bytes() == avant


def test_ce_qui_n_est_pas_dans_les_fichiers_recus_ne_se_date_pas_ici(recu):
    raw, _, vu = recu
    assert arrivees.est_la(vu.nom, raw) and not arrivees.est_la("demo/2025/rapport.xlsx", raw)
