"""The marked copy of a workbook of any format: corrected and sent back, it takes the place of its file."""

import hashlib
import io
import zipfile

import pytest
from openpyxl import load_workbook

from ctg.referentiel import charger, dossier_par_defaut
from etl.canevas.lecture import lire
from etl.canevas.retour import FEUILLE, FONDS, annoter
from tests.exemples.autres_formats import enregistrer
from tests.exemples.formulaire_plein import contenu, ecrire_plein
from tests.exemples.formulaire_rempli import formulaire_de, remplir
from tests.exemples.refuses.fabriquer import zipper

CENTRE, ADHERENTS = "maison-maladiere", ("v:adherents", "valeur")


@pytest.fixture(scope="module")
def referentiel():
    return charger(dossier_par_defaut())


def seul(lecture):
    (formulaire,) = lecture.formulaires
    return formulaire


def illisible_par_openpyxl(source, vers):
    """The same .xlsx with a style that openpyxl does not expect; calamine does not look at it."""
    with zipfile.ZipFile(io.BytesIO(source.read_bytes())) as archive:
        parties = {nom: archive.read(nom) for nom in archive.namelist()}
    parties["xl/styles.xml"] = parties["xl/styles.xml"].replace(b'"solid"', b'"inattendu"', 1)
    vers.write_bytes(zipper(parties))
    with pytest.raises(Exception):  # noqa: B017, PT011 — whatever openpyxl raises
        load_workbook(vers)
    return vers


@pytest.mark.parametrize("format_", ["ods", "xls", "csv", "xlsx"])
def test_la_copie_corrigee_se_relit_entiere(format_, referentiel, tmp_path):
    plein = ecrire_plein(referentiel, CENTRE, tmp_path)
    attendu = contenu(seul(lire(plein, referentiel)))
    bon = next(v for cle, (v, _, _) in attendu.items() if cle[1] == "adherents")
    adresse = remplir(plein, {ADHERENTS: "beaucoup"})[ADHERENTS]
    recu = tmp_path / f"recu.{format_}"
    recu = illisible_par_openpyxl(plein, recu) if format_ == "xlsx" else enregistrer(plein, recu)
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
    assert {a.regle for a in seul(relue).anomalies} <= {"date_en_texte", "nombre_en_texte"}
