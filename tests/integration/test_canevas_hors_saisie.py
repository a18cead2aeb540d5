"""What is typed beside the answer cells is said at its cell, and never passes for a question left blank."""

import datetime as dt
import shutil

import pytest
from openpyxl import load_workbook

from ctg.referentiel import charger, dossier_par_defaut
from etl.canevas.lecture.classeur import lire
from etl.canevas.redaction.ecriture import ecrire
from tests.exemples.autres_formats import enregistrer
from tests.exemples.formulaire_rempli import formulaire_de

CRECHE = "multi-accueil-tempo"
PLACES, ADMIS, NIVEAU = "v:places", "i:PE-2.0.2-b", "i:PE-3.0.1-b#theme-qualite=enfant"


@pytest.fixture(scope="module")
def referentiel():
    return charger(dossier_par_defaut())


@pytest.fixture(scope="module")
def envoye(referentiel, tmp_path_factory):
    """A form with last year's values in grey, three answers, all the rest blank."""
    (chemin,) = ecrire(
        referentiel,
        2025,
        tmp_path_factory.mktemp("envoi"),
        structure=CRECHE,
        precedents={(CRECHE, PLACES): 58, (CRECHE, ADMIS): 1234, (CRECHE, "i:PE-2.0.2-d"): 42.5},
        reponses={CRECHE: {(PLACES, "valeur"): 60}},
        rempli_le=dt.date(2026, 3, 15),
    )
    return chemin


@pytest.fixture
def lu(envoye, referentiel, tmp_path):
    def _lu(ecritures, format_="xlsx", avant=lambda classeur: None):
        recu = shutil.copy(envoye, tmp_path / "recu.xlsx")
        classeur = load_workbook(recu)
        avant(classeur)
        feuille = formulaire_de(classeur)
        for fusion in list(feuille.merged_cells.ranges):
            feuille.unmerge_cells(str(fusion))
        for adresse, valeur in ecritures.items():
            feuille[adresse] = valeur(feuille) if callable(valeur) else valeur
        classeur.save(recu)
        if format_ != "xlsx":
            recu = enregistrer(recu, tmp_path / f"recu.{format_}")
        (formulaire,) = lire(recu, referentiel).formulaires
        return formulaire

    return _lu


def dites(formulaire):
    return {(a.regle, a.cellule) for a in formulaire.anomalies}


def etat(formulaire, objet):
    return {c.etat for c in formulaire.cellules if c.objet_id == objet and c.modalite is None}


def test_le_formulaire_envoye_ne_se_reproche_rien(lu):
    assert lu({}).anomalies == ()


@pytest.mark.parametrize(
    ("ecritures", "cellule"),
    [
        ({"D18": 7776}, "D18"),
        ({"D18": "7776 enfants"}, "D18"),
        ({"E18": 7777}, "E18"),
        ({"E18": "48 enfants"}, "E18"),
        ({"G18": 7776}, "G18"),
        ({"J18": 7776}, "J18"),
        ({"C18": 7776}, "C18"),
    ],
)
def test_une_reponse_a_cote_de_sa_case_n_est_pas_une_question_sans_reponse(lu, ecritures, cellule):
    formulaire = lu(ecritures)
    assert dites(formulaire) == {("reponse_a_cote", cellule)}
    assert etat(formulaire, "PE-2.0.2-b") == {"refuse"}
    (anomalie,) = formulaire.anomalies
    assert anomalie.gravite == "bloquant"
    assert "F18" in anomalie.message


def test_une_reponse_dans_le_libelle(lu):
    formulaire = lu({"C15": "Places agréées au 31 décembre : 7775", "F15": None})
    assert dites(formulaire) == {("reponse_a_cote", "C15")}
    assert "7775" in formulaire.anomalies[0].message
    assert etat(formulaire, "places") == {"refuse"}


