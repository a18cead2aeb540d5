"""What a person may drop that holds no table: it is named, and what to ask for instead is said."""

import io
import zipfile

import pytest

from ctg.destinataire import dire
from ctg.referentiel import charger, dossier_par_defaut
from etl.lecture.fichier import lire_fichier

CONVENTION = charger(dossier_par_defaut())
SPREADSHEETML = b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


def _zip(*noms: str) -> bytes:
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w") as archive:
        for nom in noms:
            archive.writestr(nom, "contenu")
    return tampon.getvalue()


CAS = {
    "lettre.doc": (rb"{\rtf1\ansi bonjour}", "est un document de texte (RTF). Envoyez le classeur lui-même"),
    "envoi.rar": (b"Rar!\x1a\x07\x01\x00" + b"0" * 50, "est une archive (RAR). Envoyez le classeur"),
    "envoi.7z": (b"7z\xbc\xaf\x27\x1c" + b"0" * 50, "est une archive (7z). Envoyez le classeur"),
    "IMG_1.heic": (b"\0\0\0\x18ftypheic" + b"0" * 50, "est une photo ou une vidéo. Envoyez"),
    "bilan.numbers": (_zip("Index/Document.iwa"), "un document Numbers ou Pages (Apple). Envoyez le"),
    "bilan.pages": (_zip("Index/Document.iwa", "preview.jpg"), "un document Numbers ou Pages (Apple)"),
    "bilan.xml": (SPREADSHEETML, "S’il s’ouvre dans Excel ou LibreOffice, enregistrez-le"),
    "export.xls": (b"<html><table></table></html>", "Ouvrez-le dans Excel ou LibreOffice, enregistrez"),
    "coupe.json": (b'[{"code": "212310101"}, {"co', "Le fichier JSON est abîmé ou incomplet"),
}


@pytest.mark.parametrize("nom", CAS)
def test_ce_que_c_est_et_ce_qu_il_faut_demander(tmp_path, nom):
    octets, phrase = CAS[nom]
    chemin = tmp_path / nom
    chemin.write_bytes(octets)
    lu = lire_fichier(chemin, CONVENTION)
    assert lu.statut == "refuse"
    assert phrase in lu.message
    assert "enregistrez" in phrase or "Ouvrez" not in dire(lu.anomalies[0].regle, lu.message)


@pytest.mark.parametrize("titre", ["[Structure]", "{nom}", "[2025]"])
def test_un_titre_entre_crochets_n_est_pas_du_json(tmp_path, titre):
    chemin = tmp_path / "suivi.csv"
    chemin.write_text(f"{titre};Enfants admis\nColombière;31\n", encoding="utf-8")
    assert f"ses colonnes ({titre}, Enfants admis…)" in lire_fichier(chemin, CONVENTION).message
