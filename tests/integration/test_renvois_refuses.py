"""A file refused whole goes back too: its reason, what to send instead, and its copy when it opens."""

import datetime as dt
import shutil
import zipfile

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from ctg.entrepot import Entrepot
from ctg.referentiel import charger, dossier_par_defaut
from etl.canevas.redaction.ecriture import ecrire
from etl.construction.entrepot import construire
from etl.renvois import lecture, retours
from tests.exemples.formulaire_rempli import remplir

CONVENTION = charger(dossier_par_defaut())
JOUR = dt.date(2026, 6, 15)
MACROS, TRONQUE, WORD, PHOTO, TABLEAU = (
    "rapport_2025_leo-lagrange.xlsm",
    "Rapport L’Archipel.xlsx",
    "bilan.docx",
    "photo.xlsx",
    "autre.xlsx",
)


@pytest.fixture(scope="module")
def entrepot(tmp_path_factory):
    """Five files that nothing is read of, and a good report that came after a truncated one of its name."""
    racine = tmp_path_factory.mktemp("refuses")
    raw = racine / "raw"
    raw.mkdir()
    (vierge,) = ecrire(CONVENTION, 2025, racine / "vierge", structure="archipel")
    octets = vierge.read_bytes()
    (raw / TRONQUE).write_bytes(octets[: len(octets) // 2])
    shutil.copy(vierge, raw / MACROS)
    with zipfile.ZipFile(raw / MACROS, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\0")
    document = Document()
    document.add_paragraph("Voici notre bilan.")
    document.save(raw / WORD)
    (raw / PHOTO).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    (raw / "un").mkdir()
    (raw / "un" / "reussi.xlsx").write_bytes(octets[:900])
    (raw / "deux").mkdir()
    remplir(shutil.copy(vierge, raw / "deux" / "reussi.xlsx"), {("v:familles", "valeur"): 12})
    etranger = Workbook()
    etranger.active.append(["un", "tableau"])
    etranger.save(raw / TABLEAU)
    (raw / "receptions.csv").write_text(
        f"fichier;recu_le\n{MACROS};2026-06-02\nun/reussi.xlsx;2026-05-01\ndeux/reussi.xlsx;2026-05-03\n",
        encoding="utf-8",
    )
    construire((raw,), dossier_par_defaut(), racine / "w.duckdb")
    return racine / "w.duckdb", raw


def renvois(entrepot, annee=2025):
    return {renvoi.nom: renvoi for renvoi in lecture.lire(entrepot[0], annee)}


def test_chacun_part_et_celui_revenu_bon_depuis_ne_part_plus(entrepot):
    assert set(renvois(entrepot)) >= {MACROS, TRONQUE, WORD, PHOTO}
    assert not any("reussi" in nom for nom in renvois(entrepot))


def test_le_nom_du_fichier_dit_a_qui_et_de_quelle_annee(entrepot):
    lus = renvois(entrepot)
    assert (
        lus[MACROS].expediteur == "Léo Lagrange Petite Enfance Bourgogne Franche-Comté" and lus[MACROS].devine
    )
    assert lus[TRONQUE].expediteur == "L’Archipel" and lus[TRONQUE].devine
    assert lus[WORD].expediteur is None
    assert MACROS not in renvois(entrepot, 2024) and WORD in renvois(entrepot, 2024)


@pytest.mark.parametrize(
    ("nom", "raison"),
    [
        (MACROS, "sans macros, et renvoyez-le"),
        (TRONQUE, "abîmé"),
        (PHOTO, "une image (PNG)"),
    ],
)
def test_le_message_dit_pourquoi_et_quoi_renvoyer(entrepot, tmp_path, nom, raison):
    retour = retours.ecrire(renvois(entrepot)[nom], entrepot[1] / nom, tmp_path, JOUR)
    texte = retour.texte.read_text(encoding="utf-8")
    assert texte.startswith(f"Objet : votre fichier « {nom} » n’a pas pu être lu\n")
    assert raison in texte
    assert retour.copie is None and retour.raison


def test_un_document_que_rien_ne_reconnait_se_recopie_dans_le_canevas(entrepot, tmp_path):
    retour = retours.ecrire(renvois(entrepot)[WORD], entrepot[1] / WORD, tmp_path, JOUR)
    texte = retour.texte.read_text(encoding="utf-8")
    assert "Ce document Word n’est pas reconnu" in texte
    assert "Recopiez vos réponses dans un canevas neuf" in texte
    assert "Corrigez dans cette copie" not in texte
    assert retour.copie.suffix == ".docx"


def test_un_classeur_qui_s_ouvre_a_sa_copie(tmp_path):
    """Its sheets hold no form of ours any more: it opens, the list says what to do."""
    (vierge,) = ecrire(CONVENTION, 2025, tmp_path / "vierge", structure="archipel")
    classeur = load_workbook(vierge)
    for feuille in classeur.worksheets:
        if str(feuille["A3"].value).startswith("ctg:structure"):
            classeur.remove(feuille)
    classeur.create_sheet("Réponses").append(["Familles", 12])
    raw = tmp_path / "raw"
    raw.mkdir()
    classeur.save(raw / "x.xlsx")
    construire((raw,), dossier_par_defaut(), tmp_path / "w.duckdb")
    (renvoi,) = lecture.lire(tmp_path / "w.duckdb", 2025)
    retour = retours.ecrire(renvoi, raw / "x.xlsx", tmp_path / "r", JOUR)
    assert load_workbook(retour.copie).sheetnames[0] == "À corriger"


def test_un_rapport_dont_l_annee_ne_se_lit_pas_est_quand_meme_le_dernier_envoi_de_sa_structure(tmp_path):
    (tmp_path / "raw").mkdir()
    (rapport,) = ecrire(CONVENTION, 2025, tmp_path / "raw", structure="archipel")
    remplir(rapport, {("v:familles", "valeur"): 12, ("m:annee", "valeur"): "environ 120"})
    (tmp_path / "raw" / "receptions.csv").write_text(
        f"fichier;recu_le\n{rapport.name};2026-06-02\n", encoding="utf-8"
    )
    construire((tmp_path / "raw",), dossier_par_defaut(), tmp_path / "w.duckdb")
    silences = Entrepot(tmp_path / "w.duckdb").requete("collecte_silences", annee=2025)
    recus = silences.set_index("expediteur_id")["dernier_recu_le"].dropna()
    assert {qui: str(le.date()) for qui, le in recus.items()} == {"archipel": "2026-06-02"}
    demandes = Entrepot(tmp_path / "w.duckdb").requete("collecte_points", annee=2025)
    assert list(demandes["repondant_id"]) == ["archipel"]  # its reminder says what to send again
