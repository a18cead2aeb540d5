"""What no honest sender writes: archives and messages that break readers, names that break disks."""

import io
import json
import zipfile

import pytest

from etl.inventaire import parcourir
from etl.reception import acceptation, lots
from etl.reception.deballage import ENTREES_MAXIMUM, deballer
from etl.reception.noms import assainir

ENTETE = "MIME-Version: 1.0\r\nDate: Mon, 02 Mar 2026 09:30:00 +0100\r\n"


def archive(methode: int) -> bytearray:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", methode) as contenu:
        contenu.writestr("a.csv", bytes(range(256)) * 20)
    return bytearray(sortie.getvalue())


def lzma_corrompu() -> bytes:
    octets = archive(zipfile.ZIP_LZMA)
    for place in range(60, 90):
        octets[place] ^= 0x5A
    return bytes(octets)


def position_negative() -> bytes:
    """The directory says that the member stands where no file can begin."""
    octets = archive(zipfile.ZIP_STORED)
    fin = octets.rfind(b"PK\x05\x06")
    octets[fin + 16 : fin + 20] = (0xF0000000).to_bytes(4, "little")
    return bytes(octets)


def nom_qui_n_est_pas_utf8() -> bytes:
    """The member itself says a name in UTF-8 that is not."""
    octets = archive(zipfile.ZIP_STORED)
    octets[6:8] = (0x800).to_bytes(2, "little")
    octets[30] = 0x80
    return bytes(octets)


@pytest.mark.parametrize("abimer", [lzma_corrompu, position_negative, nom_qui_n_est_pas_utf8])
def test_une_archive_corrompue_est_dite_ou_gardee_entiere(abimer):
    octets = abimer()
    deballe = deballer("envoi.zip", octets)
    garde = [extrait.contenu for extrait in deballe.extraits] == [octets]
    assert garde or "abîmée" in deballe.remarques[0][1]


def poupees(entete: str, nombre: int) -> bytes:
    return (ENTETE + entete * nombre + "Content-Type: text/plain\r\n\r\nx").encode()


@pytest.mark.parametrize(
    "message",
    [
        poupees("Content-Type: message/rfc822\r\n\r\n" + ENTETE, 2000),
        poupees('Content-Type: multipart/mixed; boundary="B"\r\n\r\n--B\r\n', 3000),
        (ENTETE + "Content-Type: " + "(" * 5000 + "\r\n\r\nx").encode(),
        (
            ENTETE
            + 'Content-Type: multipart/mixed; boundary="B"\r\n\r\n--B\r\nContent-Type: message/rfc822\r\n'
            "\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
        ).encode()
        + b"\xff\xfe\x00\xe9\r\n--B--\r\n",
    ],
    ids=["messages emboîtés", "parties emboîtées", "en-tête en parenthèses", "message transféré en octets"],
)
def test_un_message_fait_pour_casser_le_lecteur_est_dit(message):
    deballe = deballer("courriel.eml", message)
    assert deballe.extraits or deballe.remarques


@pytest.mark.parametrize("nombre", [ENTREES_MAXIMUM + 1, 50_000])
def test_un_message_de_trop_de_pieces_est_refuse_comme_une_archive(nombre):
    """Fifty thousand parts are refused before any is read: the tests would take minutes otherwise."""
    piece = (
        '--B\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename="p.csv"\r\n\r\n1;2\r\n'
    )
    entete = ENTETE + 'Content-Type: multipart/mixed; boundary="B"\r\n\r\n'
    deballe = deballer("courriel.eml", (entete + piece * nombre + "--B--\r\n").encode())
    assert deballe.extraits == []
    assert str(ENTREES_MAXIMUM) in deballe.remarques[0][1]


@pytest.mark.parametrize("debut", ["=", "+", "-", "@", "=+", " ="])
def test_un_nom_ne_commence_jamais_comme_une_formule(debut):
    assert not assainir(f"{debut}HYPERLINK(1).csv").startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("nom", ["😀" * 200 + ".csv", "é" * 200 + ".xlsx", "ab\udcff.csv", "a" * 300])
def test_un_nom_tient_sur_le_disque_et_s_ecrit(nom):
    assert len(assainir(nom).encode("utf-8")) <= 200


def test_un_nom_raccourci_reste_different_de_ceux_qui_sont_pris():
    premier = assainir("😀" * 200 + ".csv")
    second = assainir("😀" * 200 + ".csv", {premier})
    assert second != premier
    assert len(second.encode()) <= 200


def test_des_noms_etranges_se_deposent_s_ecartent_et_s_acceptent(tmp_path):
    depots, raw = tmp_path / "depots", tmp_path / "raw"
    raw.mkdir()
    noms = [
        "raison.json",
        "lot.json",
        "receptions.csv",
        "=1+1.csv",
        "😀" * 200,
        "a\udcff.csv",
        "a\nb.csv",
        "\0",
    ]
    lots.deposer([(nom, f"{rang}".encode()) for rang, nom in enumerate(noms)], depots)
    (lot,) = lots.en_attente(depots)
    ecartees, prises = lot.pieces[:2], lot.pieces[2:]
    dossier = lots.ecarter(lot, ecartees, "essai", depots)
    assert "pieces" in json.loads((dossier / "raison.json").read_text(encoding="utf-8"))
    acceptation.accepter(lot, {piece.nom: lot.depose_le for piece in prises}, raw, depots)
    assert len(list(parcourir(raw))) == len(prises) + 1  # and the register of their dates
