"""What is put in a cell: texts that cannot act, numbers that come back the same, never a blank."""

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from ctg.exports.cellules import (
    DANGEREUX,
    DECIMAL,
    ENTIER,
    EURO,
    POURCENT,
    Lien,
    Nombre,
    cible,
    format_unite,
    poser,
    texte_sur,
)

HOSTILES = [
    "=1+1",
    "=cmd()|' /C calc'!A0",
    "+33 3 80",
    "-1+2",
    "@SUM(A1)",
    "\t=1+1",
    "#N/A",
    "#DIV/0!",
    "TRUE",
]


def relue(contenu):
    classeur = Workbook()
    poser(classeur.active["A1"], contenu)
    tampon = io.BytesIO()
    classeur.save(tampon)
    return load_workbook(io.BytesIO(tampon.getvalue())).active["A1"]


@pytest.mark.parametrize("texte", HOSTILES)
def test_un_texte_hostile_reste_un_texte(texte):
    cellule = relue(texte)
    assert (cellule.data_type, cellule.value) == ("s", texte)
    assert cellule.quotePrefix == texte.startswith(DANGEREUX)


@given(st.text(min_size=1).filter(lambda texte: texte_sur(texte).strip()))
def test_aucun_texte_ne_devient_une_formule_ni_ne_casse_le_classeur(texte):
    cellule = relue(texte)
    assert cellule.data_type == "s"
    assert cellule.value == texte_sur(texte)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_un_nombre_se_relit_au_chiffre_pres(valeur):
    assert relue(Nombre(valeur, DECIMAL)).value == valeur


def test_un_nombre_a_dix_sept_chiffres_n_est_pas_arrondi():
    assert relue(0.1 + 0.2).value == 0.30000000000000004


@pytest.mark.parametrize("vide", ["", "  ", "\x00", None, float("nan"), float("inf"), True, []])
def test_une_cellule_vide_ou_illisible_est_refusee(vide):
    with pytest.raises(ValueError, match="A1"):
        poser(Workbook().active["A1"], vide)


def test_une_date_reste_une_date():
    cellule = relue(date(2026, 3, 1))
    assert cellule.is_date
    assert cellule.value.date() == date(2026, 3, 1)


def test_un_lien_mene_a_une_feuille_du_meme_classeur():
    cellule = relue(Lien("Voir l'axe", "L'axe"))
    assert cellule.value == "Voir l'axe"
    assert cellule.hyperlink.location == cible("L'axe") == "'L''axe'!A1"
    assert cellule.hyperlink.target is None


@pytest.mark.parametrize(
    ("unite", "valeur", "attendu"),
    [
        ("%", 81.25, POURCENT),
        ("€", 1200.0, EURO),
        ("familles", 1240.0, ENTIER),
        ("kWh/m²/an", 151.3, DECIMAL),
    ],
)
def test_le_format_suit_l_unite(unite, valeur, attendu):
    assert format_unite(unite, valeur) == attendu


def test_un_texte_trop_long_pour_une_cellule_est_coupe():
    assert len(texte_sur("a" * 40_000)) == 32_767
