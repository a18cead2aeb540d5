"""A workbook of their own, an extract, a Word form, an unknown workbook: from raw files to the warehouse."""

import shutil

import duckdb
import openpyxl
import pytest

from ctg.referentiel import ReferentielInvalide, charger, dossier_par_defaut
from etl.anomalie import Anomalie
from etl.canevas.retour.copie import annoter
from etl.classeurs_libres.fiche.word import ecrire_word
from etl.construction.entrepot import construire
from tests.exemples.classeur_libre import ISAJE, ecrire

SUIVI = """
titre: Suivi annuel de Léo Lagrange
nature: rapport
reconnaissance: {feuilles: ["Année *"], cellules: [Établissement, Enfants admis]}
annee: {nom_de_feuille: oui, motif: "20[0-9]{2}"}
tableaux:
  - entete: [Établissement, Enfants admis]
    colonnes:
      - entete: Établissement
        donne: structure
        noms: {Colombière: micro-creche-colombiere, Jean Jaurès: multi-accueil-jean-jaures}
      - {entete: Enfants admis, donne: valeur, mesure: "i:PE-2.0.2-b"}
      - {entete: Places, donne: valeur, mesure: "v:places"}
"""


@pytest.fixture(scope="module")
def convention(tmp_path_factory):
    dossier = tmp_path_factory.mktemp("referentiel") / "dijon"
    shutil.copytree(dossier_par_defaut(), dossier)
    for nom, yaml in (("suivi", SUIVI), ("isaje", ISAJE)):
        (dossier / "classeurs_libres" / f"{nom}.yml").write_text(yaml, encoding="utf-8")
    return dossier


@pytest.fixture(scope="module")
def entrepot(convention, tmp_path_factory):
    raw = tmp_path_factory.mktemp("recus")
    ecrire(
        raw / "suivi.xlsx",
        {
            "Année 2025": [
                ["Établissement", "Enfants admis", "Places"],
                ["Colombière", 31, 12],
                ["Jean Jaurès", "28 (dont 11 filles)", 40],
                ["Inconnu", 5, 5],
            ]
        },
    )
    (raw / "isaje.csv").write_text(
        "Code structure;Nb admissions\nmicro-creche-colombiere;33\nmulti-accueil-junot;57\n",
        encoding="cp1252",
    )
    reference = charger(dossier_par_defaut())
    fiche = ecrire_word(reference, reference.structures["archipel"], 2025, raw)
    _remplir(fiche)
    ecrire(raw / "inconnu.xlsx", {n: [["x", 1]] for n in ("Janvier", "Février", "Mars")})
    fichier = tmp_path_factory.mktemp("entrepot") / "ctg.duckdb"
    construire((raw,), convention, fichier)
    with duckdb.connect(str(fichier), read_only=True) as connexion:
        yield connexion


def _remplir(chemin):
    from docx import Document

    document = Document(chemin)
    for table in document.tables:
        for rangee in table.rows:
            if rangee.cells[0].text == "Nombre d’adhérents":
                rangee.cells[1].text = "845"
    document.save(chemin)


def test_chaque_fichier_a_son_sort(entrepot):
    sorts = entrepot.execute(
        "SELECT fichier, famille, genre, statut FROM interne.fichier ORDER BY fichier"
    ).fetchall()
    assert sorts == [
        ("fiche_de_travail_2025_archipel.docx", "classeur_libre", "rapport", "accepte"),
        ("inconnu.xlsx", None, "source", "refuse"),
        ("isaje.csv", "classeur_libre", "extrait", "accepte"),
        ("suivi.xlsx", "classeur_libre", "rapport", "accepte_partiel"),
    ]


def test_un_classeur_inconnu_dit_ses_feuilles_et_que_faire(entrepot):
    [(message,)] = entrepot.execute(
        "SELECT message FROM collecte.anomalie WHERE fichier = 'inconnu.xlsx'"
    ).fetchall()
    assert message.startswith(
        "3 feuilles (« Janvier », « Février », « Mars »), aucune correspondance ne les décrit"
    )
    assert "Collecte › Décrire un classeur" in message


