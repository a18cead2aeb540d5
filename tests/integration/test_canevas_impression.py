"""The forms on paper: A4 pages by arithmetic and by LibreOffice, what is locked, what stands out."""

import datetime as dt
import math
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell import MergedCell

from ctg.referentiel import charger, dossier_par_defaut
from etl.canevas.lecture.classeur import lire
from etl.canevas.redaction.ecriture import ecrire
from etl.canevas.redaction.mise_en_page import INTERLIGNE, MARGE, MARGE_HAUT_BAS
from etl.canevas.redaction.questionnaire import ecrire_questionnaire
from tests.exemples.formulaire_rempli import formulaire_de, remplir

PAGES = {"multi-accueil-le-ruisseau": 2, "cs-mjc-bourroches": 4, "ado-espace-york": 4}
LARGEUR_A4, HAUTEUR_A4 = 8.27, 11.69  # inches


@pytest.fixture(scope="module")
def imprimes(tmp_path_factory):
    referentiel, dossier = charger(dossier_par_defaut()), tmp_path_factory.mktemp("imprimes")
    chemins = {s: ecrire(referentiel, 2025, dossier, structure=s)[0] for s in PAGES}
    chemins["fiche"] = ecrire(referentiel, 2025, dossier, fiche="PE-1")[0]
    chemins["questionnaire"] = ecrire_questionnaire(referentiel, 2025, dossier)
    return chemins


def pages_calculees(feuille):
    """Pages at the scale that fits the width: 7 pixels a character, 96 pixels an inch, as spreadsheets do."""
    colonnes = [d for d in feuille.column_dimensions.values() if not d.hidden]
    largeur = sum(d.width * 7 + 5 for d in colonnes) / 96
    echelle = min(1, (LARGEUR_A4 - 2 * MARGE) / largeur)
    hauteurs = [d.height or 15 for d in feuille.row_dimensions.values() if not d.hidden]
    titre = feuille.row_dimensions[int(feuille.print_title_rows.split(":")[0].strip("$"))].height
    utile = (HAUTEUR_A4 - 2 * MARGE_HAUT_BAS) * 72 / echelle - titre
    return math.ceil(sum(hauteurs) / utile)


@pytest.mark.parametrize(("structure_id", "maximum"), PAGES.items())
def test_le_formulaire_tient_dans_ses_pages(imprimes, structure_id, maximum):
    assert pages_calculees(formulaire_de(load_workbook(imprimes[structure_id]))) <= maximum


def convertir(chemins, format_, dossier):
    """What LibreOffice makes of workbooks, in a profile of its own."""
    if not shutil.which("soffice"):
        pytest.skip("soffice absent")
    profil = f"-env:UserInstallation={(dossier / 'profil').as_uri()}"
    commande = ["soffice", profil, "--headless", "--convert-to", format_, "--outdir", dossier, *chemins]
    subprocess.run(commande, check=True, capture_output=True)


def test_enregistre_par_libreoffice_le_formulaire_se_relit_a_l_identique(imprimes, tmp_path):
    referentiel = charger(dossier_par_defaut())
    originaux = [Path(shutil.copy(imprimes[quoi], tmp_path)) for quoi in ("cs-mjc-bourroches", "fiche")]
    remplir(
        originaux[0],
        {
            ("i:JE-1.1.2-a", "valeur"): 4,
            ("v:adherents-qf-800", "valeur"): 0.565,
            ("m:rempli_le", "valeur"): dt.date(2026, 6, 1),
            ("t:points_forts", "texte"): "Une équipe stable.\nDes ateliers.",
            ("v:familles", "valeur"): "=30+7",
        },
    )
    convertir(originaux, "xlsx:Calc MS Excel 2007 XML", tmp_path / "enregistres")
    enregistres = [tmp_path / "enregistres" / chemin.name for chemin in originaux]
    avant, apres = ([lire(c, referentiel).formulaires[0] for c in cs] for cs in (originaux, enregistres))
    assert [f.statut for f in apres] == ["accepte", "accepte"]
    assert apres[0].rempli_le == dt.date(2026, 6, 1)
    # openpyxl never computes: LibreOffice did, and the result is now in the file
    familles = {c.objet_id: (c.etat, c.valeur) for c in apres[0].cellules}["familles"]
    assert familles == ("valeur", 37)
    assert avant[1].cellules == apres[1].cellules
    assert {c for c in avant[0].cellules if c.objet_id != "familles"} <= set(apres[0].cellules)


