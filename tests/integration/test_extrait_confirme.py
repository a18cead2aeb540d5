"""Once told is enough: an extract fills the form, the structure confirms or corrects, one source counts."""

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from ctg.referentiel import dossier_par_defaut
from etl.construction.entrepot import construire
from tests.exemples.classeur_libre import ISAJE
from tests.exemples.formulaire_rempli import adresse_de, formulaire_de, remplir

RACINE = Path(__file__).parents[2]
CRECHE, ADMIS = "creche-princes-de-conde", "i:PE-2.0.2-b"


@pytest.fixture
def ville(tmp_path, monkeypatch):
    convention, raw = tmp_path / "convention", tmp_path / "recus"
    shutil.copytree(dossier_par_defaut(), convention)
    (convention / "classeurs_libres" / "isaje.yml").write_text(ISAJE, encoding="utf-8")
    raw.mkdir()
    (raw / "isaje.csv").write_text(f"Code structure;Nb admissions\n{CRECHE};45\n", encoding="utf-8")
    variables = {"CTG_RAW": raw, "CTG_REFERENTIEL": convention, "CTG_ENTREPOT": tmp_path / "w.duckdb"}
    variables["CTG_SAISIES"] = tmp_path / "saisies"
    for nom, valeur in variables.items():
        monkeypatch.setenv(nom, str(valeur))
    return variables


def refaire(ville):
    construire((ville["CTG_RAW"],), ville["CTG_REFERENTIEL"], ville["CTG_ENTREPOT"])


def lire(ville, sql):
    with duckdb.connect(str(ville["CTG_ENTREPOT"]), read_only=True) as connexion:
        return connexion.execute(sql).fetchall()


MESURE = f"""
    SELECT valeur, mention FROM publication.mesure
    WHERE indicateur_id = 'PE-2.0.2-b' AND niveau = 'structure' AND territoire_id = '{CRECHE}'
      AND perimetre = 'tous' AND ventilation = 'total' AND annee = 2025
"""
SOURCES = "SELECT source_libelle, affichage, retenu, raison FROM collecte.source_retenue ORDER BY NOT retenu"
STATUT = f"SELECT statut FROM collecte.attendu WHERE repondant_id = '{CRECHE}' AND annee = 2025"


def test_un_extrait_se_confirme_puis_se_corrige_dans_le_formulaire(ville, tmp_path):
    refaire(ville)
    assert lire(ville, MESURE) == [(45.0, "d’après un extrait ISAJE, non confirmé par la structure")]
    assert lire(ville, STATUT) == [("attendu",)]
    commande = [sys.executable, "-m", "etl", "canevas", "--annee", "2025", "--structure", CRECHE]
    subprocess.run(
        [*commande, "--vers", str(tmp_path / "envoi")],
        check=True,
        cwd=RACINE,
        env={**os.environ, **{nom: str(valeur) for nom, valeur in ville.items()}},
    )
    (formulaire,) = (tmp_path / "envoi").glob("rapport_*.xlsx")
    feuille = formulaire_de(load_workbook(formulaire))
    assert feuille[adresse_de(feuille, ADMIS, "valeur")].value == 45

    retour = ville["CTG_RAW"] / "retour.xlsx"
    shutil.copy(formulaire, retour)
    refaire(ville)  # sent back untouched
    assert lire(ville, STATUT) == [("refuse",)]
    assert lire(ville, MESURE)[0][0] == 45

    remplir(retour, {("m:rempli_le", "valeur"): dt.date(2026, 3, 2)})
    refaire(ville)  # dated: it was read
    assert lire(ville, STATUT) == [("recu",)]
    assert lire(ville, MESURE) == [(45.0, None)]
    retenue, ecartee = lire(ville, SOURCES)
    assert (retenue[0], ecartee[0]) == ("formulaire", "extrait ISAJE")
    assert retenue[3].startswith("confirmée par la structure")
    assert "sources_differentes" not in regles(ville)

    remplir(retour, {(ADMIS, "valeur"): 47})
    refaire(ville)
    assert lire(ville, MESURE) == [(47.0, None)]
    retenue, _ = lire(ville, SOURCES)
    assert retenue[3].startswith("le formulaire de la structure passe")
    assert "sources_differentes" in regles(ville)


def regles(ville):
    return {regle for (regle,) in lire(ville, "SELECT regle FROM collecte.anomalie")}
