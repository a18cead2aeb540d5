"""What a fast reader does not see in a workbook of each format: words of number formats, raised, struck."""

import datetime as dt
import io
import re
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from etl.classeurs import Calcul, Feuille
from etl.classeurs.ouverture import lire_octets
from tests.exemples.ancien_xls import (
    enveloppe,
    flux,
    format_de_nombre,
    formule_nulle,
    nombre,
    proprietes,
    texte_enrichi,
)
from tests.exemples.autres_formats import contenu_ods, ods

MONTRES = [
    "12⁵",
    "27 (barré : 30)",
    "(barré : 30)",
    "(barré : trente)",
    "412,5 k€",
    "85 %",
    "1500 €",
    12.0,
    "m²",
]


def vues(octets: bytes, extension: str) -> list[object]:
    (feuille,) = lire_octets(octets, extension).feuilles
    return [getattr(rangee[0], "montre", rangee[0]) for rangee in feuille.rangees]


def _xlsx(**parties: bytes) -> bytes:
    """A workbook of one column; `parties` replace or add XML parts once openpyxl wrote it."""
    classeur = Workbook()
    feuille = classeur.active
    exposant, barre = InlineFont(vertAlign="superscript"), InlineFont(strike=True)
    for rang, (valeur, code, raye) in enumerate(
        [
            (CellRichText("12", TextBlock(exposant, "5")), None, False),
            (CellRichText(TextBlock(barre, "30"), "27"), None, False),
            (30, None, True),
            ("trente", None, True),
            (412.5, '#,##0.0" k€"', False),
            (0.85, "0%", False),
            (1500, '#,##0.00\\ "€"', False),
            (12, "#,##0", False),
            (CellRichText("m", TextBlock(exposant, "2")), None, False),
        ],
        start=1,
    ):
        cellule = feuille.cell(rang, 1, valeur)
        cellule.number_format = code or "General"
        cellule.font = Font(strike=raye)
    sortie = io.BytesIO()
    classeur.save(sortie)
    return _remplacer(sortie.getvalue(), parties)


def _remplacer(octets: bytes, parties: dict[str, bytes]) -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(octets)) as lue, zipfile.ZipFile(sortie, "w") as ecrite:
        for nom in {*lue.namelist(), *parties}:
            ecrite.writestr(nom, parties[nom] if nom in parties else lue.read(nom))
    return sortie.getvalue()


def _feuille(octets: bytes) -> tuple[str, str]:
    with zipfile.ZipFile(io.BytesIO(octets)) as lue:
        nom = next(nom for nom in lue.namelist() if nom.startswith("xl/worksheets/"))
        return nom, lue.read(nom).decode()


def test_un_xlsx_dit_ce_que_ses_cases_montrent():
    assert vues(_xlsx(), ".xlsx") == MONTRES


@pytest.mark.parametrize(
    ("de", "vers"),
    [
        (' t="n">', ">"),  # as Excel does
        ('" s="', '"  s="'),
        ('<c r="A5"', '<c foo="1" r="A5"'),
        ('<c r="A5"', "<c r='A5'"),
        (r'<c r="A5" (s="[0-9]+") t="n">', r'<c r="A5" t="n" \1>'),
        ('<c r="A6"', "<c"),  # stands after the former
    ],
)
def test_un_xlsx_ecrit_autrement_dit_la_meme_chose(de, vers):
    octets = _xlsx()
    nom, xml = _feuille(octets)
    assert re.search(de, xml)
    assert vues(_remplacer(octets, {nom: re.sub(de, vers, xml).encode()}), ".xlsx") == MONTRES