def test_chaque_valeur_garde_sa_source_sa_feuille_et_sa_cellule(entrepot):
    lues = entrepot.execute("""
        SELECT repondant_id, source, feuille, cellule, valeur FROM interne.cellule
        WHERE objet_id IN ('PE-2.0.2-b', 'adherents') AND etat = 'valeur' AND ventilation = 'total'
        ORDER BY ALL
    """).fetchall()
    suivi = ("classeur:suivi", "Année 2025")
    assert set(lues) >= {
        ("archipel", "classeur:fiche_de_travail", "Document Word", "B34", 845.0),
        ("multi-accueil-jean-jaures", *suivi, "B3", 28.0),
        ("multi-accueil-junot", "extrait:isaje", "CSV", "B3", 57.0),
    }
    deux = {(source, valeur) for qui, source, _, _, valeur in lues if qui == "micro-creche-colombiere"}
    assert ("classeur:suivi", 31.0) in deux


def test_la_mesure_publiee_vient_du_classeur_et_l_inconnue_est_dite(entrepot):
    publie = dict(
        entrepot.execute("""
            SELECT territoire_id, valeur FROM publication.mesure
            WHERE indicateur_id = 'PE-2.0.2-b' AND niveau = 'structure' AND ventilation = 'total'
              AND annee = 2025 AND etat = 'publie' AND perimetre = 'tous'
        """).fetchall()
    )
    # the structure's own workbook wins over the extract
    assert publie["micro-creche-colombiere"] == 31
    assert publie["multi-accueil-jean-jaures"] == 28
    assert publie["multi-accueil-junot"] == 57
    [(cellule, message)] = entrepot.execute(
        "SELECT cellule, message FROM collecte.anomalie WHERE regle = 'libelle_inconnu'"
    ).fetchall()
    assert cellule == "A4"
    assert "« Inconnu »" in message


def test_la_copie_annotee_d_un_classeur_corrigee_prend_sa_place(convention, tmp_path):
    raw = tmp_path / "recus"
    raw.mkdir()
    rangees = [["Établissement", "Enfants admis"], ["Colombière", "beaucoup"], ["Jean Jaurès", 28]]
    chemin = ecrire(raw / "suivi.xlsx", {"Année 2025": rangees})
    construire((raw,), convention, tmp_path / "e.duckdb")
    with duckdb.connect(str(tmp_path / "e.duckdb"), read_only=True) as connexion:
        lignes = connexion.execute(
            "SELECT feuille, cellule, gravite, regle, message, valeur_lue FROM interne.anomalie"
        ).fetchall()
    assert ("Année 2025", "B2") in {ligne[:2] for ligne in lignes}
    copie = annoter(chemin, [Anomalie(*ligne) for ligne in lignes], raw)
    classeur = openpyxl.load_workbook(copie)
    classeur["Année 2025"]["B2"].value = 31
    classeur.save(copie)
    construire((raw,), convention, tmp_path / "e.duckdb")
    with duckdb.connect(str(tmp_path / "e.duckdb"), read_only=True) as connexion:
        sorts = dict(connexion.execute("SELECT DISTINCT fichier, statut FROM collecte.fichier").fetchall())
        valeurs = connexion.execute(
            "SELECT valeur FROM interne.cellule WHERE retenu AND repondant_id = 'micro-creche-colombiere'"
        ).fetchall()
    assert sorts == {"suivi.xlsx": "remplace", "suivi_a_corriger.xlsx": "accepte"}
    assert valeurs == [(31.0,)]


def test_une_correspondance_fausse_arrete_la_construction_en_nommant_le_fichier_et_la_cle(
    convention, tmp_path
):
    fausse = tmp_path / "referentiel"
    shutil.copytree(convention, fausse)
    (fausse / "classeurs_libres" / "suivi.yml").write_text(
        SUIVI.replace("i:PE-2.0.2-b", "i:PE-2.0.2-z").replace("donne: structure", "donne: nom"),
        encoding="utf-8",
    )
    (tmp_path / "raw").mkdir()
    ecrire(tmp_path / "raw" / "x.xlsx", {"Année 2025": [["Établissement", "Enfants admis"]]})
    with pytest.raises(ReferentielInvalide) as refus:
        construire((tmp_path / "raw",), fausse, tmp_path / "e.duckdb")
    texte = str(refus.value)
    assert "classeurs_libres/suivi.yml" in texte
    assert "tableaux[1] › colonnes[1] › donne : « nom » : l’un de structure" in texte
    assert (
        "tableaux[1] › colonnes[2] › mesure : « i:PE-2.0.2-z » n’est l’identifiant d’aucune mesure" in texte
    )
    assert not (tmp_path / "e.duckdb").exists()
