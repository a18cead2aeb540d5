"""The command line as a person meets it: exit codes, sentences, nothing half done."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ctg.entrepot import Entrepot
from ctg.referentiel import dossier_par_defaut

RACINE = Path(__file__).parents[2]


def etl(*arguments, **variables):
    return subprocess.run(
        [sys.executable, "-m", "etl", *map(str, arguments)],
        cwd=RACINE,
        env={**os.environ, **{nom: str(valeur) for nom, valeur in variables.items()}},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture
def lieux(tmp_path):
    (tmp_path / "raw").mkdir()
    return tmp_path / "raw", tmp_path / "entrepot.duckdb"


def test_rien_a_lire_n_est_pas_une_erreur(lieux):
    raw, entrepot = lieux
    fait = etl("--raw", raw, "--entrepot", entrepot)
    assert (fait.returncode, fait.stderr) == (0, "")
    assert fait.stdout.startswith("Entrepôt construit")


def test_un_fichier_inconnu_est_nomme_avec_sa_raison(lieux):
    raw, entrepot = lieux
    (raw / "notes.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    fait = etl(CTG_RAW=raw, CTG_ENTREPOT=entrepot)
    assert fait.returncode == 1
    assert "notes.csv : " in fait.stderr
    assert "\x1b" not in fait.stderr  # not a terminal: plain lines
    assert Entrepot(entrepot).executer("SELECT statut FROM collecte.fichier").iat[0, 0] in (
        "refuse",
        "ignore",
    )


def test_une_convention_fausse_ne_construit_rien_et_dit_tout(lieux, tmp_path):
    raw, entrepot = lieux
    faux = tmp_path / "convention"
    shutil.copytree(dossier_par_defaut(), faux)
    for nom in ("axes.csv", "fiches.csv"):
        texte = (faux / nom).read_text(encoding="utf-8")
        (faux / nom).write_text(texte + texte.splitlines()[1] + "\n", encoding="utf-8")  # a double id
    fait = etl("--raw", raw, "--referentiel", faux, "--entrepot", entrepot)
    assert fait.returncode == 2
    assert "axes.csv, ligne" in fait.stderr
    assert "fiches.csv, ligne" in fait.stderr
    assert not entrepot.exists()


def test_un_dossier_absent_ne_construit_rien(lieux, tmp_path):
    _, entrepot = lieux
    fait = etl("--raw", tmp_path / "nulle-part", "--entrepot", entrepot)
    assert fait.returncode == 2
    assert "n’existe pas" in fait.stderr
    assert "Traceback" not in fait.stderr


def test_verifier_ne_charge_rien_et_rend_une_copie_annotee(lieux, tmp_path):
    from openpyxl import load_workbook

    from tests.exemples.formulaire_rempli import remplir

    ecrits = etl("canevas", "--annee", 2025, "--vers", tmp_path / "canevas", "--structure", "archipel")
    assert ecrits.returncode == 0, ecrits.stderr
    (classeur,) = (tmp_path / "canevas").glob("rapport_*.xlsx")
    cle = ("i:JE-1.1.2-a", "valeur")
    adresse = remplir(classeur, {cle: "une dizaine"})[cle]
    fait = etl("verifier", classeur, "--retour", tmp_path / "retour", CTG_ENTREPOT=lieux[1])
    assert fait.returncode == 1
    assert f"› {adresse} : " in fait.stderr
    assert not lieux[1].exists()
    (copie,) = (tmp_path / "retour").glob("*.xlsx")
    rendu = load_workbook(copie)
    liste = rendu["À corriger"]
    assert [c.value for c in liste[2]][:4] == ["À corriger", rendu.sheetnames[2], adresse, "une dizaine"]
    assert f"› {adresse} : à corriger. « " in fait.stderr
    assert f"{classeur.name} : 1 à corriger." in fait.stdout
    assert "est écrit en lettres" in rendu[rendu.sheetnames[2]][adresse].comment.text


def test_une_structure_inconnue_est_refusee(tmp_path):
    fait = etl("canevas", "--annee", 2025, "--vers", tmp_path, "--structure", "nulle-part")
    assert (fait.returncode, fait.stderr) == (2, "« nulle-part » n’est l’identifiant d’aucune structure.\n")


def test_un_rapport_rempli_n_est_jamais_ecrase_par_un_canevas(tmp_path):
    ecrire = ("canevas", "--annee", 2025, "--vers", tmp_path, "--structure", "archipel")
    assert etl(*ecrire).returncode == 0
    assert etl(*ecrire).returncode == 0  # the same bytes: nothing is lost
    rapport, questionnaire = tmp_path / "rapport_2025_archipel.xlsx", next(tmp_path.glob("questionnaire_*"))
    rapport.write_bytes(b"rempli")
    questionnaire.unlink()
    refus = etl(*ecrire)
    assert refus.returncode == 2
    assert rapport.name in refus.stderr
    assert rapport.read_bytes() == b"rempli"
    assert not questionnaire.exists()


@pytest.mark.parametrize("annee", [1999, 2022, 2028])
def test_une_annee_hors_de_la_convention_n_a_pas_de_canevas(tmp_path, annee):
    fait = etl("canevas", "--annee", annee, "--vers", tmp_path)
    assert (fait.returncode, fait.stderr) == (
        2,
        f"{annee} n’est pas une année de la convention (2023 à 2027).\n",
    )


def test_verifier_un_fichier_absent_ne_verifie_rien(tmp_path):
    fait = etl("verifier", tmp_path / "absent.xlsx")
    assert fait.returncode == 2
    assert "absent.xlsx" in fait.stderr


def test_verifier_un_dossier_demande_ses_fichiers(tmp_path):
    fait = etl("verifier", tmp_path)
    assert (fait.returncode, fait.stderr) == (
        2,
        f"Rien n’a été vérifié. Donnez des fichiers, et non leur dossier : {tmp_path}.\n",
    )


def test_verifier_dit_une_raison_une_fois(tmp_path):
    (tmp_path / "notes.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    fait = etl("verifier", tmp_path / "notes.csv", "--retour", tmp_path / "retour")
    assert f"{tmp_path / 'notes.csv'} : serait refusé.\n" in fait.stdout
    assert "Pas de copie annotée : rien n’a pu être lu" in fait.stdout
    assert (fait.stdout + fait.stderr).count("Fichier non reconnu") == 1


def test_deux_classeurs_de_meme_nom_ont_chacun_leur_copie_annotee(tmp_path):
    for dossier, structure in (("a", "archipel"), ("b", "maison-phare")):
        etl("canevas", "--annee", 2025, "--vers", tmp_path / dossier, "--structure", structure)
        (tmp_path / dossier / f"rapport_2025_{structure}.xlsx").rename(tmp_path / dossier / "x.xlsx")
    etl("verifier", tmp_path / "a/x.xlsx", tmp_path / "b/x.xlsx", "--retour", tmp_path / "retour")
    assert [c.name for c in sorted((tmp_path / "retour").iterdir())] == [
        "x_a_corriger.xlsx",
        "x_a_corriger_2.xlsx",
    ]


def test_un_nom_de_fichier_se_dit_tel_quel(lieux):
    raw, entrepot = lieux
    (raw / "rapport :x: [b].csv").write_text("a;b\n", encoding="utf-8")
    assert "rapport :x: [b].csv" in etl("--raw", raw, "--entrepot", entrepot).stderr


def test_un_fichier_sans_usage_ici_est_nomme_et_ne_demande_rien_a_personne(lieux):
    raw, entrepot = lieux
    (raw / "bpe.csv").write_text("DEPCOM;Libelle_SDOM;TYPEQU\n42001;Écoles;C101\n", encoding="utf-8")
    fait = etl("--raw", raw, "--entrepot", entrepot)
    assert fait.returncode == 1
    assert "bpe.csv : information. Base permanente des équipements" in fait.stderr
    assert "à corriger" not in fait.stderr.replace("Ce qui est à corriger n’est pas chargé", "")
