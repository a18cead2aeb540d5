"""A Word form sent back to its sender: its own document, each answer in question coloured and commented."""

import hashlib
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from ctg.referentiel import charger, dossier_par_defaut
from etl.anomalie import Anomalie
from etl.classeurs import ClasseurRefuse
from etl.classeurs_libres.fiche.classeur import ecrire_classeur
from etl.classeurs_libres.fiche.word import ecrire_word
from etl.classeurs_libres.lecture.classeur import lire_chemin
from etl.classeurs_libres.word.document import FEUILLE
from etl.commandes.verification import verifier_fichiers
from etl.marquage import FONDS
from etl.renvois import copies

FUSION = "Les cases du tableau 8, lignes 2 à 3, colonne 2 sont fusionnées"


@pytest.fixture(scope="module")
def convention():
    return charger(dossier_par_defaut())


@pytest.fixture
def fiche(convention, tmp_path) -> Path:
    """A form with one answer merged over two axes, an unreadable number, and a good one."""
    chemin = ecrire_word(convention, convention.structures["archipel"], 2025, tmp_path)
    document = Document(chemin)
    vie, axes = document.tables[2], document.tables[7]
    vie.cell(4, 1).text, vie.cell(5, 1).text = "beaucoup", "412"
    axes.cell(1, 1).text = "11"
    axes.cell(1, 1).merge(axes.cell(2, 1))
    document.save(chemin)
    return chemin


def anomalies(chemin: Path, convention) -> list[Anomalie]:
    lecture = lire_chemin(chemin, convention)
    return [*(a for f in lecture.formulaires for a in f.anomalies), *lecture.anomalies]


def commentes(chemin: Path) -> dict[str, list[str]]:
    """Text of the cell or paragraph → the comments that stand on it."""
    document = Document(chemin)
    textes = {str(c.comment_id): c.text for c in document.comments}
    trouves: dict[str, list[str]] = {}
    for repere in document.element.body.iter(qn("w:commentRangeStart")):
        paragraphe = repere.getparent()
        mots = "".join(t.text or "" for t in paragraphe.iter(qn("w:t")))
        trouves.setdefault(mots, []).append(textes[repere.get(qn("w:id"))])
    return trouves


def couleurs(chemin: Path) -> dict[str, str]:
    return {
        "".join(t.text or "" for t in fond.getparent().getparent().iter(qn("w:t"))): fond.get(qn("w:fill"))
        for fond in Document(chemin).element.body.iter(qn("w:shd"))
        if fond.getparent().tag == qn("w:tcPr")
    }


def test_chaque_reponse_en_cause_est_coloree_et_commentee(convention, fiche, tmp_path):
    copie = copies.annoter(fiche, anomalies(fiche, convention), tmp_path / "retour")
    assert copie.name == "fiche_de_travail_2025_archipel_a_corriger.docx"
    marques = commentes(copie)
    assert marques["beaucoup"][0].startswith("À corriger : « Adhérents » : « beaucoup »")
    assert marques["11"][0].startswith(f"À corriger : {FUSION}")
    assert couleurs(copie) == {"beaucoup": FONDS["bloquant"], "11": FONDS["bloquant"]}
    assert "412" not in marques


def test_renvoyee_corrigee_la_copie_prend_la_place_de_son_fichier(convention, fiche, tmp_path):
    copie = copies.annoter(fiche, anomalies(fiche, convention), tmp_path)
    lue = lire_chemin(copie, convention)
    assert lue.corrige == hashlib.sha256(fiche.read_bytes()).hexdigest()
    assert lue.formulaires == lire_chemin(fiche, convention).formulaires
    document = Document(copie)
    document.tables[2].cell(4, 1).paragraphs[0].runs[0].text = "845"
    document.save(copie)
    [formulaire] = lire_chemin(copie, convention).formulaires
    assert {c.objet_id: c.valeur for c in formulaire.cellules if c.etat == "valeur"} == {
        "adherents": 845,
        "familles": 412,
    }
    # marked again, only what is still wrong is
    seconde = copies.annoter(copie, anomalies(copie, convention), tmp_path)
    assert "845" not in commentes(seconde)
    assert len(commentes(seconde)["11"]) == 1
    assert couleurs(seconde) == {"11": FONDS["bloquant"]}
    assert lire_chemin(seconde, convention).corrige == hashlib.sha256(copie.read_bytes()).hexdigest()


def test_ce_qui_n_a_pas_de_case_est_dit_en_tete_du_document(fiche, tmp_path):
    dite = Anomalie(None, None, "a_confirmer", "tableau_facultatif_absent", "Le tableau manque.", None)
    copie = copies.annoter(fiche, [dite], tmp_path)
    assert commentes(copie) == {"FICHE DE TRAVAIL ET D’ANALYSE": ["À confirmer : Le tableau manque."]}


def test_sans_rien_a_corriger_ni_confirmer_il_n_y_a_pas_de_copie(fiche, tmp_path):
    dite = Anomalie(FEUILLE, "A1", "information", "hors_tableau", "Un titre.", None)
    assert copies.annoter(fiche, [dite], tmp_path / "retour") is None
    assert not (tmp_path / "retour").exists()


def test_un_document_qui_ne_se_commente_pas_le_dit(tmp_path):
    chemin = tmp_path / "etrange.docx"
    with zipfile.ZipFile(chemin, "w") as archive:
        archive.writestr(
            "word/document.xml",
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>',
        )
    dite = Anomalie(None, None, "bloquant", "rien_de_lu", "Rien.", None)
    with pytest.raises(ClasseurRefuse) as refus:
        copies.annoter(chemin, [dite], tmp_path / "retour")
    assert refus.value.anomalie.message.startswith("Les commentaires ne s’écrivent pas dans une copie")


def test_une_place_se_dit_avec_les_mots_du_document(convention, fiche, tmp_path):
    places = {a.regle: a.cellule for a in copies.situer(fiche, anomalies(fiche, convention))}
    assert places["cases_fusionnees"] == "tableau 8, ligne 2 (« Axe n° 1 »), colonne 2"
    assert places["nombre_illisible"] == "tableau 3, ligne 5 (« Nombre d’adhérents »), colonne 2"
    document = Document(fiche)
    document.add_heading("Axe n° 9 : Insertion", 3)
    document.add_paragraph("3 ateliers")
    document.save(fiche)
    [reste] = [a for a in anomalies(fiche, convention) if a.regle == "reste_non_lu"]
    assert "attendu : paragraphe 23, sous « Axe n° 9 : Insertion »." in reste.message
    classeur = ecrire_classeur(convention, convention.structures["archipel"], 2025, tmp_path)
    dite = Anomalie("Fiche de travail", "B30", "bloquant", "nombre_illisible", "…", None)
    assert copies.situer(classeur, [dite]) == (dite,)
    assert (copies.extension(classeur), copies.extension(fiche)) == (".xlsx", ".docx")
    (tmp_path / "note.docx").write_bytes(b"%PDF-1.4")
    assert copies.extension(tmp_path / "note.docx") is None


def test_verifier_un_document_word_ecrit_sa_copie(convention, fiche, tmp_path, capsys):
    assert verifier_fichiers([fiche], convention, tmp_path / "retour")
    dit = "".join(capsys.readouterr())
    assert "tableau 3, ligne 5 (« Nombre d’adhérents »), colonne 2 : à corriger." in dit
    assert "B34" not in dit
    [copie] = (tmp_path / "retour").iterdir()
    assert f"Copie annotée : {copie}" in dit
    assert commentes(copie)["beaucoup"]
