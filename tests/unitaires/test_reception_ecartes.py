"""What was set aside comes back whole, with the day it was received, and only once."""

import datetime as dt
from email.message import EmailMessage

import pytest

from etl.reception import ecartes, lots


def ecarter(racine, fichiers, raison="Envoyé par erreur"):
    lots.deposer(fichiers, racine)
    lot = lots.en_attente(racine)[0]
    lots.ecarter(lot, lot.pieces, raison, racine)
    return lot


def test_ce_qui_fut_ecarte_revient_entier_et_quitte_les_ecartes(tmp_path):
    message = EmailMessage()
    message["Date"] = "Sun, 02 Mar 2025 09:30:00 +0100"
    message.add_attachment(b"A;1", maintype="text", subtype="csv", filename="a.csv")
    avant = ecarter(tmp_path, [("m.eml", message.as_bytes()), ("vide.csv", b"")])
    (ecarte,) = ecartes.ecartes(tmp_path)
    assert (ecarte.raison, ecarte.noms) == ("Envoyé par erreur", ("a.csv", "vide.csv"))
    lot_id = ecartes.reprendre(ecarte, tmp_path)
    (lot,) = lots.en_attente(tmp_path)
    assert lot.lot_id == lot_id and lot.depose_le == avant.depose_le
    assert [(p.nom, p.sha256, p.taille, p.origine, p.recu_le) for p in lot.pieces] == [
        (p.nom, p.sha256, p.taille, p.origine, p.recu_le) for p in avant.pieces
    ]
    assert lot.pieces[0].recu_le.date() == dt.date(2025, 3, 2) and lot.pieces[1].recu_le is None
    assert lot.pieces[0].chemin.read_bytes() == b"A;1"
    assert ecartes.ecartes(tmp_path) == []


def test_repris_deux_fois_par_deux_onglets_il_ne_revient_qu_une_fois(tmp_path):
    ecarter(tmp_path, [("a.csv", b"A")])
    (ecarte,) = ecartes.ecartes(tmp_path)
    ecartes.reprendre(ecarte, tmp_path)
    with pytest.raises(FileNotFoundError, match="déjà été repris"):
        ecartes.reprendre(ecarte, tmp_path)
    assert len(lots.en_attente(tmp_path)) == 1


def test_le_dernier_geste_vient_d_abord_et_un_dossier_vide_ne_se_montre_pas(tmp_path):
    for rang in range(3):
        ecarter(tmp_path, [(f"{rang}.csv", b"A")], f"raison {rang}")
    vus = ecartes.ecartes(tmp_path)
    assert {ecarte.raison for ecarte in vus} == {"raison 0", "raison 1", "raison 2"}
    assert [e.le for e in vus] == sorted((e.le for e in vus), reverse=True)
    (vus[0].dossier / vus[0].noms[0]).unlink()
    assert len(ecartes.ecartes(tmp_path)) == 2
    assert ecartes.ecartes(tmp_path / "nulle-part") == []


def test_une_adresse_ne_mene_qu_a_ce_qui_attend(tmp_path):
    lots.deposer([("a.csv", b"A")], tmp_path)
    (lot,) = lots.en_attente(tmp_path)
    assert lots.trouver(f"{lot.lot_id}/a.csv", tmp_path).sha256 == lot.pieces[0].sha256
    for ailleurs in ("", "a.csv", f"{lot.lot_id}/lot.json", f"{lot.lot_id}/../{lot.lot_id}/a.csv"):
        assert lots.trouver(ailleurs, tmp_path) is None


def test_la_date_dite_par_une_personne_suit_le_fichier(tmp_path):
    lots.deposer([("a.csv", b"A"), ("b.csv", b"B")], tmp_path)
    (lot,) = lots.en_attente(tmp_path)
    dite = dt.datetime(2025, 5, 3)
    lots.dater(lot, "a.csv", dite, tmp_path)
    (lot,) = lots.en_attente(tmp_path)
    assert [(p.nom, p.dit_le) for p in lot.pieces] == [("a.csv", dite), ("b.csv", None)]
    lots.ecarter(lot, lot.pieces, "Envoyé par erreur", tmp_path)
    ecartes.reprendre(ecartes.ecartes(tmp_path)[0], tmp_path)
    (lot,) = lots.en_attente(tmp_path)
    assert [p.dit_le for p in lot.pieces] == [dite, None]
    lots.dater(lot, "a.csv", None, tmp_path)
    assert lots.en_attente(tmp_path)[0].pieces[0].dit_le is None
    lots.fermer(lot)
    lots.dater(lot, "a.csv", dite, tmp_path)  # decided in another tab: nothing comes back
    assert lots.en_attente(tmp_path) == []


def test_une_description_abimee_n_empeche_ni_les_autres_ni_de_savoir_ou_sont_les_fichiers(tmp_path):
    for nom in ("a.csv", "b.csv"):
        ecarter(tmp_path, [(nom, b"A")], f"raison {nom}")
    abimee = next(e for e in ecartes.ecartes(tmp_path) if e.noms == ("a.csv",))
    (abimee.dossier / lots.RAISON).write_text('{"raison": "rai', encoding="utf-8")
    vus = {e.noms: e for e in ecartes.ecartes(tmp_path)}
    assert vus[("b.csv",)].raison == "raison b.csv"
    assert "abîmée" in vus[("a.csv",)].raison and abimee.dossier.name in vus[("a.csv",)].raison
    with pytest.raises(OSError, match="abîmée"):
        ecartes.reprendre(vus[("a.csv",)], tmp_path)
    assert (abimee.dossier / "a.csv").read_bytes() == b"A" and lots.en_attente(tmp_path) == []


def test_ce_qu_un_autre_onglet_reprend_pendant_qu_on_regarde_ne_se_montre_plus(tmp_path, monkeypatch):
    ecarter(tmp_path, [("a.csv", b"A")])
    lots.deposer([("b.csv", b"B")], tmp_path)
    lire = ecartes.json.loads

    def parti(texte):
        raise FileNotFoundError(texte)

    monkeypatch.setattr(ecartes.json, "loads", parti)
    assert ecartes.ecartes(tmp_path) == [] and lots.en_attente(tmp_path) == []
    monkeypatch.setattr(ecartes.json, "loads", lire)
    assert len(ecartes.ecartes(tmp_path)) == 1
