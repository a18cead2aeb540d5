"""Small files that would fill the memory or the day: refused before they do, with what to do."""

import io
import random
import re
import tracemalloc
import zipfile

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.classeurs import ClasseurRefuse, Feuille, ouvrir
from etl.lecture.fichier import lire_fichier
from etl.marquage.paquet import Paquet, PaquetInattendu
from etl.reception.deballage import deballer
from tests.exemples.autres_formats import contenu_ods, ods
from tests.exemples.refuses.fabriquer import classeur_sain, zipper

FEUILLE, LIENS = "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"
LONG = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz", k=32_000))


def rangees(nombre: int) -> bytes:
    """Rows of one cell that shows the first shared text."""
    return b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (r, r) for r in range(1, nombre + 1))


def texte_commun(nombre: int) -> bytes:
    parties = classeur_sain()
    debut, _, fin = parties[FEUILLE].partition(b"<sheetData>")
    parties[FEUILLE] = (
        debut + b"<sheetData>" + rangees(nombre) + b"</sheetData>" + fin.partition(b"</sheetData>")[2]
    )
    parties["xl/sharedStrings.xml"] = (
        f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{LONG}</t></si></sst>'
    ).encode()
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    lien = f'<Relationship Id="rIdT" Type="{relations}" Target="sharedStrings.xml"/></Relationships>'
    parties[LIENS] = parties[LIENS].replace(b"</Relationships>", lien.encode())
    return zipper(parties)


def texte_repete_ods() -> bytes:
    cellule = f'<table:table-cell office:value-type="string"><text:p>{LONG}</text:p></table:table-cell>'
    rangee = f'<table:table-row table:number-rows-repeated="4000">{cellule}</table:table-row>'
    contenu = contenu_ods((Feuille("F", [["ici"]]),))
    assert "<table:table-row>" in contenu
    return ods((), contenu=contenu.replace("<table:table-row>", f"{rangee}<table:table-row>", 1))


def avec(avant: bytes, apres: bytes, partie: str) -> bytes:
    parties = classeur_sain()
    assert avant in parties[partie]
    return zipper({**parties, partie: parties[partie].replace(avant, apres, 1)})


def feuilles(nombre: int) -> bytes:
    """The same sheet, under so many names."""
    parties = classeur_sain()
    une = re.search(rb"<sheet [^>]*/>", parties["xl/workbook.xml"])[0]
    autres = b"".join(une.replace(b'name="Sheet"', b'name="F%d"' % rang) for rang in range(nombre))
    return zipper({**parties, "xl/workbook.xml": parties["xl/workbook.xml"].replace(une, autres)})


def formats_de_nombre(nombre: int) -> bytes:
    codes = b"".join(
        b'<numFmt numFmtId="%d" formatCode="0&quot;u%d&quot;"/>' % (r + 200, r) for r in range(nombre)
    )
    styles = (
        b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>'
        + codes
        + b'</numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'
    )
    return zipper({**classeur_sain(), "xl/styles.xml": styles})


def mentir(octets: bytes, nom: bytes) -> bytes:
    """The same archive, whose list gives a thousand bytes to the part that ends with `nom`."""
    menteuse = bytearray(octets)
    place = menteuse.rfind(b"PK\1\2", 0, menteuse.rfind(nom))
    menteuse[place + 24 : place + 28] = (1_000).to_bytes(4, "little")
    return bytes(menteuse)


def taille_menteuse() -> bytes:
    return mentir(zipper({**classeur_sain(), "xl/gros.xml": b" " * 40_000_000}), b"xl/gros.xml")