def test_les_textes_partages_sont_relus_aussi():
    octets = _xlsx()
    nom, xml = _feuille(octets)
    debut, fin = xml.index("<is>"), xml.index("</is>")
    riche = xml[debut + 4 : fin]
    partages = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>rien</t></si>'
        f"<si>{riche}</si></sst>"
    )
    cellule = xml[xml.index('<c r="A1"') : xml.index("</c>") + 4]
    assert riche in cellule
    relue = xml.replace(cellule, '<c r="A1" t="s"><v>1</v></c>')
    with zipfile.ZipFile(io.BytesIO(octets)) as lue:
        types = lue.read("[Content_Types].xml").decode()
        liens = lue.read("xl/_rels/workbook.xml.rels").decode()
    sorte = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    parties = {nom: relue, "xl/sharedStrings.xml": partages}
    if "sharedStrings" not in types:
        parties["[Content_Types].xml"] = types.replace(
            "</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{sorte}"/></Types>'
        )
    if "sharedStrings" not in liens:
        lien = f'<Relationship Id="rId99" Type="{relation}" Target="sharedStrings.xml"/></Relationships>'
        parties["xl/_rels/workbook.xml.rels"] = liens.replace("</Relationships>", lien)
    changes = {partie: texte.encode() for partie, texte in parties.items()}
    assert vues(_remplacer(octets, changes), ".xlsx")[0] == "12⁵"


_STYLES_ODS = """
<number:number-style style:name="N1"><number:number/><number:text> k€</number:text></number:number-style>
<number:percentage-style style:name="N2"><number:number/><number:text>%</number:text>
</number:percentage-style>
<number:currency-style style:name="N3P0"><number:number/><number:text> </number:text>
<number:currency-symbol>€</number:currency-symbol></number:currency-style>
<number:currency-style style:name="N3"><number:text>-</number:text><number:number/>
<number:currency-symbol>€</number:currency-symbol>
<style:map style:condition="value()&gt;=0" style:apply-style-name="N3P0"/></number:currency-style>
<number:number-style style:name="N4"><number:number number:grouping="true"/></number:number-style>
<number:number-style style:name="N5"><number:number number:display-factor="1000"/></number:number-style>
<style:style style:name="raye" style:family="table-cell">
<style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="milliers" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="fils" style:family="table-cell" style:parent-style-name="milliers"/>
<style:style style:name="part" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="euros" style:family="table-cell" style:data-style-name="N3"/>
<style:style style:name="nu" style:family="table-cell" style:data-style-name="N4"/>
<style:style style:name="reduit" style:family="table-cell" style:data-style-name="N5"/>
<style:style style:name="haut" style:family="text"><style:text-properties style:text-position="super 58%"/>
</style:style>
<style:style style:name="plat" style:family="text"><style:text-properties style:text-position="0% 100%"/>
</style:style>
<style:style style:name="barre" style:family="text">
<style:text-properties style:text-line-through-type="single"/></style:style>
"""
_DATASTYLE = 'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '


def _ods(cellules: list[str], colonne: str = "", ligne: str = "") -> bytes:
    rangees = "".join(f"<table:table-row {ligne}>{cellule}</table:table-row>" for cellule in cellules)
    table = f'<table:table table:name="F"><table:table-column {colonne}/>{rangees}</table:table>'
    vide = contenu_ods([]).replace("<office:spreadsheet>", f"<office:spreadsheet>{table}")
    contenu = vide.replace("<office:document-content ", f"<office:document-content {_DATASTYLE}")
    contenu = contenu.replace("<office:automatic-styles>", f"<office:automatic-styles>{_STYLES_ODS}")
    return ods([], contenu=contenu)


def _nombre(valeur: float, style: str = "", genre: str = "float") -> str:
    nomme = f'table:style-name="{style}" ' if style else ""
    return f'<table:table-cell {nomme}office:value-type="{genre}" office:value="{valeur}"/>'


def _texte(paragraphe: str, style: str = "") -> str:
    nomme = f'table:style-name="{style}" ' if style else ""
    debut = f'<table:table-cell {nomme}office:value-type="string">'
    return f"{debut}<text:p>{paragraphe}</text:p></table:table-cell>"


