"""The dates of reception, as people write them down."""

import datetime as dt
import os
import sys
from pathlib import Path

import pytest

from etl.construction import empreinte
from etl.inventaire import ReceptionsIllisibles, inscriptions_sans_fichier, inventorier


def deposer(dossier, receptions: bytes):
    """One received file, and the table of receptions given."""
    (dossier / "réponse.xlsx").write_bytes(b"contenu")
    (dossier / "receptions.csv").write_bytes(receptions)


@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("date", ["2026-07-12", "12/07/2026"])
@pytest.mark.parametrize("separateur", [";", ","])
def test_une_date_de_reception_se_lit_comme_un_tableur_l_enregistre(tmp_path, encodage, date, separateur):
    lignes = (("fichier", "recu_le"), ("réponse.xlsx", date))
    deposer(tmp_path, "".join(f"{separateur.join(ligne)}\r\n" for ligne in lignes).encode(encodage))
    (recu,) = inventorier(tmp_path)
    assert recu.recu_le == dt.datetime(2026, 7, 12)


@pytest.mark.parametrize(
    ("receptions", "dit"),
    [
        (b"fichier|recu_le\nreponse.xlsx|2026-07-12\n", "receptions.csv, ligne 1 : .*séparées par"),
        (b"fichier;date\nreponse.xlsx;2026-07-12\n", "recu_le"),
        (b"fichier;recu_le\nreponse.xlsx;hier\n", "ligne 2"),
        (b"fichier;recu_le\n\x81\x8d.xlsx;2026-07-12\n", "UTF-8"),
    ],
)
def test_une_table_des_receptions_illisible_n_est_jamais_ignoree(tmp_path, receptions, dit):
    deposer(tmp_path, receptions)
    with pytest.raises(ReceptionsIllisibles, match=dit):
        inventorier(tmp_path)


def test_une_table_des_receptions_vide_ne_dit_rien(tmp_path):
    deposer(tmp_path, b"")
    (recu,) = inventorier(tmp_path)
    assert recu.recu_le is None


def test_une_ligne_qui_ne_date_aucun_fichier_est_dite(tmp_path):
    deposer(tmp_path, "fichier;recu_le\nréponse.xlsx;2026-07-12\nreponse.xlsx;2026-07-13\n".encode())
    ((registre, anomalie),) = inscriptions_sans_fichier(tmp_path, inventorier(tmp_path))
    assert (registre, anomalie.gravite) == ("receptions.csv", "information")
    assert "Ligne 3 : « reponse.xlsx »" in anomalie.message


def obstacles(dossier):
    return {recu.nom: recu.obstacle for recu in inventorier(dossier)}


def test_un_lien_qui_sort_du_dossier_n_est_pas_suivi(tmp_path):
    raw, ailleurs = tmp_path / "raw", tmp_path / "ailleurs"
    (raw / "dedans").mkdir(parents=True)
    ailleurs.mkdir()
    (ailleurs / "secret.csv").write_text("secret;1\n", encoding="utf-8")
    (raw / "dedans" / "vrai.csv").write_text("a;b\n", encoding="utf-8")
    (raw / "lien.csv").symlink_to(ailleurs / "secret.csv")
    (raw / "lien_dossier").symlink_to(ailleurs)
    (raw / "meme.csv").symlink_to(raw / "dedans" / "vrai.csv")
    (raw / "meme_dossier").symlink_to(raw / "dedans")
    (raw / "rond.csv").symlink_to(raw / "rond.csv")
    dits = obstacles(raw)
    assert list(dits) == ["dedans/vrai.csv", "lien.csv", "lien_dossier", "meme.csv", "rond.csv"]
    assert dits["dedans/vrai.csv"] is dits["meme.csv"] is None
    assert "hors du dossier" in dits["lien.csv"]
    assert "hors du dossier" in dits["lien_dossier"]
    assert "ne peut pas être ouvert" in dits["rond.csv"]


def test_un_dossier_ou_un_fichier_illisible_est_nomme_et_n_arrete_pas_les_autres(tmp_path, monkeypatch):
    """The rights are played: tests may run as an administrator, to whom everything is readable."""
    (tmp_path / "ferme").mkdir()
    for nom in ("ferme/a.csv", "b.csv", "c.csv"):
        (tmp_path / nom).write_text("a;b\n", encoding="utf-8")
    lister, ouvrir = os.scandir, Path.open

    def scandir(lieu):
        if Path(lieu).name == "ferme":
            raise PermissionError(13, "Permission denied", str(lieu))
        return lister(lieu)

    def open_(chemin, *arguments, **options):
        if chemin.name == "b.csv":
            raise PermissionError(13, "Permission denied", str(chemin))
        return ouvrir(chemin, *arguments, **options)

    monkeypatch.setattr("etl.inventaire.os.scandir", scandir)
    monkeypatch.setattr(Path, "open", open_)
    dits = obstacles(tmp_path)
    assert list(dits) == ["b.csv", "c.csv", "ferme"]
    assert dits["c.csv"] is None
    assert "ouvert" in dits["b.csv"]
    assert "Ce dossier" in dits["ferme"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere, a file name is always Unicode")
def test_un_nom_de_fichier_qui_n_est_pas_en_utf8_se_lit(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\x82v.csv")).write_text("a;b\n", encoding="utf-8")
    (recu,) = inventorier(tmp_path)
    assert recu.nom == "\\x82v.csv"
    assert len(empreinte.calculer("1", (tmp_path,))) == 64
