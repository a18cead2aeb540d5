"""The real files of the producers: figures read by hand in them, line by line."""

from pathlib import Path

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.sources import departager, lire

DONNEES = Path(__file__).parents[2] / "../shared/donnees_ouvertes"
pytestmark = pytest.mark.skipif(
    not DONNEES.is_dir(), reason="shared absent : les fichiers des producteurs ne sont pas dans le projet"
)
MASQUES = {"212311101", "212311203", "212311802"}
CHARGES = {
    "caf/data_CAF_2019_IRIS.csv": "caf_iris",
    "caf/data_CAF_2020_IRIS.csv": "caf_iris",
    "insee/BASE_TD_FILO_DISP_IRIS_2018.csv": "filosofi_iris_disp",
    "insee/BASE_TD_FILO_DISP_IRIS_2019.csv": "filosofi_iris_disp",
    "insee/BASE_TD_FILO_IRIS_2021_DEC.csv": "filosofi_iris_dec",
    "insee/FILO2019_DISP_COM.csv": "filosofi_commune",
    "insee/cc_filosofi_2021_COM.csv": "filosofi_commune",
    "insee/iris_2021.csv": "iris",
    "qpv/DEMO_2021.csv": "qpv_demographie",
    "qpv/DEMO_2022.csv": "qpv_demographie",
    "qpv/REVN_2021.csv": "qpv_revenus",
    "qpv/REVN_2022.csv": "qpv_revenus",
    "qpv/IPRO_2022.csv": "qpv_insertion",
    "education/fr-en-ips_ecoles_2022.csv": "ips",
    "education/fr-en-ips_colleges_2022.csv": "ips",
    "geo/agg_iris_21.parquet": "population_iris",
}


@pytest.fixture(scope="module")
def lectures():
    referentiel = charger(dossier_par_defaut())
    dossiers = ("caf", "insee", "qpv", "education", "geo")
    fichiers = [f for d in dossiers for f in sorted((DONNEES / d).iterdir())]
    return {f"{f.parent.name}/{f.name}": lire(f, referentiel) for f in fichiers}


@pytest.fixture(scope="module")
def observations(lectures):
    table, contradictions = departager(lectures.items())
    assert contradictions == ()
    return {
        (o["source_id"], o["variable_id"], o["territoire_id"], o["annee"]): (o["valeur"], o["etat"])
        for o in table.to_pylist()
    }


def test_chaque_fichier_est_charge_ou_nomme_avec_sa_raison(lectures):
    assert {nom: lu.famille for nom, lu in lectures.items() if lu.statut == "accepte"} == CHARGES
    for nom, lu in lectures.items():
        if nom not in CHARGES:
            assert lu.statut == "ignore", nom
            assert lu.anomalies[0].message == lu.message
            assert lu.message.endswith(".")


def test_les_lignes_d_ailleurs_tiennent_en_une_information(lectures):
    for nom, lu in lectures.items():
        assert sum(a.regle == "hors_commune" for a in lu.anomalies) <= 1, nom
        assert all(a.gravite == "information" for a in lu.anomalies), nom


@pytest.mark.parametrize(("annee", "somme"), [(2019, 43710.0), (2020, 44843.0)])
def test_caf_66_iris_59_publies(observations, annee, somme):
    lus = {
        k[2]: v
        for k, v in observations.items()
        if k[:2] == ("caf_iris", "caf_allocataires") and k[3] == annee
    }
    publies = [valeur for valeur, etat in lus.values() if etat == "publie"]
    assert (len(lus), len(publies), sum(publies)) == (66, 59, somme)
    assert {iris for iris, (_, etat) in lus.items() if etat == "secret"} >= MASQUES


def test_population_des_qpv(observations):
    qpv = {k[2]: v for k, v in observations.items() if k[1] == "qpv_population" and k[3] == 2022}
    assert qpv == {"QP021003": (6952.0, "publie"), "QP021004": (4180.0, "publie")}


def test_47_ecoles_et_16_colleges(observations, lectures):
    assert sum(k[1] == "ips" for k in observations) == 47
    assert sum(k[1] == "ips_college" for k in observations) == 16
    noms = {t.territoire_id: t.nom for t in lectures["education/fr-en-ips_ecoles_2022.csv"].territoires}
    assert noms["0211570T"] == "ECOLE ELEMENTAIRE PUBLIQUE YORK"