def test_un_ods_dit_ce_que_ses_cases_montrent():
    octets = _ods(
        [
            _texte('12<text:span text:style-name="haut">5</text:span>'),
            _texte('<text:span text:style-name="barre">30</text:span>27'),
            _nombre(30, "raye"),
            _texte("trente", "raye"),
            _nombre(412.5, "fils"),
            _nombre(0.85, "part", "percentage"),
            _nombre(1500, "euros", "currency"),
            _nombre(12, "nu"),
            _texte('m<text:span text:style-name="haut">2</text:span>'),
            _nombre(-1500, "euros", "currency"),
            _nombre(412500, "reduit"),
            _nombre(0.5, "", "percentage"),
            _texte('1<text:span text:style-name="plat">2</text:span>'),
        ]
    )
    assert vues(octets, ".ods") == [*MONTRES, "-1500 €", "412,5", "50 %", "12"]


def test_le_style_d_une_colonne_ou_d_une_ligne_vaut_pour_ses_cases():
    colonne = 'table:default-cell-style-name="milliers"'
    assert vues(_ods([_nombre(412.5), _nombre(12, "nu")], colonne), ".ods") == ["412,5 k€", 12.0]
    assert vues(_ods([_nombre(412.5)], ligne=colonne), ".ods") == ["412,5 k€"]
    assert vues(_ods([_nombre(412.5)]), ".ods") == [412.5]


def test_dans_un_ods_un_resultat_vide_n_est_pas_une_formule_jamais_calculee():
    vide = '<table:table-cell table:formula="of:=IF(1=1;&quot;&quot;;1)"><text:p/></table:table-cell>'
    jamais = '<table:table-cell table:formula="of:=[.B1]*2"/>'
    (feuille,) = lire_octets(_ods([_nombre(1), vide, jamais, _nombre(2)]), ".ods").feuilles
    assert [rangee[0] for rangee in feuille.rangees] == [1.0, "", "", 2.0]
    assert feuille.trompeuses == {(2, 0): Calcul("=[.B1]*2", None)}


def _xls(cellules: list[object], application: str | None = None) -> bytes:
    formats = format_de_nombre(164, '#,##0.0" k€"') + format_de_nombre(165, "[h]:mm")
    styles = [(0, 6), (164, 0), (9, 0), (44, 0), (165, 0)]
    feuille = Feuille("F", [[cellule] for cellule in cellules])
    autres = {} if application is None else {"\x05SummaryInformation": proprietes(application)}
    return enveloppe({"Workbook": flux([feuille], formats, styles=styles), **autres})


def test_un_xls_dit_ce_que_ses_cases_montrent():
    octets = _xls(
        [
            texte_enrichi(0, 0, "125", [(2, 7)]),
            texte_enrichi(1, 0, "3027", [(0, 6), (2, 0)]),
            nombre(2, 0, 30, 3),
            texte_enrichi(3, 0, "trente", [(0, 6)]),
            nombre(4, 0, 412.5, 4),
            nombre(5, 0, 0.85, 5),
            nombre(6, 0, 1500, 6),
            12.0,
            texte_enrichi(8, 0, "m2", [(1, 7)]),
            nombre(9, 0, 12, 7),
        ]
    )
    assert vues(octets, ".xls") == [*MONTRES, dt.timedelta(days=12)]


_TEXTE_VIDE, _UN_MOINS_UN = b"\x17\x00\x00", b"\x1e\x01\x00\x1e\x01\x00\x04"


def test_le_zero_d_une_formule_de_texte_d_un_xls_n_est_jamais_charge():
    cellules = [formule_nulle(0, 0, _TEXTE_VIDE), formule_nulle(1, 0, _UN_MOINS_UN), 0.0]
    (feuille,) = lire_octets(_xls(cellules), ".xls").feuilles
    assert [rangee[0] for rangee in feuille.rangees] == ["", 0.0, 0.0]
    assert feuille.trompeuses == {(0, 0): Calcul('=""', None)}
    # Excel writes the text of such a formula: its zeros are zeros
    (feuille,) = lire_octets(_xls(cellules, "Microsoft Excel"), ".xls").feuilles
    assert ([rangee[0] for rangee in feuille.rangees], feuille.trompeuses) == ([0.0, 0.0, 0.0], {})
