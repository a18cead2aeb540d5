"""One form, four formats: what is read is the same, whatever its sender saved it as."""

import os
import random
import re
import shutil

import pytest
from openpyxl import load_workbook

from ctg.referentiel import charger, dossier_par_defaut
from etl.canevas.lecture.classeur import lire
from etl.canevas.lecture.reconnaissance import deconseiller, reconnaitre
from etl.classeurs import ouvrir
from tests.exemples.autres_formats import enregistrer, texte_csv
from tests.exemples.formulaire_plein import contenu, ecrire_plein
from tests.exemples.formulaire_rempli import adresse_de, formulaire_de, rang_de, remplir

CENTRE = "maison-maladiere"
FORMATS = ("ods", "xls", "csv")


@pytest.fixture(scope="module")
def referentiel():
    return charger(dossier_par_defaut())


@pytest.fixture(scope="module")
def plein(referentiel, tmp_path_factory):
    return ecrire_plein(referentiel, CENTRE, tmp_path_factory.mktemp("plein"))


@pytest.fixture
def recu(plein, tmp_path):
    return shutil.copy(plein, tmp_path / "recu.xlsx")


def seul(lecture):
    (formulaire,) = lecture.formulaires
    return formulaire


def dites(formulaire):
    return [(a.regle, a.cellule) for a in formulaire.anomalies]


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("repondant", [CENTRE, "PE-1"])
def test_un_formulaire_plein_se_lit_pareil(repondant, format_, referentiel, tmp_path):
    plein = ecrire_plein(referentiel, repondant, tmp_path)
    copie = enregistrer(plein, tmp_path / f"copie.{format_}")
    assert reconnaitre(copie)
    assert deconseiller(copie) is None
    lecture, attendue = lire(copie, referentiel), lire(plein, referentiel)
    lu, attendu = seul(lecture), seul(attendue)
    assert contenu(lu) == contenu(attendu)
    assert [c.adresse for c in lu.cellules] == [c.adresse for c in attendu.cellules]
    assert (lu.repondant_id, lu.annee, lu.fictif, lu.rempli_le) == (repondant, 2025, False, attendu.rempli_le)
    assert {a.regle for a in lu.anomalies} <= ({"date_en_texte"} if format_ == "csv" else set())
    assert [a.regle for a in lecture.anomalies] == (["csv_une_feuille"] if format_ == "csv" else [])


@pytest.mark.parametrize("format_", FORMATS)
def test_une_cellule_en_erreur_et_une_formule_sans_resultat_ne_sont_pas_des_blancs(
    recu, format_, referentiel, tmp_path
):
    erreur, formule = ("v:adherents", "valeur"), ("v:familles", "valeur")
    valeurs = {erreur: "#DIV/0!"} | ({} if format_ == "xls" else {formule: "=12+5"})
    adresses = remplir(recu, valeurs)
    if format_ == "csv":  # a spreadsheet writes what it shows
        valeurs, classeur = {erreur: "#DIV/0!"}, load_workbook(recu)
        formulaire_de(classeur)[adresses[formule]].value = None
        formulaire_de(classeur)[adresses[erreur]].data_type = "s"
        classeur.save(recu)
    lu = seul(lire(enregistrer(recu, tmp_path / f"copie.{format_}"), referentiel))
    attendues = {("cellule_en_erreur", adresses[erreur])}
    attendues |= {("formule_non_calculee", adresses[formule])} if formule in valeurs else set()
    assert set(dites(lu)) - {("date_en_texte", "F13")} == attendues


@pytest.mark.parametrize("format_", ["ods", "xls"])
def test_des_cases_fusionnees_sont_vues(recu, format_, referentiel, tmp_path):
    classeur = load_workbook(recu)
    feuille = formulaire_de(classeur)
    rang = next(r for r in range(1, feuille.max_row) if feuille.cell(r, 2).value == "T1|T2|T3|T4")
    feuille.merge_cells(f"F{rang}:I{rang}")
    classeur.save(recu)
    lu = seul(lire(enregistrer(recu, tmp_path / f"copie.{format_}"), referentiel))
    assert dites(lu) == [("cases_fusionnees", f"F{rang}")]


