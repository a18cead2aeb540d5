"""Values of a .xlsx written with what XML allows and no spreadsheet writes: the fast reader cut them.

Found by a mutated form: `<v>1&#50;3</v>` is 123, and was read 1.
"""

import io
import zipfile

import pytest
from openpyxl import Workbook

from etl.classeurs import xlsx
from etl.classeurs.calculs import sans_detour
from etl.classeurs.modele import Calcul
from etl.classeurs.refus import ClasseurRefuse

_FEUILLE = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    '<c r="A1" t="inlineStr"><is><t>repère</t></is></c>{}</row></sheetData></worksheet>'
)


def lire(cellule: str):
    """The sheet of a workbook whose B1 is written as given."""
    vide, octets = io.BytesIO(), io.BytesIO()
    Workbook().save(vide)
    with zipfile.ZipFile(vide) as modele, zipfile.ZipFile(octets, "w") as classeur:
        for nom in modele.namelist():
            feuille = nom == "xl/worksheets/sheet1.xml"
            classeur.writestr(nom, _FEUILLE.format(cellule) if feuille else modele.read(nom))
    return xlsx.lire(octets.getvalue())[0]


@pytest.mark.parametrize(
    ("cellule", "valeur"),
    [
        ('<c r="B1"><v>1&#50;3</v></c>', 123),
        ('<c r="B1" t="n"><v>&#49;&#50;</v></c>', 12),
        ('<c r="B1" t="n"><v>1<!-- relu -->2</v></c>', 12),
        ('<c r="B1" t="n"><v><![CDATA[12]]></v></c>', 12),
        ('<c r="B1" t="n"><v>1<b>2</b></v></c>', 12),
        ('<c r="B1" t="n"><v xml:space="preserve">1<![CDATA[2]]></v></c>', 12),
        ('<c r="B1" t="b"><v>&#49;</v></c>', True),
        ('<c r="B1" t="str"><v>a<![CDATA[ & b]]></v></c>', "a & b"),
        ('<c r="B1" t="str"><v>R&amp;D &lt; 3</v></c>', "R&D < 3"),
        ('<c r="B1" t="inlineStr"><is><t>1<!-- relu -->2</t></is></c>', "12"),
    ],
)
def test_une_valeur_ecrite_avec_detour_est_lue_en_entier(cellule, valeur):
    feuille = lire(cellule)
    assert (feuille.rangees, feuille.trompeuses) == ([["repère", valeur]], {})


@pytest.mark.parametrize(("ecrit", "lu"), [("&amp;", "&"), ("&amp;amp;", "&amp;")])
def test_une_valeur_logique_qui_n_en_est_pas_une_n_est_pas_une_case_vide(ecrit, lu):
    feuille = lire(f'<c r="B1" t="b"><v>{ecrit}</v></c>')
    assert feuille.trompeuses == {(0, 1): Calcul(None, lu)}


@pytest.mark.parametrize(
    "cellule",
    [
        '<c r="B1" t="n"><v>1&inconnue;2</v></c>',
        '<c r="B1" t="n"><v>1<!-- </v> -->2</v></c>',
        '<c r="B1" t="n"><v><a:b/>1&#50;</v></c>',
        '<c r="B1" t="b"><v><![CDATA[oui]]></v></c>',
    ],
)
def test_ce_qui_n_est_pas_un_classeur_est_refuse(cellule):
    with pytest.raises(ClasseurRefuse):
        lire(cellule)


def test_une_feuille_sans_detour_est_rendue_telle_quelle():
    xml = b"<s><c><v>12</v></c><c><is><t>R&amp;D</t></is></c><f>A1&amp;B1</f></s>"
    assert sans_detour(xml) == xml
