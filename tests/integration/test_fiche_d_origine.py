"""The fiche in the layout of the document it comes from (003:681-893), and other Word documents."""

from pathlib import Path

import openpyxl
import pytest
from docx import Document

from ctg.destinataire import dire
from ctg.referentiel import charger, dossier_par_defaut
from etl.classeurs_libres.fiche.classeur import ecrire_classeur
from etl.classeurs_libres.fiche.word import ecrire_word
from etl.classeurs_libres.lecture.classeur import lire_chemin
from etl.lecture.fichier import lire_fichier

PRESIDENTE = "Camille Exemple"


@pytest.fixture(scope="module")
def convention():
    return charger(dossier_par_defaut())


# the document annexed to the convention-cadre (003:681-893): « Libellé : réponse », texts under their heading
SOURCE = [
    "FICHE DE TRAVAIL ET D'ANALYSE",
    "COMMISSION DE SUIVI ANNUELLE DU 12 / 03 / 2026",
    "Année N : 2025",
    "IDENTIFICATION",
    "Structure",
    "Dénomination : L’Archipel",
    "Coordonnées",
    "Adresse postale : 10 rue des Exemples",
    "Eléments juridiques",
    "Statut : Association Loi 1901",
    "Gouvernance",
    f"Président(e) : {PRESIDENTE}",
    "Elus représentants la Ville, GBM et le CCAS dans les instances : Claude Spécimen",
    "VIE DE LA STRUCTURE",
    "ANNEE ECOULEE",
    "Nombre de salariés permanents : 12",
    "Equivalent Temps Plein (ETP) : 9,5",
    "Nombre de salariés non-permanents : 30",
    "Equivalent Temps Plein (ETP) : 6,25",
    "Nombre d'adhérents : 1 234",
    "Nombre de familles : 412",
    "Répartition des adhérents par secteurs géographiques :",
    [
        ["", "Territoire Centre social", "Autres quartiers dijonnais", "Métropole + Hors Dijon"],
        ["Adhérents", "60 %", "30 %", "10 %"],
    ],
    "Répartition des adhérents par QF (activités avec tarification sociale) :",
    [
        ["", "QF > 0 € et ≤ 800 €", "> 800 € et ≤ 3 000 €", "QF > 3 000 €"],
        ["Adhérents", "45 %", "40 %", "15 %"],
    ],
    "Evénements majeurs intervenus",
    "Ouverture du café des habitants.",
    "",
    "Fête du quartier.",
    "Points forts",
    "Une équipe stable.",
    "Points faibles",
    "A COMPLETER",
    "ANNEE A VENIR",
    "Enjeux",
    "Evénements majeurs programmés",
    "Un festival.",
    "BILAN ET PERSPECTIVES D'ACTIVITE\nCf. Axes de travail thématiques",
    "BILAN",
    "Axe n°1 : Participation citoyenne et pouvoir d’agir",
    "Trois conseils d’habitants.",
    "Axe n°2 : Accès spécifique à la Culture",
    "Deux spectacles.",
    "CHIFFRES CLEFS",
    "Ces données doivent correspondre aux documents financiers détaillés communiqués par ailleurs.",
    [
        [
            "",
            "Budget Prévisionnel N+1",
            "",
            "Perspectives d'atterrissage N",
            "",
            "Résultat définitif N-1",
            "",
        ],
        ["", *["Montant (€)", "%"] * 3],
        ["Subventions", "250 000", "60", "245 000", "58", "240 500", "61"],
        ["Dont subvention de fonctionnement Ville - Vie des quartiers", "0", "0", "0", "0", "0", "0"],
        ["Masses salariale (+ charges sociales et fiscales)", "9", "1", "8", "1", "7", "1"],
    ],
    "Commentaires :",
]
ATTENDU_DE_LA_SOURCE = {
    ("salaries-permanents", "valeur"): 12,
    ("etp-permanents", "valeur"): 9.5,
    ("salaries-non-permanents", "valeur"): 30,
    ("etp-non-permanents", "valeur"): 6.25,
    ("adherents", "valeur"): 1234,
    ("familles", "valeur"): 412,
    ("adherents-territoire", "valeur"): 60,
    ("adherents-autres-quartiers", "valeur"): 30,
    ("adherents-hors-ville", "valeur"): 10,
    ("adherents-qf-800", "valeur"): 45,
    ("adherents-qf-3000", "valeur"): 40,
    ("adherents-qf-plus", "valeur"): 15,
    ("evenements_majeurs", "texte"): "Ouverture du café des habitants.\nFête du quartier.",
    ("points_forts", "texte"): "Une équipe stable.",
    ("evenements_programmes", "texte"): "Un festival.",
    ("bilan_participation", "texte"): "Trois conseils d’habitants.",
    **{
        (objet, code): valeur
        for objet, valeurs in {
            "subventions": (250_000, 245_000, 240_500),
            "subvention-ville": (0, 0, 0),
            "masse-salariale": (9, 8, 7),
        }.items()
        for code, valeur in zip(("n+1", "n", "n-1"), valeurs, strict=True)
    },
}


