"""What goes back to the senders, in one archive: nothing left out without a word."""

import datetime as dt
import io
import zipfile

import pytest

from etl.anomalie import Anomalie
from etl.renvois.courrier import Renvoi
from etl.renvois.retours import SANS_COPIE, ecrire, en_archive
from tests.exemples.classeur_libre import ecrire as ecrire_classeur

JOUR = dt.date(2026, 5, 4)
A_CORRIGER = Anomalie("S", "A1", "bloquant", "nombre_illisible", "« x » n’est pas un nombre.", "x")


def renvoi(fichier: str) -> Renvoi:
    return Renvoi(fichier, "L’Archipel", ("L’Archipel",), 2025, None, None, False, False, (A_CORRIGER,))


@pytest.fixture
def recus(tmp_path):
    for dossier in ("un", "deux"):
        (tmp_path / "raw" / dossier).mkdir(parents=True)
        ecrire_classeur(tmp_path / "raw" / dossier / "bilan.xlsx", {"S": [["x"]]})
    (tmp_path / "raw" / "un" / "bilan.docx").write_bytes(b"rien qui s'ouvre")
    return tmp_path / "raw"


def lire(octets: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return {nom: archive.read(nom) for nom in archive.namelist()}


def test_un_fichier_disparu_garde_son_message_et_l_archive_le_dit(recus):
    contenu = lire(en_archive([renvoi("un/bilan.xlsx"), renvoi("parti.xlsx")], (recus,), JOUR))
    assert list(contenu) == [
        SANS_COPIE,
        "bilan_a_corriger.txt",
        "bilan_a_corriger.xlsx",
        "parti_a_corriger.txt",
    ]
    dit = contenu[SANS_COPIE].decode()
    assert "- parti.xlsx (message : parti_a_corriger.txt) : ce fichier n’est plus là où il a été lu" in dit
    assert "bilan" not in dit
    assert "Merci de nous renvoyer votre fichier corrigé" in contenu["parti_a_corriger.txt"].decode()


def test_sans_rien_qui_manque_l_archive_n_en_parle_pas(recus):
    assert list(lire(en_archive([renvoi("un/bilan.xlsx")], (recus,), JOUR))) == [
        "bilan_a_corriger.txt",
        "bilan_a_corriger.xlsx",
    ]


def test_deux_fichiers_du_meme_nom_gardent_chacun_leur_message(recus, tmp_path):
    vers = tmp_path / "vers"
    liste = [renvoi(nom) for nom in ("un/bilan.xlsx", "deux/bilan.xlsx", "un/bilan.docx", "bilan.ods")]
    textes = {ecrire(r, recus / r.fichier, vers, JOUR).texte.name for r in liste}
    assert len(textes) == len(liste) == len(list(vers.glob("*.txt")))
