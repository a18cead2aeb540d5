"""An address said twice, or that is none: readers keep one value of two, or move it, and say nothing."""

import pytest

from etl.classeurs import ClasseurRefuse
from etl.classeurs.adresses import verifier_adresses

FEUILLE = b"<worksheet><sheetData><row r='1'>%b</row></sheetData></worksheet>"


@pytest.mark.parametrize(
    "cellules",
    [
        b'<c r="A1"><v>1</v></c><c r="B1"/>',
        b"<c><v>1</v></c><c><v>2</v></c>",  # without address, one after the other
        b'<c s="4" r="A1"><v>1</v></c><c r="B1" t="n"/>',
        b"<c r='A1'/><c r='XFD1048576'/>",
        b'<x:c r="A1"/><x:c r="A2"/>',
        b'<col min="1"/><cols/>',
    ],
)
def test_des_adresses_saines(cellules):
    verifier_adresses(FEUILLE % cellules)


@pytest.mark.parametrize(
    "cellules",
    [
        b'<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>',
        b'<c r="a1"><v>1</v></c>',
        b'<c r="A0"/>',
        b'<c r="12F"/>',
        b'<c r=""/>',
        b'<c s="4" r="A1"/><c r="A1"/>',
        b'<x:c r="A1"/><x:c r="A1"/>',
        b"<c r='A1'/><c r=\"A1\"/>",
    ],
)
def test_des_adresses_qui_perdraient_une_valeur(cellules):
    with pytest.raises(ClasseurRefuse) as refus:
        verifier_adresses(FEUILLE % cellules)
    assert refus.value.anomalie.regle == "classeur_abime"