def source_en_word(chemin: Path, blocs: list) -> Path:
    document = Document()
    for bloc in blocs:
        if isinstance(bloc, str):
            document.add_paragraph(bloc)
            continue
        tableau = document.add_table(len(bloc), len(bloc[0]))
        for rang, ligne in enumerate(bloc):
            for colonne, mots in enumerate(ligne):
                tableau.cell(rang, colonne).text = mots
        if len(bloc[0]) == 7:
            for colonne in (1, 3, 5):
                tableau.cell(0, colonne).merge(tableau.cell(0, colonne + 1)).text = bloc[0][colonne]
    document.save(chemin)
    return chemin


def source_en_classeur(chemin: Path, blocs: list) -> Path:
    classeur = openpyxl.Workbook()
    for bloc in blocs:
        for ligne in [[bloc]] if isinstance(bloc, str) else [*bloc, []]:
            classeur.active.append([mot or None for mot in ligne])
    classeur.save(chemin)
    return chemin


@pytest.mark.parametrize("ecrire", [source_en_word, source_en_classeur])
def test_la_mise_en_page_du_document_d_origine_se_lit(convention, tmp_path, ecrire):
    chemin = ecrire(tmp_path / f"fiche.{'docx' if ecrire is source_en_word else 'xlsx'}", SOURCE)
    lecture = lire_chemin(chemin, convention)
    [formulaire] = lecture.formulaires
    assert (formulaire.repondant_id, formulaire.annee, formulaire.statut) == ("archipel", 2025, "accepte")
    assert {
        (c.objet_id, c.code): c.valeur if c.texte is None else c.texte
        for c in formulaire.cellules
        if c.etat == "valeur"
    } == ATTENDU_DE_LA_SOURCE
    assert PRESIDENTE not in repr(lecture)
    assert {a.gravite for a in lecture.anomalies} <= {"information", "a_confirmer"}
    # the axes of another city are nobody's here: their text is told, not lost
    [reste] = [a for a in lecture.anomalies if a.regle == "reste_non_lu"]
    ou = {
        source_en_word: "1 passage non lu, où rien n’était attendu : paragraphe 41.",
        source_en_classeur: "1 cellule non lue, où rien n’était attendu : A47.",
    }
    assert reste.message.startswith(ou[ecrire])
    assert dire(reste.regle, reste.message).endswith("recopiez-la à sa place et renvoyez le fichier.")
    assert [a.regle for a in lecture.anomalies].count("case_absente") == 4
    assert [a.regle for a in lecture.anomalies].count("tableau_facultatif_absent") == 1


@pytest.mark.parametrize(
    "perdus",
    [
        ["FICHE DE TRAVAIL ET D'ANALYSE"],  # a logo instead of the title
        ["VIE DE LA STRUCTURE", "ANNEE ECOULEE", "COMMISSION DE SUIVI ANNUELLE DU 12 / 03 / 2026"],
    ],
)
def test_la_fiche_se_reconnait_a_plusieurs_marques(convention, tmp_path, perdus):
    chemin = source_en_word(tmp_path / "fiche.docx", [bloc for bloc in SOURCE if bloc not in perdus])
    [formulaire] = lire_chemin(chemin, convention).formulaires
    assert formulaire.repondant_id == "archipel"


def test_le_rapport_d_une_association_n_est_pas_la_fiche(convention, tmp_path):
    """It names the same things: recognised too, no declaration of its own would be read any more."""
    mots = ["Dénomination", "Vie de la structure", "Nombre de salariés permanents", "Nombre d’adhérents"]
    chemin = source_en_classeur(tmp_path / "rapport.xlsx", [[[mot, "12"] for mot in mots]])
    assert lire_chemin(chemin, convention) is None


def test_un_libelle_dont_un_mot_est_barre_reste_le_libelle(convention, tmp_path):
    document = Document(source_en_word(tmp_path / "fiche.docx", SOURCE))
    entete = document.tables[0].cell(0, 1).paragraphs[0]
    entete.add_run(" de la ville").font.strike = True
    document.save(tmp_path / "fiche.docx")
    [formulaire] = lire_chemin(tmp_path / "fiche.docx", convention).formulaires
    assert [c.valeur for c in formulaire.cellules if c.objet_id == "adherents-territoire"] == [60]


