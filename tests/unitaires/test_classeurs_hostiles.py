"""Files made to harm, in each format: refused with a useful sentence, quickly, in bounded memory."""

import io
import random
import struct
import tracemalloc
import zipfile

import pytest

from etl.canevas.lecture.classeur import lire
from etl.classeurs import Calcul, ClasseurRefuse, Feuille, ouvrir
from tests.exemples.ancien_xls import enregistrement, enveloppe, flux
from tests.exemples.autres_formats import contenu_ods, ods
from tests.exemples.refuses.fabriquer import classeur_sain, zipper

UNE = (Feuille("Feuille", [["Enfants admis", 12.0], ["", ""], ["Adhérents", True]]),)
SUPBOOK_AILLEURS = enregistrement(0x1AE, struct.pack("<HH", 1, 5) + b"\0autre")
CHIFFRE = enregistrement(0x2F, struct.pack("<HHHH", 1, 1, 1, 1))


def xls(feuilles=UNE, **reste):
    return enveloppe({"Workbook": flux(feuilles, **reste)})


def ods_de(contenu):
    return ods((), contenu=contenu)


def remplace(avant, apres):
    contenu = contenu_ods(UNE)
    assert avant in contenu
    return ods_de(contenu.replace(avant, apres, 1))


def avec_partie(nom, octets=b"<a/>"):
    return zipper({**classeur_sain(), nom: octets})


def loin(nombre):
    """A cell after so many blank rows."""
    rangee = f'<table:table-row table:number-rows-repeated="{nombre}"><table:table-cell/></table:table-row>'
    return remplace("<table:table-row>", f"{rangee}<table:table-row>")


def cellules_repetees(colonnes, lignes=1):
    cellule = f'<table:table-cell table:number-columns-repeated="{colonnes}" office:value-type="string">'
    cellule += "<text:p>a</text:p></table:table-cell>"
    rangee = f'<table:table-row table:number-rows-repeated="{lignes}">{cellule}</table:table-row>'
    return remplace("<table:table-row>", f"{rangee}<table:table-row>")


def bombe(nom):
    parties = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", nom: bytes(60 * 2**20)}
    return zipper(parties | (classeur_sain() if nom.startswith("xl/") else {"content.xml": b"<a/>"}))


def fusions_empilees():
    parties, nom = classeur_sain(), "xl/worksheets/sheet1.xml"
    plages = "".join(f'<mergeCell ref="A1:B{9_999 - rang}"/>' for rang in range(60))
    parties[nom] = parties[nom].replace(
        b"</sheetData>", f"</sheetData><mergeCells>{plages}</mergeCells>".encode()
    )
    return zipper(parties)


DOCTYPE = "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]>"
ENTITES = contenu_ods(UNE).replace("?>", f"?>{DOCTYPE}", 1).replace("Enfants admis", "&b;")
SOURCE = '<table:table-source xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="file:///ailleurs.ods"/>'

