"""The yearly « fiche de travail et d’analyse »: written blank, filled as a structure would, read back."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import typer
from docx import Document
from docx.oxml.ns import qn

from ctg.referentiel import charger, dossier_par_defaut
from etl.classeurs import ClasseurRefuse, ouvrir
from etl.classeurs_libres.declaration.chargement import declarations
from etl.classeurs_libres.fiche.classeur import ecrire_classeur
from etl.classeurs_libres.fiche.contenu import Champ, Grille, contenu
from etl.classeurs_libres.fiche.word import ecrire_word
from etl.classeurs_libres.lecture.classeur import lire, lire_chemin
from etl.classeurs_libres.word.document import ouvrir_word
from etl.commandes.formulaires import fiche_de_travail

PRESIDENTE = "Camille Exemple"
# label → answers, in the order the label stands in the form; a table row gives one answer per column
REPONSES = {
    "Président(e)": [PRESIDENTE],
    "Directeur(rice)": ["Dominique Modèle"],
    "Téléphone": ["03 80 00 00 00"],
    "Nombre de salariés permanents": ["12"],
    "Équivalent temps plein (ETP)": ["10,5", "2,3"],
    "Nombre de salariés non-permanents": ["7"],
    "Nombre d’adhérents": ["environ 1 240"],
    "Nombre de familles": ["520"],
    "Événements majeurs intervenus": ["Ouverture d’un café associatif en mars."],
    "Points forts": ["Une équipe stable."],
    "Points faibles": ["A COMPLETER"],
    "Enjeux": ["Renouveler le projet social."],
    "Commentaires": ["Comptes arrêtés le 31 mai."],
}
GRILLES = {
    "Adhérents": [["62 %", "25 %", "13 %"], ["48 %", "40 %", "12 %"]],
    "Axe n° 1": [["34", "410"]],
    "Axe n° 4": [["12", "néant"]],
    "Subventions": [["250 000", "", "245 000", "", "240 500", ""]],
    "Résultat net": [["0", "", "-1 200", "", "3 400", ""]],
}
ATTENDU = {
    ("salaries-permanents", None, "valeur"): 12,
    ("etp-permanents", None, "valeur"): 10.5,
    ("salaries-non-permanents", None, "valeur"): 7,
    ("etp-non-permanents", None, "valeur"): 2.3,
    ("adherents", None, "valeur"): 1240,
    ("familles", None, "valeur"): 520,
    ("evenements_majeurs", None, "texte"): "Ouverture d’un café associatif en mars.",
    ("points_forts", None, "texte"): "Une équipe stable.",
    ("enjeux", None, "texte"): "Renouveler le projet social.",
    ("bilan_participation", None, "texte"): "Trois conseils d’habitants.",
    ("adherents-territoire", None, "valeur"): 62,
    ("adherents-autres-quartiers", None, "valeur"): 25,
    ("adherents-hors-ville", None, "valeur"): 13,
    ("adherents-qf-800", None, "valeur"): 48,
    ("adherents-qf-3000", None, "valeur"): 40,
    ("adherents-qf-plus", None, "valeur"): 12,
    ("AVS-1.0.2-a", "participation", "valeur"): 34,
    ("AVS-1.0.1-b", "participation", "valeur"): 410,
    ("AVS-1.0.2-a", "jeunes", "valeur"): 12,
    ("subventions", None, "n+1"): 250_000,
    ("subventions", None, "n"): 245_000,
    ("subventions", None, "n-1"): 240_500,
    ("resultat-net", None, "n+1"): 0,
    ("resultat-net", None, "n"): -1200,
    ("resultat-net", None, "n-1"): 3400,
}


@pytest.fixture(scope="module")
def convention():
    return charger(dossier_par_defaut())


def reponses(libelle: str, vus: dict[str, int]) -> list[str]:
    """What a structure writes on the row of this label; `vus` counts how often each one was met."""
    rang = vus[libelle] = vus.get(libelle, -1) + 1
    if libelle in REPONSES and rang < len(REPONSES[libelle]):
        return [REPONSES[libelle][rang]]
    debut = libelle.split(" :")[0]
    if libelle.startswith("Axe n° 1") and rang == 1:
        return ["Trois conseils d’habitants."]
    return GRILLES.get(debut, [])[rang] if rang < len(GRILLES.get(debut, [])) else []


def remplir_classeur(chemin: Path) -> Path:
    classeur, vus = openpyxl.load_workbook(chemin), {}
    for rangee in classeur.active.iter_rows():
        for colonne, reponse in enumerate(reponses(str(rangee[0].value), vus), 2):
            if reponse:
                classeur.active.cell(rangee[0].row, colonne).value = reponse
    classeur.save(chemin)
    return chemin


def remplir_word(chemin: Path) -> Path:
    document, vus = Document(chemin), {}
    for table in document.tables:
        for rangee in table.rows:
            for colonne, reponse in enumerate(reponses(rangee.cells[0].text, vus), 1):
                if reponse:
                    rangee.cells[colonne].text = reponse
    document.save(chemin)
    return chemin


@pytest.mark.parametrize("forme", ["classeur", "word"])
def test_la_fiche_remplie_se_relit_en_entier_et_ne_nomme_personne(convention, tmp_path, forme):
    structure = convention.structures["maison-phare"]
    if forme == "classeur":
        classeur = ouvrir(remplir_classeur(ecrire_classeur(convention, structure, 2025, tmp_path)))
    else:
        classeur = ouvrir_word(remplir_word(ecrire_word(convention, structure, 2025, tmp_path)))
    lecture = lire(classeur, "fiche", declarations(convention), convention)
    [formulaire] = lecture.formulaires
    assert (formulaire.repondant_id, formulaire.annee) == ("maison-phare", 2025)
    assert formulaire.source == "classeur:fiche_de_travail"
    assert formulaire.statut == "accepte"
    lues = {
        (c.objet_id, c.modalite, c.code): c.valeur if c.texte is None else c.texte
        for c in formulaire.cellules
        if c.etat == "valeur"
    }
    assert lues == ATTENDU
    assert {c.objet_id for c in formulaire.cellules if c.estime} == {"adherents"}
    for nomme in (PRESIDENTE, "Dominique", "03 80 00"):
        assert nomme not in repr(lecture)
    assert {a.gravite for a in lecture.anomalies} == {"information"}
    assert [a.regle for a in lecture.anomalies] == ["cases_ignorees"] * 3


@pytest.mark.parametrize("ecrire", [ecrire_classeur, ecrire_word])
def test_la_fiche_ecrite_deux_fois_est_le_meme_fichier(convention, tmp_path, monkeypatch, ecrire):
    structure = convention.structures["archipel"]
    monkeypatch.setattr("time.localtime", lambda *_: (2001, 2, 3, 4, 5, 6, 0, 0, 0))
    premiere = ecrire(convention, structure, 2025, tmp_path).read_bytes()
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 2, 3, 4, 5, 6, 0, 0, 0))
    assert ecrire(convention, structure, 2025, tmp_path).read_bytes() == premiere


def test_rien_n_y_est_en_anglais_pas_meme_ses_proprietes(convention, tmp_path):
    structure = convention.structures["archipel"]
    word = Document(ecrire_word(convention, structure, 2025, tmp_path))
    proprietes = word.core_properties
    assert proprietes.title == "Fiche de travail et d’analyse 2025"
    assert (proprietes.author, proprietes.comments, proprietes.language) == ("", "", "fr-FR")
    langues = {e.get(qn("w:val")) for e in word.styles.element.iter(qn("w:lang"))}
    assert langues == {"fr-FR"}  # else Word underlines every word
    with zipfile.ZipFile(ecrire_classeur(convention, structure, 2025, tmp_path)) as classeur:
        proprietes = classeur.read("docProps/core.xml").decode()
    assert "openpyxl" not in proprietes and ">fr-FR<" in proprietes


def test_la_fiche_demande_ce_que_la_convention_connait(convention):
    """Every field, account and axis of the form is declared: nothing a structure fills is left unread."""
    blocs = contenu(convention, convention.structures["maison-phare"], 2025)
    grilles = [b for b in blocs if isinstance(b, Grille)]
    assert len(grilles[-1].lignes) == len(convention.chiffres_clefs)
    assert len(grilles[-2].lignes) == 5
    assert len([b for b in blocs if isinstance(b, Champ) and b.long]) == 5 + 5 + 1


def _emboite(profondeur: int) -> bytes:
    espace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    dedans = "<w:sdt>" * profondeur + "</w:sdt>" * profondeur
    return f'<w:document xmlns:w="{espace}"><w:body>{dedans}</w:body></w:document>'.encode()


def _abime(contenu_: bytes) -> bytes:
    return contenu_[: len(contenu_) // 2]


def _avec(nom: str, texte: bytes, octets: bytes) -> bytes:
    """The same package with one more part, or another content for it."""
    sortie = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(octets)) as source,
        zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as z,
    ):
        for entree in source.infolist():
            if entree.filename != nom:
                z.writestr(entree.filename, source.read(entree))
        z.writestr(nom, texte)
    return sortie.getvalue()


@pytest.mark.parametrize(
    ("defaut", "regle"),
    [
        (_abime, "classeur_abime"),
        (lambda o: _avec("word/vbaProject.bin", b"x", o), "macros"),
        (lambda o: _avec("word/embeddings/a.bin", b"x", o), "objets_incorpores"),
        (lambda o: _avec("word/document.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", o), "entites"),
        (lambda o: _avec("word/document.xml", b"<w:document", o), "classeur_abime"),
        (lambda o: _avec("word/document.xml", _emboite(5000), o), "classeur_abime"),
        (lambda o: _avec("../dehors.xml", b"<a/>", o), "chemin_interdit"),
        (lambda o: _avec("word/bombe.xml", b"0" * 60_000_000, o), "bombe"),
    ],
)
def test_un_document_word_hostile_est_refuse_par_une_phrase(convention, tmp_path, defaut, regle):
    chemin = ecrire_word(convention, convention.structures["maison-phare"], 2025, tmp_path)
    chemin.write_bytes(defaut(chemin.read_bytes()))
    with pytest.raises(ClasseurRefuse) as refus:
        ouvrir_word(chemin)
    assert refus.value.regle == regle
    assert refus.value.anomalie.message


def test_un_autre_fichier_n_est_pas_un_document_word(tmp_path, convention):
    chemin = ecrire_classeur(convention, convention.structures["maison-phare"], 2025, tmp_path)
    assert ouvrir_word(chemin) is None
    (tmp_path / "note.txt").write_text("bonjour", encoding="utf-8")
    assert ouvrir_word(tmp_path / "note.txt") is None


@pytest.mark.parametrize("annee", ["1999", "2050"])
def test_une_annee_hors_de_la_convention_ne_donne_aucune_fiche(tmp_path, capsys, annee):
    with pytest.raises(typer.Exit) as arret:
        fiche_de_travail(annee=int(annee), vers=tmp_path / "fiches")
    assert arret.value.exit_code == 2
    assert f"{annee} n’est pas une année de la convention (2023 à 2027)." in capsys.readouterr().err
    assert not (tmp_path / "fiches").exists()


@pytest.mark.parametrize("geste", ["ôter", "déplacer"])
def test_une_ligne_otee_ou_deplacee_ne_donne_pas_sa_place_a_une_autre(convention, tmp_path, geste):
    """Two rows are called « Équivalent temps plein (ETP) »: the second answered for both."""
    chemin = ecrire_word(convention, convention.structures["archipel"], 2025, tmp_path)
    document = Document(chemin)
    vie = document.tables[2]
    for rang, nombre in enumerate(["12", "10,5", "7", "2,3", "1 240", "520"]):
        vie.cell(rang, 1).text = nombre
    ligne = vie._tbl.tr_lst[1]
    vie._tbl.remove(ligne)
    if geste == "déplacer":
        vie._tbl.append(ligne)
    document.save(chemin)
    lecture = lire_chemin(chemin, convention)
    [formulaire] = lecture.formulaires
    lues = {c.objet_id: c.valeur for c in formulaire.cellules if c.etat == "valeur"}
    assert lues == {
        "salaries-permanents": 12,
        "salaries-non-permanents": 7,
        "adherents": 1240,
        "familles": 520,
    }
    [dite] = [a for a in lecture.anomalies if a.regle == "case_partagee"]
    assert dite.gravite == "bloquant"
    assert "« Équivalent temps plein (ETP) » ne se trouve qu’une fois" in dite.message