GONFLES = {
    "petite-bombe": (
        ".xlsx",
        lambda: zipper({**classeur_sain(), "xl/vide.xml": b" " * 900_000}),
        "bombe",
        "occuperait 8",  # some 880 Ko, and not « 0 Mo »
    ),
    "texte-commun": (".xlsx", lambda: texte_commun(4_000), "textes_demesures", "100 millions"),
    "texte-repete": (".ods", texte_repete_ods, "textes_demesures", "100 millions"),
    "feuilles": (".xlsx", lambda: feuilles(1_001), "trop_de_feuilles", "1 001 feuilles"),
    "formats": (".xlsx", lambda: formats_de_nombre(10_001), "trop_de_formats", "10 001 formats"),
    "taille-menteuse": (".xlsx", taille_menteuse, "classeur_abime", "abîmé"),
    "sans-feuille": (
        ".xlsx",
        lambda: avec(b"worksheets/sheet1.xml", b"worksheets/absente.xml", LIENS),
        "classeur_abime",
        "abîmé",
    ),
    "connexion": (
        ".xlsx",
        lambda: zipper({**classeur_sain(), "xl/connections.xml": b"<connections/>"}),
        "liens_externes",
        "à une base",
    ),
    "activex": (
        ".xlsx",
        lambda: zipper({**classeur_sain(), "xl/activeX/activeX1.xml": b"<a/>"}),
        "objets_incorpores",
        "document incorporé",
    ),
    "macros-renommees": (
        ".xlsx",
        lambda: avec(
            b"</Types>",
            b'<Override PartName="/xl/p.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
            "[Content_Types].xml",
        ),
        "macros",
        "sans macros",
    ),
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("cas", GONFLES)
def test_un_petit_fichier_ne_remplit_pas_la_memoire(cas, tmp_path):
    extension, fabriquer, regle, dit = GONFLES[cas]
    chemin = tmp_path / f"recu{extension}"
    chemin.write_bytes(fabriquer())
    tracemalloc.start()
    with pytest.raises(ClasseurRefuse) as refus:
        ouvrir(chemin)
    _, pic = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert pic < 40 * 2**20
    assert refus.value.regle == regle
    assert dit in refus.value.anomalie.message.replace("\u202f", " ")


def test_un_long_texte_montre_quelques_fois_se_lit(tmp_path):
    (tmp_path / "recu.xlsx").write_bytes(texte_commun(5))
    (feuille,) = ouvrir(tmp_path / "recu.xlsx").feuilles
    assert [rangee[0] for rangee in feuille.rangees] == [LONG] * 5


def test_une_archive_qui_ment_sur_sa_taille_n_est_pas_depliee():
    octets = io.BytesIO()
    with zipfile.ZipFile(octets, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", bytes(60_000_000))
    menteuse = mentir(octets.getvalue(), b"a.csv")
    tracemalloc.start()
    deballe = deballer("envoi.zip", menteuse)
    _, pic = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    (gardee,) = deballe.extraits
    assert (gardee.contenu, pic < 5 * 2**20) == (menteuse, True)
    assert "abîmée" in gardee.refus


def test_une_image_qui_ment_sur_sa_taille_n_est_pas_depliee_dans_la_copie():
    """Reading the cells opens no picture: the marked copy would."""
    menteuse = mentir(zipper({**classeur_sain(), "xl/media/image1.png": bytes(60_000_000)}), b"image1.png")
    tracemalloc.start()
    with pytest.raises(PaquetInattendu):
        Paquet(menteuse)
    _, pic = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert pic < 5 * 2**20


def message(en_tetes: str) -> bytes:
    return f"MIME-Version: 1.0\r\n{en_tetes}\r\n\r\na;b\r\n1;2".encode()


@pytest.mark.timeout(10)
def test_un_en_tete_sans_fin_n_est_pas_lu():
    """The time the standard library takes grows as the square of the pieces of a name: minutes for a Mo."""
    morceaux = "".join(f' name*{rang}="a";\r\n' for rang in range(60_000))
    deballe = deballer("courriel.eml", message(f"Content-Type: text/csv;\r\n{morceaux} x=y"))
    assert deballe.extraits == []
    assert "en-têtes" in deballe.remarques[0][1]


def test_une_date_hors_du_calendrier_n_est_pas_une_date():
    piece = 'Content-Type: text/csv\r\nContent-Disposition: attachment; filename="a.csv"'
    deballe = deballer("courriel.eml", message(f"Date: Fri, 31 Dec 9999 23:59:59 -1200\r\n{piece}"))
    assert [(extrait.nom, extrait.recu_le) for extrait in deballe.extraits] == [("a.csv", None)]


def test_une_faute_du_programme_sur_un_fichier_le_refuse_et_se_dit(tmp_path, monkeypatch):
    """One file that meets a fault of ours must not keep the fifty-six others out."""
    (tmp_path / "recu.xlsx").write_bytes(zipper(classeur_sain()))

    def faillir(*_):
        raise IndexError("tuple index out of range")

    monkeypatch.setattr("etl.canevas.lecture.classeur.lire", faillir)
    lecture = lire_fichier(tmp_path / "recu.xlsx", charger(dossier_par_defaut()))
    (dite,) = lecture.anomalies
    assert (lecture.statut, dite.regle, dite.gravite) == ("refuse", "lecture_imprevue", "bloquant")
    assert "IndexError, test_classeurs_gonfles.py" in dite.message
