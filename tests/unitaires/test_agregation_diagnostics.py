"""Open data by quartier: published sums only, their coverage, and comparisons on the same IRIS."""

import datetime as dt
from pathlib import Path

import duckdb
import pytest

from etl import sources
from etl.construction.assemblage import assembler
from etl.lecture.collecte import Collecte, DonneesOuvertes, Fichier
from etl.sources.modele import LectureSource, Observation, table_arrow
from tests.exemples.campagne_minuscule import CONVENTION, Base

REQUETES = Path(__file__).parents[2] / "ctg" / "requetes"
GRESILLES = [iris for iris in CONVENTION.iris.values() if iris.quartier_id == "gresilles"]
A, B, C, D = (iris.code_iris for iris in GRESILLES)
SECRET, MANQUANT = "secret", "manquant"


def base(*lignes, variable="caf_allocataires", source="caf_iris"):
    """{(iris, year, value or state)} of one variable, built."""
    observations = [
        Observation(
            source,
            variable,
            "iris",
            code,
            annee,
            None if isinstance(lu, str) else lu,
            lu if isinstance(lu, str) else "publie",
            None,
            n,
            "A",
        )
        for n, (code, annee, lu) in enumerate(lignes, 2)
    ]
    lecture = LectureSource(source, "accepte", "", observations=table_arrow(observations))
    retenues, _ = sources.departager([("caf.csv", lecture)])
    collecte = Collecte(
        fichiers=[Fichier("caf.csv", "0" * 64, 1, "accepte", source, "source")],
        ouvertes=DonneesOuvertes(retenues, (), sources.variables(), ()),
    )
    connexion = duckdb.connect()
    assembler(connexion, CONVENTION, collecte, "essai", dt.datetime(2026, 11, 21))
    return Base(connexion)


def gresilles(construite, annee=2020):
    return construite.une("publication.diagnostic", niveau="quartier", territoire_id="gresilles", annee=annee)


def test_la_somme_dit_sa_couverture_et_ne_compte_jamais_le_masque_pour_zero():
    somme = gresilles(base((A, 2020, 500.0), (B, 2020, SECRET), (C, 2020, 300.0), (D, 2020, 0.0)))
    assert (somme["valeur"], somme["nb_couverts"], somme["nb_assignes"], somme["couverture"]) == (
        800,
        3,
        4,
        0.75,
    )
    population = {iris.code_iris: iris.population for iris in GRESILLES}
    attendue = 1 - population[B] / sum(population.values())
    assert somme["couverture_population"] == pytest.approx(attendue)
    assert somme["note"] == "Somme partielle : 3 IRIS publiés sur 4."
    assert somme["affichage"] == "800 foyers allocataires"


def test_des_estimations_s_additionnent_exactes_et_se_publient_entieres():
    construite = base(
        *((iris, annee, 100.4) for annee in (2016, 2022) for iris in (A, B, C)),
        variable="population",
        source="population_iris",
    )
    somme = gresilles(construite, 2022)
    assert (somme["valeur"], somme["affichage"]) == (301, "301 personnes")  # 301.2, and not three times 100
    assert construite.une("publication.diagnostic", territoire_id=A, annee=2022)["valeur"] == 100
    evolution = construite.une("publication.diagnostic_evolution", niveau="quartier")
    assert (evolution["valeur"], evolution["valeur_base"]) == (301, 301)


def test_tout_masque_est_secret_tout_absent_est_manquant():
    assert gresilles(base((A, 2020, SECRET), (B, 2020, MANQUANT)))["etat"] == "secret"
    absent = gresilles(base((A, 2020, MANQUANT)))
    assert (absent["etat"], absent["valeur"], absent["affichage"]) == ("manquant", None, "non disponible")


def test_deux_annees_ne_se_comparent_que_sur_les_iris_publies_les_deux_fois():
    # B is masked in 2020: a plain sum would fall by half, the common IRIS rise by 10 %
    construite = base((A, 2019, 500.0), (B, 2019, 600.0), (A, 2020, 550.0), (B, 2020, SECRET))
    evolution = construite.une("publication.diagnostic_evolution", niveau="quartier")
    assert (evolution["valeur"], evolution["valeur_base"]) == (550, 500)
    assert (evolution["nb_communs"], evolution["nb_assignes"]) == (1, 4)
    assert evolution["affichage"] == "+\u202f10\u202f%"