@pytest.mark.parametrize("format_", ["xlsx", "ods", "xls"])
def test_une_feuille_cachee_renommee_deplacee_est_lue(recu, plein, format_, referentiel, tmp_path):
    classeur = load_workbook(recu)
    feuille = formulaire_de(classeur)
    feuille.title, feuille.sheet_state = "Rapport de Zoé", "hidden"
    classeur.move_sheet(feuille, -1)
    classeur.active = 1
    classeur.save(recu)
    copie = recu if format_ == "xlsx" else enregistrer(recu, tmp_path / f"copie.{format_}")
    lecture = lire(copie, referentiel)
    lu = seul(lecture)
    assert (lu.feuille, lu.anomalies) == ("Rapport de Zoé", ())
    assert [(a.regle, a.feuille, a.gravite) for a in lecture.anomalies] == [
        ("feuille_masquee", "Rapport de Zoé", "a_confirmer")
    ]
    assert contenu(lu) == contenu(seul(lire(plein, referentiel)))


@pytest.mark.parametrize("format_", ["xlsx", "ods", "xls"])
def test_une_reponse_dans_une_ligne_ou_une_colonne_masquee_se_lit_et_se_dit(
    recu, plein, format_, referentiel, tmp_path
):
    classeur = load_workbook(recu)
    feuille = formulaire_de(classeur)
    feuille.row_dimensions[rang_de(feuille, "v:adherents")].hidden = True
    feuille.row_dimensions[1].hidden = True  # a title, and two columns that hold no answer
    feuille.column_dimensions["D"].hidden = feuille.column_dimensions["E"].hidden = True
    classeur.save(recu)
    copie = recu if format_ == "xlsx" else enregistrer(recu, tmp_path / f"copie.{format_}")
    lu = seul(lire(copie, referentiel))
    adresse = adresse_de(feuille, "v:adherents", "valeur")
    assert dites(lu) == [("cases_masquees", adresse)]
    assert (lu.anomalies[0].gravite, f": {adresse}." in lu.anomalies[0].message) == ("a_confirmer", True)
    assert contenu(lu) == contenu(seul(lire(plein, referentiel)))


@pytest.mark.parametrize("page", ["utf-8-sig", "cp1252", "cp850", "utf-16"])
@pytest.mark.parametrize("separateur", [";", ",", "\t"])
def test_un_csv_de_tout_tableur_francais(plein, page, separateur, referentiel, tmp_path):
    copie = enregistrer(plein, tmp_path / "copie.csv")
    texte = copie.read_text(encoding="utf-8")
    if separateur != ";":
        texte = texte_csv(ouvrir(copie).feuilles[0], separateur)
    copie.write_bytes(texte.encode(page, "replace"))
    lu = seul(lire(copie, referentiel))
    nombres = {cle: valeur for cle, (valeur, _, _) in contenu(lu).items()}
    assert nombres == {cle: v for cle, (v, _, _) in contenu(seul(lire(plein, referentiel))).items()}


CAMPAGNE = int(os.environ.get("CTG_MUTATIONS", "180")) // 15


@pytest.mark.parametrize("format_", ["xlsx", "ods", "xls"])
def test_ce_qu_on_masque_au_hasard_se_dit_tout_et_rien_d_autre(plein, format_, referentiel, tmp_path):
    alea = random.Random(2026)
    attendu = contenu(seul(lire(plein, referentiel)))
    for _ in range(CAMPAGNE):
        classeur = load_workbook(plein)
        feuille = formulaire_de(classeur)
        rangs = alea.sample(range(15, feuille.max_row + 1), alea.randint(1, 20))
        for rang in rangs:
            feuille.row_dimensions[rang].hidden = True
        colonnes = alea.sample("CDEGHIJ", alea.randint(0, 2))
        for colonne in colonnes:
            feuille.column_dimensions[colonne].hidden = True
        recu = tmp_path / "recu.xlsx"
        classeur.save(recu)
        lu = seul(
            lire(recu if format_ == "xlsx" else enregistrer(recu, tmp_path / f"c.{format_}"), referentiel)
        )
        caches = [
            c.adresse
            for c in lu.cellules
            if c.etat != "manquant" and (int(c.adresse[1:]) in rangs or c.adresse[0] in colonnes)
        ]
        dites = [a for a in lu.anomalies if a.regle == "cases_masquees"]
        assert contenu(lu) == attendu and list(lu.anomalies) == dites
        assert [a.cellule for a in dites] == caches[:1]
        nommees = re.findall(r"\b[F-I][0-9]+\b", dites[0].message) if caches else []
        assert nommees == caches[:12] and (
            len(caches) <= 12 or f"et {len(caches) - 12} de plus" in dites[0].message
        )
