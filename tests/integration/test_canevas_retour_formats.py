"""The marked copy of a workbook of any format: corrected and sent back, it takes the place of its file."""

import hashlib

import pytest
from openpyxl import load_workbook

from ctg.referentiel import charger, dossier_par_defaut
from etl.anomalie import Anomalie
from etl.canevas.lecture.classeur import lire
from etl.canevas.retour.copie import FEUILLE, annoter
from etl.marquage import FONDS
from tests.exemples.autres_formats import enregistrer
from tests.exemples.formulaire_plein import contenu, ecrire_plein
from tests.exemples.formulaire_rempli import formulaire_de, remplir
from tests.exemples.mutations import muter

CENTRE, ADHERENTS = "maison-maladiere", ("v:adherents", "valeur")


@pytest.fixture(scope="module")
def referentiel():
    return charger(dossier_par_defaut())


def seul(lecture):
    (formulaire,) = lecture.formulaires
    return formulaire


def test_d_un_formulaire_abime_la_copie_dit_la_meme_chose(referentiel, tmp_path):
    """Bytes, parts, rows, cells damaged by a program: whatever opens is marked, and reads the same."""
    octets = ecrire_plein(referentiel, CENTRE, tmp_path).read_bytes()
    recu, copies = tmp_path / "recu.xlsx", 0
    for graine in range(40):
        recu.write_bytes(muter(octets, graine))
        lecture = lire(recu, referentiel)
        if not lecture.formulaires:
            continue
        nom = lecture.formulaires[0].feuille
        marques = [Anomalie(nom, ou, "bloquant", "r", "Relisez.") for ou in ("A7", "F20", "Z300")]
        relue = lire(annoter(recu, marques, tmp_path / "retour"), referentiel)
        copies += 1
        assert [contenu(f) for f in relue.formulaires] == [contenu(f) for f in lecture.formulaires], graine
    assert copies > 15


@pytest.mark.parametrize("format_", ["ods", "xls", "csv"])
def test_la_copie_corrigee_se_relit_entiere(format_, referentiel, tmp_path):
    plein = ecrire_plein(referentiel, CENTRE, tmp_path)
    attendu = contenu(seul(lire(plein, referentiel)))
    bon = next(v for cle, (v, _, _) in attendu.items() if cle[1] == "adherents")
    adresse = remplir(plein, {ADHERENTS: "beaucoup"})[ADHERENTS]
    recu = enregistrer(plein, tmp_path / f"recu.{format_}")
    lecture = lire(recu, referentiel)
    copie = annoter(recu, seul(lecture).anomalies, tmp_path / "retour")

    classeur = load_workbook(copie)
    assert f"(.{format_}) a été recopié" in classeur[FEUILLE]["E2"].value
    feuille = formulaire_de(classeur)
    assert "beaucoup" in feuille[adresse].comment.text
    assert feuille[adresse].fill.start_color.rgb.endswith(FONDS["bloquant"])
    assert all(feuille.column_dimensions[colonne].hidden for colonne in "AB")
    assert contenu(seul(lire(copie, referentiel))) == contenu(seul(lecture))

    remplir(copie, {ADHERENTS: bon})
    relue = lire(copie, referentiel)
    assert contenu(seul(relue)) == attendu
    assert relue.corrige == hashlib.sha256(recu.read_bytes()).hexdigest()
    en_texte = {
        "date_en_texte",
        "nombre_en_texte",
        "meme_remarque",
    }  # a .csv holds nothing else, and is told nothing of it
    assert {a.regle for a in seul(relue).anomalies} <= {a.regle for a in seul(lecture).anomalies} | en_texte
    assert "nombre_illisible" not in {a.regle for a in seul(relue).anomalies}