def test_une_mediane_ne_se_calcule_jamais_pour_un_quartier():
    construite = base(
        (A, 2019, 15000.0),
        (B, 2019, 18000.0),
        variable="filosofi_niveau_vie_median",
        source="filosofi_iris_disp",
    )
    niveaux = {ligne["niveau"] for ligne in construite.lignes("SELECT niveau FROM publication.diagnostic")}
    assert niveaux == {"iris"}


def test_la_certitude_d_un_quartier_est_la_pire_de_ses_iris():
    rangs = {"faible": 0, "moyenne": 1, "elevee": 2}
    assert gresilles(base((A, 2020, 500.0)))["certitude"] == min(
        (i.certitude for i in GRESILLES), key=rangs.get
    )


def test_la_commune_somme_tous_ses_iris():
    construite = base((A, 2020, 500.0), (B, 2020, SECRET))
    commune = construite.une("publication.diagnostic", niveau="commune")
    assert (commune["territoire_id"], commune["valeur"], commune["nb_couverts"]) == ("21231", 500, 1)
    assert commune["nb_assignes"] == len(CONVENTION.iris)


def test_une_rupture_declaree_coupe_la_serie():
    # Filosofi was rebuilt in 2023: 2021 and 2023 stand side by side, without a change between them
    construite = base(
        (A, 2018, 17000.0),
        (A, 2021, 18000.0),
        (A, 2023, 19000.0),
        (A, 2024, 19500.0),
        variable="filosofi_niveau_vie_median",
        source="filosofi_iris_disp",
    )
    paires = construite.lignes("SELECT annee_base, annee FROM publication.diagnostic_evolution ORDER BY ALL")
    assert [(p["annee_base"], p["annee"]) for p in paires] == [(2018, 2021), (2023, 2024)]


def test_les_deux_contours_d_un_qpv_ne_se_comparent_ni_ne_se_melent():
    lus = [("QP021004", 2021, 4100.0), ("QP021004", 2022, 4180.0), ("QN02103M", 2025, 4300.0)]
    observations = [
        Observation("qpv_demographie", "qpv_population", "qpv", *lu, "publie", None, 2, "POP_MUN")
        for lu in lus
    ]
    noms = {"QP021004": "Les Grésilles", "QN02103M": "Les Grésilles (contour 2024)"}
    lecture = LectureSource("qpv_demographie", "accepte", "", observations=table_arrow(observations))
    collecte = Collecte(
        fichiers=[Fichier("demo.csv", "0" * 64, 1, "accepte", "qpv_demographie", "source")],
        ouvertes=DonneesOuvertes(
            sources.departager([("demo.csv", lecture)])[0],
            tuple(sources.Territoire("qpv", code, nom, "21231") for code, nom in noms.items()),
            sources.variables(),
            (),
        ),
    )
    connexion = duckdb.connect()
    assembler(connexion, CONVENTION, collecte, "essai", dt.datetime(2026, 11, 21))
    construite = Base(connexion)
    evolutions = construite.lignes(
        "SELECT territoire_id, annee_base, annee FROM publication.diagnostic_evolution"
    )
    assert [tuple(e.values()) for e in evolutions] == [("QP021004", 2021, 2022)]
    quartiers = construite.lignes("SELECT quartier_id FROM publication.territoire WHERE niveau = 'qpv'")
    assert [q["quartier_id"] for q in quartiers] == ["gresilles", "gresilles"]
    sql = (REQUETES / "quartier_qpv.sql").read_text(encoding="utf-8")
    parametres = {"quartier": "gresilles", "variables": ["qpv_population"]}
    (montree,) = connexion.execute(sql, parametres).fetchall()
    assert montree[:2] == ("QN02103M", "Les Grésilles (contour 2024)")