@pytest.mark.parametrize("ecrire", [ecrire_classeur, ecrire_word])
def test_le_nom_retape_dans_la_case_de_son_libelle_se_lit(convention, tmp_path, ecrire):
    chemin = ecrire(convention, convention.structures["archipel"], 2025, tmp_path)
    if ecrire is ecrire_classeur:
        classeur = openpyxl.load_workbook(chemin)
        cases = {c.value: (c, classeur.active.cell(c.row, 2)) for c in classeur.active["A"]}
    else:
        document = Document(chemin)
        cases = {r.cells[0].text: (r.cells[0], r.cells[1]) for t in document.tables[:3] for r in t.rows}
    cle = "value" if ecrire is ecrire_classeur else "text"
    setattr(cases["Dénomination"][0], cle, "Dénomination : L’Archipel")
    setattr(cases["Dénomination"][1], cle, "")
    setattr(cases["Nombre d’adhérents"][1], cle, "412")
    (classeur if ecrire is ecrire_classeur else document).save(chemin)
    [formulaire] = lire_chemin(chemin, convention).formulaires
    assert formulaire.repondant_id == "archipel"
    assert [(c.objet_id, c.valeur) for c in formulaire.cellules if c.etat == "valeur"] == [("adherents", 412)]


def test_une_fiche_sans_annee_dit_ce_qui_manque(convention, tmp_path):
    chemin = source_en_word(tmp_path / "fiche.docx", [b for b in SOURCE if b != "Année N : 2025"])
    lecture = lire_chemin(chemin, convention)
    assert not lecture.formulaires
    [dite] = [a for a in lecture.anomalies if a.regle == "libelle_absent"]
    assert dite.message.startswith("L’année (« Année N ») manque")


def test_un_document_word_inconnu_dit_ce_qu_il_contient_et_ce_qu_on_attendait(convention, tmp_path):
    blocs = ["Compte rendu du conseil", "Ordre du jour", [["Nombre d’adhérents", "412"]]]
    lu = lire_fichier(source_en_word(tmp_path / "note.docx", blocs), convention)
    assert (lu.statut, lu.formulaires) == ("refuse", ())
    assert lu.message == (
        "Ce document Word n’est pas reconnu, rien n’en est lu. Il contient 1 tableau, et commence par "
        "« Compte rendu du conseil », « Ordre du jour » et « Nombre d’adhérents » ; on attendait le modèle "
        "« Fiche de travail et d’analyse », où se lisent aussi « Fiche de travail et d’analyse », "
        "« Commission de suivi annuelle du », « Dénomination », « Vie de la structure », « Année écoulée » "
        "et d’autres mots. Répondez dans le modèle reçu de la coordination, sans en changer les intitulés, "
        "et renvoyez-le."
    )
    assert dire("document_inconnu", lu.message) is not None
    autre = lire_fichier(source_en_word(tmp_path / "vide.docx", ["Bonjour"]), convention)
    assert "Il ne contient aucun tableau, et commence par « Bonjour »" in autre.message
    assert "on attend ici le canevas" in autre.message


@pytest.mark.parametrize(
    ("avant", "forme", "barre", "attendu"),
    [("Nombre de familles : 30", "strike", "7", 30), ("Nombre de familles : 9", "hidden", "9", 9)],
)
def test_ce_qui_est_barre_ou_masque_dans_un_paragraphe_est_dit(
    convention, tmp_path, avant, forme, barre, attendu
):
    chemin = source_en_word(tmp_path / "fiche.docx", SOURCE)
    document = Document(chemin)
    paragraphe = next(p for p in document.paragraphs if p.text.startswith("Nombre de familles"))
    paragraphe.text = avant
    setattr(paragraphe.add_run(barre).font, forme, True)
    document.save(chemin)
    [formulaire] = lire_chemin(chemin, convention).formulaires
    assert [c.valeur for c in formulaire.cellules if c.objet_id == "familles"] == [attendu]
    [dite] = [a for a in formulaire.anomalies if a.regle == "passage_barre"]
    assert (dite.gravite, dite.message.startswith("« Familles » : ")) == ("a_confirmer", True)


def test_un_poste_inconnu_dit_sa_ligne_du_tableau(convention, tmp_path):
    """« ligne 48 » of a Word document is nowhere."""
    document = Document(source_en_word(tmp_path / "fiche.docx", SOURCE))
    document.tables[2].cell(2, 0).text = "Subvention exceptionnelle"
    document.save(tmp_path / "fiche.docx")
    lecture = lire_chemin(tmp_path / "fiche.docx", convention)
    [dite] = [a for a in lecture.anomalies if a.regle == "libelle_inconnu"]
    assert "Non chargé : tableau 3 (ligne 3)." in dite.message