@pytest.mark.parametrize("adresse", ["C35", "D35", "J35"])
def test_un_texte_a_cote_de_sa_case(lu, adresse):
    def ecrire_dessous(feuille):
        assert str(feuille["C35"].value).startswith("Événements majeurs")
        return f"{feuille['C35'].value}\nUne équipe stable." if adresse == "C35" else "Une équipe stable."

    formulaire = lu({adresse: ecrire_dessous})
    assert dites(formulaire) == {("reponse_a_cote", adresse)}
    assert {c.etat for c in formulaire.cellules if c.adresse == "F35"} == {"refuse"}


def test_a_cote_d_une_reponse_ecrite_cela_se_dit_et_la_reponse_se_lit(lu):
    formulaire = lu({"D15": 61, "E15": 62})
    assert dites(formulaire) == {("hors_saisie", "D15")}
    assert "(D15, E15)" in formulaire.anomalies[0].message
    assert etat(formulaire, "places") == {"valeur"}


@pytest.mark.parametrize(
    ("ecritures", "attendues"),
    [
        ({"E16": "48"}, {("reponse_a_cote", "E16")}),  # nothing was printed there
        ({"E18": "1 235"}, {("reponse_a_cote", "E18")}),  # 1 234 was
        ({"E15": "59"}, {("hors_saisie", "E15")}),
        ({"E15": 58}, set()),  # what was printed, made a number by a spreadsheet
        ({"E18": 1234}, {("reponse_a_cote", "E18")}),  # the same, where an answer is missing: typed?
        ({"E15": None}, set()),
    ],
)
def test_le_classeur_dit_ce_que_le_rappel_portait(lu, ecritures, attendues):
    assert dites(lu(ecritures)) == attendues


def test_sans_cette_memoire_un_nombre_tape_se_distingue_encore(lu):
    def oublier(classeur):
        del classeur["_ctg"]

    assert ("reponse_a_cote", "E16") in dites(lu({"E16": 48}, avant=oublier))
    # 1 234 may have been printed beside the blank answer, or typed there: it is said
    assert dites(lu({}, avant=oublier)) == {("rappel_sans_reponse", "E18"), ("rappel_sans_reponse", "E20")}


def test_une_question_qui_veut_des_mots_n_a_pas_de_rappel_a_confondre(lu):
    def oublier(classeur):
        del classeur["_ctg"]

    sans = dites(lu({"F38": "Préparer l’entrée en petite section."}, avant=oublier))
    avec = dites(lu({"F38": "Préparer l’entrée en petite section.", "E38": "12,5"}, avant=oublier))
    assert avec - sans == {("hors_saisie", "E38")}


@pytest.mark.parametrize("adresse", ["F4", "F14", "F17", "G21", "E27", "B14", "C14", "D7", "F8", "G12", "C7"])
def test_un_nombre_ou_rien_n_est_demande_se_dit(lu, adresse):
    assert {cellule for _, cellule in dites(lu({adresse: 7773}))} == {adresse}


def test_un_nombre_derriere_un_titre_se_dit(lu):
    assert dites(lu({"C14": "Vie de la structure : 45"})) == {("hors_saisie", "C14")}


def test_un_nombre_derriere_un_intitule_se_dit(lu):
    assert dites(lu({"F19": "combien : 7779"})) == {("hors_saisie", "F19")}


def test_une_unite_remplacee_se_confirme(lu):
    formulaire = lu({"D15": "milliers"})
    assert dites(formulaire) == {("unite_changee", "D15")}
    assert etat(formulaire, "places") == {"valeur"}


@pytest.mark.parametrize("format_", ["ods", "xls"])
def test_le_rappel_imprime_survit_aux_autres_formats(lu, format_):
    assert dites(lu({}, format_)) == set()
    assert ("reponse_a_cote", "E18") in dites(lu({"E18": 7777}, format_))


def test_un_csv_ne_dit_pas_qui_a_ecrit_le_rappel(lu):
    formulaire = lu({}, "csv")
    assert ("rappel_sans_reponse", "E18") in dites(formulaire)
    assert {a.gravite for a in formulaire.anomalies if a.regle == "rappel_sans_reponse"} == {"information"}
    assert ("rappel_sans_reponse", "E15") not in dites(formulaire)
