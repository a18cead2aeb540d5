"""The workbooks that producers really publish, opened as they are: by content, whatever their age."""

from pathlib import Path

import pytest

from etl.classeurs import ouvrir

DOSSIER = Path(__file__).parents[2] / "../shared/donnees_ouvertes/messy"
# format, sheets, rows and columns of the first, merged ranges of the first: as calamine and xlrd count them
ATTENDUS = {
    "2024_01_12_10_17_39_DataEmploi_panorama.xlsx": ("xlsx", 1, 253, 11, 12),
    "INSEE_MTP_CAFiris_2009.csv": ("csv", 1, 103, 23, 0),
    "INSEE_MTP_CAFiris_2009.xls": ("xls", 3, 103, 23, 0),
    "INSEE_MTP_RevenusFiscIRIS_2009.xls": ("xls", 1, 111, 24, 0),
    "VilleMTP_MTP_AttribSub_2012.csv": ("csv", 1, 672, 5, 0),
    "VilleMTP_MTP_AttribSub_2012.xls": ("xls", 2, 672, 5, 48),
    "VilleMTP_MTP_AttribSub_2014.ods": ("ods", 4, 1265, 12, 14),
    "VilleMTP_MTP_BudgetPri_2012.csv": ("csv", 1, 1339, 7, 0),
    "VilleMTP_MTP_BudgetPri_2012.xls": ("xls", 2, 1339, 7, 0),
    "VilleMTP_MTP_EffectifSco_2012.csv": ("csv", 1, 120, 25, 0),
    "VilleMTP_MTP_EffectifSco_2012.xls": ("xls", 2, 120, 25, 0),
    "VilleMTP_MTP_QVEnquete_2012.xlsx": ("xlsx", 8, 29, 28, 6),
    "VilleMTP_MTP_Quartiers.csv": ("csv", 1, 8, 14, 0),
    "insee_demo-couple-pers-seul-log-age.xlsx": ("xlsx", 1, 13, 4, 0),
}

pytestmark = pytest.mark.skipif(not DOSSIER.is_dir(), reason="shared absent : classeurs publiés")


@pytest.mark.parametrize("nom", ATTENDUS)
def test_chaque_classeur_publie_s_ouvre(nom):
    classeur = ouvrir(DOSSIER / nom)
    premiere = classeur.feuilles[0]
    etendue = (len(premiere.rangees), len(premiere.rangees[0]), len(premiere.fusions))
    assert (classeur.format, len(classeur.feuilles), *etendue) == ATTENDUS[nom]
    assert {len(rangee) for rangee in premiere.rangees} == {etendue[1]}


def test_les_memes_donnees_dans_deux_formats_disent_la_meme_chose():
    ancien, texte = (ouvrir(DOSSIER / f"VilleMTP_MTP_BudgetPri_2012.{f}").feuilles[0] for f in ("xls", "csv"))
    assert [r[6].strip() for r in ancien.rangees] == [r[6].strip() for r in texte.rangees]
    montants = [
        (a[5], float(b[5].replace(",", ".")))
        for a, b in zip(ancien.rangees, texte.rangees, strict=True)
        if b[5][:1].isdecimal()
    ]
    assert len(montants) > 1000
    assert all(a == b for a, b in montants)