def test_libreoffice_imprime_le_nombre_de_pages_voulu(imprimes, tmp_path):
    convertir(imprimes.values(), "pdf", tmp_path)
    pages = {
        nom: len(re.findall(rb"/Type\s*/Page\b(?!s)", (tmp_path / f"{chemin.stem}.pdf").read_bytes()))
        for nom, chemin in imprimes.items()
    }
    for structure_id, maximum in PAGES.items():
        assert 2 <= pages[structure_id] <= 1 + maximum  # the first page explains how to fill it
    assert pages["questionnaire"] == 1
    assert pages["fiche"] <= 4


@pytest.mark.parametrize("quoi", ["cs-mjc-bourroches", "fiche"])
def test_la_page_est_un_a4_debout_qui_se_repete(imprimes, quoi):
    feuille = formulaire_de(load_workbook(imprimes[quoi]))
    assert (feuille.page_setup.paperSize, feuille.page_setup.orientation) == (9, "portrait")
    assert (feuille.sheet_properties.pageSetUpPr.fitToPage, feuille.page_setup.fitToWidth) == (True, 1)
    assert feuille.page_setup.fitToHeight == 0
    assert feuille.print_title_rows
    assert "&P" in feuille.oddFooter.right.text
    assert feuille.freeze_panes
    assert [feuille.column_dimensions[lettre].hidden for lettre in "AB"] == [True, True]


@pytest.mark.parametrize("quoi", ["cs-mjc-bourroches", "fiche"])
def test_seules_les_cases_de_reponse_s_ouvrent_et_elles_se_voient(imprimes, quoi):
    feuille = formulaire_de(load_workbook(imprimes[quoi]))
    assert feuille.protection.sheet
    assert feuille.protection.password is None
    cellules = [c for rangee in feuille.iter_rows() for c in rangee if not isinstance(c, MergedCell)]
    ouvertes = [c for c in cellules if not c.protection.locked]
    assert ouvertes
    for cellule in ouvertes:
        assert cellule.fill.start_color.rgb.endswith("FFF6D6")
        assert cellule.border.left.style == "thin"
        assert feuille.cell(cellule.row, 1).value[:2] in ("i:", "v:", "c:", "t:", "m:")


def test_les_listes_et_leurs_messages_sont_en_francais(imprimes):
    feuille = formulaire_de(load_workbook(imprimes["fiche"]))
    validations = feuille.data_validations.dataValidation
    assert any("Non engagé,Engagé,En cours,Réalisé,Décalé" in v.formula1 for v in validations)
    for validation in validations:
        assert validation.errorTitle == "Réponse à vérifier"
        assert len(validation.error) <= 225
        assert validation.error.startswith(("Écrivez", "Choisissez"))


def test_les_cases_de_texte_sont_larges(imprimes):
    feuille = formulaire_de(load_workbook(imprimes["cs-mjc-bourroches"]))
    boites = [c.row for c in feuille["A"] if str(c.value).startswith("t:")]
    assert boites
    assert min(feuille.row_dimensions[rang].height for rang in boites) >= 4 * INTERLIGNE


def test_le_fictif_se_lit_sur_la_feuille_et_sur_le_papier(tmp_path):
    referentiel = charger(dossier_par_defaut())
    (chemin,) = ecrire(referentiel, 2025, tmp_path, structure="laep-amarine", fictif=True)
    for feuille in load_workbook(chemin).worksheets[:2]:
        mots = " ".join(str(c.value) for rangee in feuille.iter_rows() for c in rangee if c.value)
        assert "DONNÉES FICTIVES" in mots
    assert feuille.oddHeader.center.text == "DONNÉES FICTIVES"