HOSTILES = {
    "bombe-xlsx": (".xlsx", lambda: bombe("xl/worksheets/sheet9.xml"), "bombe", "60 Mo"),
    "bombe-ods": (".ods", lambda: bombe("styles.xml"), "bombe", "60 Mo"),
    "entites-ods": (".ods", lambda: ods_de(ENTITES), "entites", "content.xml"),
    "macros-xlsm": (".xlsm", lambda: avec_partie("xl/vbaProject.bin", b"x"), "macros", "sans macros"),
    "macros-ods": (
        ".ods",
        lambda: ods(UNE, **{"Basic/Standard/script-lb.xml": "<a/>"}),
        "macros",
        "sans macros",
    ),
    "macros-xls": (
        ".xls",
        lambda: enveloppe({"Workbook": flux(UNE), "_VBA_PROJECT": b"x"}),
        "macros",
        "sans macros",
    ),
    "macros-xls4": (".xls", lambda: xls(type_de_feuille=1), "macros", "sans macros"),
    "liens-ods": (
        ".ods",
        lambda: remplace("<table:table-row>", f"{SOURCE}<table:table-row>"),
        "liens_externes",
        "rompez les liaisons",
    ),
    "liens-xls": (".xls", lambda: xls(globaux=SUPBOOK_AILLEURS), "liens_externes", "rompez les liaisons"),
    "loin-ods": (".ods", lambda: loin(1_048_575), "feuille_demesuree", "« Feuille »"),
    "repete-ods": (".ods", lambda: cellules_repetees(16_384), "feuille_demesuree", "« Feuille »"),
    "carre-ods": (".ods", lambda: cellules_repetees(700, 9_000), "classeur_demesure", "millions"),
    "loin-xls": (
        ".xls",
        lambda: xls((Feuille("Feuille", [[]] * 60_000 + [[1.0]]),)),
        "feuille_demesuree",
        "loin du tableau",
    ),
    "fusions-xlsx": (".xlsx", fusions_empilees, "classeur_abime", "abîmé"),
    "loin-csv": (".csv", lambda: b"a;b\n" * 10_001, "feuille_demesuree", "ligne 9999"),
    "large-csv": (".csv", lambda: b";" * 1_000_000 + b"a", "feuille_demesuree", "colonne ZZ"),
    "chemin-xlsx": (".xlsx", lambda: avec_partie("../../etc/passwd.xml"), "chemin_interdit", "../../etc"),
    "chemin-windows": (".xlsx", lambda: avec_partie("..\\..\\a.xml"), "chemin_interdit", "sort du classeur"),
    "chemin-racine": (".ods", lambda: ods(UNE, **{"/etc/a.xml": "<a/>"}), "chemin_interdit", "/etc/a.xml"),
    "image": (".xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), "type_trompeur", "une image (PNG)"),
    "pdf": (".xls", lambda: b"%PDF-1.7\n", "type_trompeur", "un document PDF"),
    "xls-en-xlsx": (".xlsx", xls, "type_trompeur", "un ancien classeur Excel (.xls)"),
    "xlsx-en-csv": (".csv", lambda: zipper(classeur_sain()), "type_trompeur", "un classeur Excel (.xlsx)"),
    "word": (".docx", lambda: zipper({"word/document.xml": b"<a/>"}), "pas_un_classeur", "Word"),
    "chiffre-xlsx": (
        ".xlsx",
        lambda: enveloppe({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}),
        "protege",
        "mot de passe",
    ),
    "chiffre-xls": (".xls", lambda: xls(globaux=CHIFFRE), "protege", "mot de passe"),
    "chiffre-ods": (
        ".ods",
        lambda: ods(UNE, manifeste="<m><manifest:encryption-data/></m>"),
        "protege",
        "mot de passe",
    ),
    "tronque-xls": (".xls", lambda: xls()[:2000], "classeur_abime", "abîmé"),
    "tronque-ods": (".ods", lambda: ods(UNE)[:-40], "classeur_abime", "abîmé"),
    "coupe-ods": (".ods", lambda: ods_de(contenu_ods(UNE)[:-60]), "classeur_abime", "abîmé"),
    "sans-contenu": (
        ".ods",
        lambda: ods_de("<a/>").replace(b"content.xml", b"kontent.xml"),
        "classeur_abime",
        "",
    ),
    "binaire": (".csv", lambda: bytes(range(256)) * 9, "type_trompeur", "inconnu"),
}


@pytest.fixture(params=HOSTILES)
def hostile(request, tmp_path):
    extension, fabriquer, regle, dit = HOSTILES[request.param]
    chemin = tmp_path / f"recu{extension}"
    chemin.write_bytes(fabriquer())
    return chemin, regle, dit


@pytest.mark.timeout(120)
def test_un_fichier_hostile_est_refuse_avec_une_phrase_utile(hostile):
    chemin, regle, dit = hostile
    tracemalloc.start()
    with pytest.raises(ClasseurRefuse) as refus:
        ouvrir(chemin)
    _, pic = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert pic < 150 * 2**20
    dite = refus.value.anomalie
    assert (dite.regle, dite.gravite) == (regle, "bloquant")
    assert dit in dite.message
    assert any(mot in dite.message for mot in ("envoyez", "Envoyez"))


def test_le_lecteur_des_formulaires_le_dit_sans_rien_lire(hostile):
    chemin, regle, _ = hostile
    lecture = lire(chemin, None)
    assert (lecture.formulaires, [a.regle for a in lecture.anomalies]) == ((), [regle])


class TestCeQuiSeLit:
    """The same makers, without the defect: what is refused above is refused for its defect alone."""

    @pytest.mark.parametrize(("extension", "octets"), [(".ods", ods(UNE)), (".xls", xls())])
    def test_le_classeur_sain(self, extension, octets, tmp_path):
        (tmp_path / f"sain{extension}").write_bytes(octets)
        (feuille,) = ouvrir(tmp_path / f"sain{extension}").feuilles
        assert feuille.rangees == UNE[0].rangees

    def test_les_rangees_blanches_jusqu_au_bas_de_la_grille(self, tmp_path):
        (tmp_path / "blanc.ods").write_bytes(loin(9_000))
        (feuille,) = ouvrir(tmp_path / "blanc.ods").feuilles
        assert len(feuille.rangees) == 9_003
        assert feuille.rangees[9_000] == ["Enfants admis", 12.0]

    def test_les_etats_d_une_feuille(self, tmp_path):
        une = Feuille(
            "Cachée", [["", 1.5], ["a", ""]], {(0, 0): Calcul(None, "#N/A")}, ((1, 0, 1, 1),), cachee=True
        )
        for extension, octets in ((".ods", ods([une])), (".xls", xls([une]))):
            (tmp_path / f"etats{extension}").write_bytes(octets)
            (lue,) = ouvrir(tmp_path / f"etats{extension}").feuilles
            assert lue.rangees == une.rangees
            assert {place: calcul.erreur for place, calcul in lue.trompeuses.items()} == {(0, 0): "#N/A"}
            assert (lue.fusions, lue.cachee) == (une.fusions, True)

    def test_un_commentaire_d_ods_n_est_pas_le_contenu_de_sa_cellule(self, tmp_path):
        note = "<office:annotation><text:p>voir avec Zoé</text:p></office:annotation><text:p>Enfants"
        (tmp_path / "note.ods").write_bytes(remplace("<text:p>Enfants", note))
        assert ouvrir(tmp_path / "note.ods").feuilles[0].rangees[0][0] == "Enfants admis"


@pytest.mark.parametrize("graine", range(4))
@pytest.mark.parametrize(
    ("extension", "octets"),
    [(".ods", ods(UNE)), (".xls", xls()), (".xlsx", zipper(classeur_sain())), (".csv", b"a;b\n1;2\n" * 50)],
)
def test_des_octets_changes_au_hasard_ne_levent_que_des_refus(extension, octets, graine, tmp_path):
    tirage = random.Random(f"{extension}{graine}")
    chemin = tmp_path / f"mute{extension}"
    for _ in range(60):
        mute = bytearray(octets)
        for _ in range(tirage.randint(1, 12)):
            mute[tirage.randrange(len(mute))] = tirage.randrange(256)
        if tirage.random() < 0.2:
            del mute[tirage.randrange(len(mute)) :]
        chemin.write_bytes(mute)
        try:
            ouvrir(chemin)
        except ClasseurRefuse as refus:
            assert refus.anomalie.message


def test_un_zip_dont_le_contenu_est_mute_ne_leve_que_des_refus(tmp_path):
    """The parts themselves, under valid checksums: what a mutation of the zip bytes never reaches."""
    tirage = random.Random(7)
    for extension, octets in ((".ods", ods(UNE)), (".xlsx", zipper(classeur_sain()))):
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            parties = {nom: archive.read(nom) for nom in archive.namelist()}
        for _ in range(150):
            nom = tirage.choice([nom for nom in parties if nom.endswith((".xml", ".rels"))])
            mute = bytearray(parties[nom])
            for _ in range(tirage.randint(1, 6)):
                debut = tirage.randrange(len(mute))
                mute[debut : debut + tirage.randint(0, 3)] = tirage.randbytes(tirage.randint(0, 3))
            chemin = tmp_path / f"partie{extension}"
            chemin.write_bytes(zipper(parties | {nom: bytes(mute)}))
            try:
                ouvrir(chemin)
            except ClasseurRefuse as refus:
                assert refus.anomalie.message