@pytest.mark.parametrize(
    ("source", "variable", "territoire", "annee", "valeur"),
    [
        ("caf_iris", "caf_personnes_couvertes", "212310101", 2020, 2147.0),
        ("caf_iris", "caf_monoparents", "212310101", 2020, 85.0),
        ("caf_iris", "caf_isoles", "212310101", 2020, 1295.0),
        ("caf_iris", "caf_enfants_0_2", "212310101", 2019, 61.0),
        ("caf_iris", "caf_rsa_socle", "212311803", 2020, 197.0),
        ("caf_iris", "caf_etudiants", "212311202", 2020, 6.0),
        ("filosofi_iris_disp", "filosofi_niveau_vie_median", "212310101", 2019, 18750.0),
        ("filosofi_iris_disp", "filosofi_taux_pauvrete", "212311203", 2019, 55.9),
        ("filosofi_iris_disp", "filosofi_niveau_vie_gini", "212310101", 2019, 0.379),
        ("filosofi_iris_disp", "filosofi_part_impots", "212310101", 2019, -19.8),
        ("filosofi_iris_dec", "filosofi_revenu_declare_median", "212311203", 2021, 8300.0),
        ("filosofi_iris_dec", "filosofi_taux_bas_revenu_declare", "212311203", 2021, 75.0),
        ("filosofi_iris_dec", "filosofi_revenu_declare_d1", "212311203", 2021, 0.0),  # a printed zero
        ("filosofi_iris_dec", "filosofi_part_menages_imposes", "212311802", 2021, 23.0),
        ("filosofi_commune", "filosofi_niveau_vie_median", "21231", 2019, 21830.0),
        ("filosofi_commune", "filosofi_niveau_vie_median", "21231", 2021, 22720.0),
        ("filosofi_commune", "filosofi_niveau_vie_rapport_d9_d1", "21231", 2019, 3.5),
        ("filosofi_commune", "filosofi_taux_pauvrete", "21231", 2021, 17.0),
        ("filosofi_commune", "filosofi_taux_pauvrete_locataires", "21231", 2021, 28.0),
        ("qpv_demographie", "qpv_caf_allocataires", "QP021003", 2022, 1988.0),
        ("qpv_demographie", "qpv_caf_enfants_6_10", "QP021003", 2022, 589.0),
        ("qpv_demographie", "qpv_part_etrangers", "QP021004", 2022, 34.0),
        ("qpv_revenus", "qpv_niveau_vie_median", "QP021003", 2022, 13820.0),
        ("qpv_revenus", "qpv_revenu_declare_median", "QP021003", 2022, 10300.0),
        ("qpv_revenus", "qpv_cnam_beneficiaires", "QP021003", 2022, 6513.0),
        ("qpv_revenus", "qpv_caf_rsa_socle", "QP021004", 2021, 336.0),
        ("qpv_insertion", "qpv_demandeurs_abc", "QP021004", 2022, 721.0),
        ("qpv_insertion", "qpv_demandeurs_a", "QP021003", 2022, 698.0),
        ("qpv_insertion", "qpv_demandeurs_abc_evolution", "QP021003", 2022, -2.9),
        ("ips", "ips", "0211570T", 2022, 88.3),
        ("ips", "ips", "0212033W", 2022, 126.1),
        ("ips", "ips_college", "0210024M", 2022, 98.3),
        ("population_iris", "population", "212310101", 2022, 3557.0),
    ],
)
def test_cellules_relevees_a_la_main(observations, source, variable, territoire, annee, valeur):
    assert observations[source, variable, territoire, annee] == (valeur, "publie")


@pytest.mark.parametrize(
    ("source", "variable", "territoire", "annee", "etat"),
    [
        ("caf_iris", "caf_etudiants", "212311006", 2020, "secret"),  # a lone blank under NOTE 0
        ("caf_iris", "caf_apl", "212312001", 2020, "secret"),
        ("filosofi_iris_disp", "filosofi_taux_pauvrete", "212310201", 2019, "secret"),
        ("filosofi_iris_disp", "filosofi_niveau_vie_median", "212310601", 2019, "secret"),  # absent line
        ("filosofi_iris_dec", "filosofi_revenu_declare_median", "212310601", 2021, "manquant"),  # ns
        ("filosofi_iris_dec", "filosofi_revenu_declare_median", "212319901", 2021, "manquant"),  # nd
        ("filosofi_iris_dec", "filosofi_revenu_declare_rapport_d9_d1", "212311203", 2021, "sans_objet"),
        ("qpv_insertion", "qpv_contrats_aides_evolution", "QP021004", 2022, "secret"),
    ],
)
def test_silences_releves_a_la_main(observations, source, variable, territoire, annee, etat):
    assert observations[source, variable, territoire, annee] == (None, etat)


def test_un_iris_d_activite_absent_de_filosofi_n_est_pas_invente(observations):
    assert ("filosofi_iris_disp", "filosofi_niveau_vie_median", "212319803", 2019) not in observations


@pytest.mark.parametrize(("annee", "total"), [(2022, 159941.0), (2016, 155095.0), (2011, 151671.0)])
def test_population_de_la_commune(observations, annee, total):
    valeurs = [v for k, (v, _) in observations.items() if k[1] == "population" and k[3] == annee]
    assert (len(valeurs), sum(valeurs)) == (66, total)


def test_les_parts_d_age_d_un_iris_font_cent(observations):
    parts = [
        v
        for k, (v, _) in observations.items()
        if k[1].startswith("population_part_") and k[2:] == ("212310303", 2022)
    ]
    assert len(parts) == 6
    assert sum(parts) == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize("dossier", ["messy", "melodi"])
def test_les_autres_fichiers_sont_nommes_sans_erreur(dossier):
    referentiel = charger(dossier_par_defaut())
    for fichier in sorted((DONNEES / dossier).iterdir()):
        lu = lire(fichier, referentiel)
        assert lu.statut in {"refuse", "ignore"}, fichier.name
        assert lu.observations.num_rows == 0
        assert lu.message.endswith(".")
