"""Families of which no real file is at hand: look-alikes, and what each of their cells becomes."""

import json
from types import SimpleNamespace

import pytest

from etl.sources import departager, lire, variables
from etl.sources.melodi.lire import mesures
from tests.exemples import fichiers_producteurs as exemples
from tests.exemples.fichiers_producteurs import archive

_CAF = (
    "CODGEO;NOTE;A;PERCOU;AI;AM;ACSSENF;ACAVENF;AC3ENF;ENF;ENF_2;ENF_3_5\n212310101;0;1;2;3;4;5;6;7;8;9;1\n"
)


@pytest.fixture
def deposer(tmp_path):
    convention = SimpleNamespace(commune_insee="21231", ville_id="dijon", fin=2027)
    iris = {code: SimpleNamespace(residentiel=True) for code in exemples.IRIS}
    referentiel = SimpleNamespace(parametres=SimpleNamespace(convention=convention), iris=iris)

    def _deposer(contenu, nom="fichier.csv"):
        chemin = tmp_path / nom
        chemin.write_bytes(contenu if isinstance(contenu, bytes) else contenu.encode())
        return lire(chemin, referentiel)

    return _deposer


def _lus(lecture):
    return {
        (o["source_id"], o["variable_id"], o["territoire_id"], o["annee"]): (o["valeur"], o["etat"])
        for o in lecture.observations.to_pylist()
    }


def _regles(lecture):
    return [a.regle for a in lecture.anomalies if a.gravite != "information"]


def test_recensement_par_iris_dans_son_archive(deposer):
    lecture = deposer(
        archive(
            **{
                "base-ic-evol-struct-pop-2022__CSV": exemples.BASE_IC,
                "meta_base-ic-evol-struct-pop-2022__CSV": exemples.META_BASE_IC,
            }
        ),
        "base-ic-evol-struct-pop-2022_csv.zip",
    )
    lus = _lus(lecture)
    assert (lecture.famille, lecture.statut, lecture.annee) == ("recensement_iris", "accepte", 2022)
    # kept whole: the view rounds for display
    assert lus["population_iris", "population", "212310101", 2022] == (3557.93753915075, "publie")
    assert lus["population_iris", "population_0_2", "212310102", 2022] == (0.0, "publie")
    assert lus["population_iris", "population_11_17", "212310102", 2022] == (None, "manquant")
    assert {a.regle for a in lecture.anomalies} == {"hors_commune", "colonnes_non_declarees", "table_non_lue"}
    assert {a.feuille for a in lecture.anomalies} == {
        "base-ic-evol-struct-pop-2022.CSV",
        "meta_base-ic-evol-struct-pop-2022.CSV",
    }


def test_une_colonne_qui_change_de_sens_n_est_pas_chargee(deposer):
    meta = exemples.META_BASE_IC.replace("de 6 à 10 ans", "de 6 à 11 ans")
    lecture = deposer(archive(base__csv=exemples.BASE_IC, meta_base__csv=meta), "x.zip")
    assert lecture.statut == "accepte_partiel"
    assert _regles(lecture) == ["dictionnaire_different"]
    (douteuse,) = (a for a in lecture.anomalies if a.regle == "dictionnaire_different")
    assert (douteuse.cellule, douteuse.valeur_lue) == ("H1", "P22_POP0610")
    assert "6 à 11 ans" in douteuse.message
    variables_lues = set(lecture.observations["variable_id"].to_pylist())
    assert "population_6_10" not in variables_lues
    assert "population_3_5" in variables_lues


def test_recensement_ancienne_mise_en_page(deposer):
    lecture = deposer(exemples.BASE_IC_ANCIENNE)
    assert _lus(lecture)["population_iris", "scolarises_2_5", "212310101", 2015] == (80.0, "publie")
    assert lecture.territoires[0].nom == "Monge"


def test_une_base_dont_rien_n_est_lu_le_dit(deposer):
    lecture = deposer("IRIS;COM;TYP_IRIS;LAB_IRIS;P22_LOG\n212310101;21231;H;1;2000\n")
    assert (lecture.statut, lecture.famille) == ("ignore", "recensement_iris")
    assert "aucune colonne" in lecture.message


def test_la_base_de_l_insee_l_emporte_sur_le_fichier_du_tiers(deposer):
    insee = deposer(exemples.BASE_IC)
    tiers = deposer("code;libelle;TYP_IRIS;P22_POP;P16_POP\n212310101;Monge;H;3500;3400\n", "tiers.csv")
    table, contradictions = departager([("a_tiers.csv", tiers), ("insee.csv", insee)])
    population = {
        o["annee"]: (o["valeur"], o["fichier"])
        for o in table.to_pylist()
        if o["variable_id"] == "population" and o["territoire_id"] == "212310101"
    }
    assert population == {2022: (3557.93753915075, "insee.csv"), 2016: (3400.0, "a_tiers.csv")}
    assert contradictions == ()


def test_dossier_complet_plusieurs_annees_dans_un_fichier(deposer):
    lecture = deposer(archive(dossier_complet__csv=exemples.DOSSIER_COMPLET), "dossier_complet.zip")
    lus = {cle[1:]: v for cle, v in _lus(lecture).items()}
    assert lecture.famille == "recensement_commune"
    assert lus["commune_population", "21231", 2021] == (159346.0, "publie")
    assert lus["commune_population", "21231", 2015] == (155114.0, "publie")
    assert lus["commune_naissances", "21231", 2022] == (1550.0, "publie")
    assert not any("niveau_vie" in variable for variable, _, _ in lus)  # Filosofi's own file says it better
    assert any("D99_POP" in a.message for a in lecture.anomalies)


def test_melodi_prend_les_totaux_et_compte_le_reste(deposer):
    lecture = deposer(exemples.MELODI)
    assert _lus(lecture) == {
        ("filosofi_commune", "filosofi_niveau_vie_median", "21231", 2021): (22720.0, "publie"),
        ("filosofi_commune", "filosofi_taux_pauvrete", "21231", 2021): (17.3, "publie"),
        ("filosofi_commune", "filosofi_niveau_vie_d1", "21231", 2021): (None, "secret"),
        ("filosofi_commune", "filosofi_niveau_vie_rapport_d9_d1", "21231", 2021): (None, "sans_objet"),
        ("filosofi_iris_disp", "filosofi_niveau_vie_median", "212310101", 2021): (18750.0, "publie"),
        ("qpv_revenus", "qpv_niveau_vie_median", "QN02102M", 2021): (13820.0, "publie"),
    }
    assert {o["niveau"] for o in lecture.observations.to_pylist()} == {"commune", "iris", "qpv"}
    assert [(a.cellule, a.regle) for a in lecture.anomalies][0] == ("F7", "unite_inattendue")
    notes = {o["variable_id"]: o["note"] for o in lecture.observations.to_pylist()}
    assert notes["filosofi_taux_pauvrete"] == "valeur provisoire (OBS_STATUS P)"
    messages = " ".join(a.message for a in lecture.anomalies)
    assert "1 ligne non lue : une ventilation" in messages
    assert "2 lignes non lues, hors de la commune" in messages


def test_melodi_secret_malgre_une_valeur_et_periode_illisible(deposer):
    entetes = exemples.MELODI.split("\n")[0]
    lecture = deposer(
        f'{entetes}\n"21231";"COM";"_T";"MED_SL";"EUR_YR";"0";"C";"A";2021;22720\n'
        '"21231";"COM";"_T";"PR_MD60";"PT";"0";"F";"A";2021-S1;17\n'
    )
    assert list(_lus(lecture).values()) == [(None, "secret")]
    assert _regles(lecture) == ["valeur_sous_secret", "annee_illisible"]


def test_melodi_reponse_de_l_api(deposer):
    observation = {
        "dimensions": {"GEO": "2024-COM-21231", "FILOSOFI_MEASURE": "MED_SL", "TIME_PERIOD": "2021"},
        "attributes": {"OBS_STATUS": "A", "CONF_STATUS": "F"},
        "measures": {"OBS_VALUE_NIVEAU": {"value": 22720}},
    }
    lecture = deposer(json.dumps({"observations": [observation]}), "melodi.json")
    assert list(_lus(lecture).values()) == [(22720.0, "publie")]


def test_les_mesures_melodi_continuent_des_series_declarees():
    connues = {(v["source_id"], v["variable_id"]) for v in variables()}
    assert set(mesures().values()) <= connues


def test_une_serie_versee_ne_donne_pas_deux_fois_sa_description():
    cles = [(v["source_id"], v["variable_id"]) for v in variables()]
    assert "recensement_iris" not in {source for source, _ in cles}
    assert len(set(cles)) == len(cles)


@pytest.mark.parametrize(
    ("contenu", "nom", "attendu"),
    [
        (
            exemples.NEET,
            "neet.csv",
            {("part_jeunes_non_inseres", 2018): 11.7, ("part_jeunes_non_inseres", 2013): 12.1},
        ),
        (exemples.TAUX_ANCIEN, "TAUXCOUV2021.csv", {("taux_couverture", 2021): 68.4}),
        (
            exemples.TAUX,
            "taux.csv",
            {
                ("taux_couverture", 2021): 66.2,
                ("taux_couverture_eaje", 2021): 31.5,
                ("taux_couverture_eaje_psu", 2021): 30.1,
                ("taux_couverture_assistantes_maternelles", 2021): 25.0,
                ("taux_couverture", 2022): None,
                ("taux_couverture_eaje", 2022): 32.5,
                ("taux_couverture_eaje_psu", 2022): 31.0,
                ("taux_couverture_assistantes_maternelles", 2022): 24.0,
            },
        ),
        (
            exemples.CAF_COMMUNE,
            "caf.csv",
            {
                ("caf_commune_foyers", 2023): 31580.0,
                ("caf_commune_personnes", 2023): 62045.0,
                ("caf_commune_foyers_rsa", 2023): 4305.0,
            },
        ),
        (
            exemples.CAF_ANCIEN,
            "PAJECom2013.csv",
            {
                ("caf_commune_foyers", 2013): 30100.0,
                ("caf_commune_foyers_paje", 2013): 4200.0,
                ("caf_commune_foyers_paje_base", 2013): 3000.0,
                ("caf_commune_foyers_cmg", 2013): 1400.0,
            },
        ),
    ],
)
def test_fichiers_par_commune(deposer, contenu, nom, attendu):
    lecture = deposer(contenu, nom)
    assert lecture.statut == "accepte"
    assert {(v, annee): lu[0] for (_, v, _, annee), lu in _lus(lecture).items()} == attendu


def test_les_autres_mois_de_la_caf_sont_comptes(deposer):
    messages = " ".join(a.message for a in deposer(exemples.CAF_COMMUNE).anomalies)
    assert "1 ligne non lue : un autre mois que celui de la source." in messages
    assert "2 lignes non lues, hors de la commune" in messages


def test_annuaire_avec_le_nombre_d_eleves(deposer):
    lecture = deposer(exemples.ANNUAIRE)
    assert {cle[2:]: v for cle, v in _lus(lecture).items()} == {
        ("0210100V", 2025): (84.0, "publie"),
        ("0211570T", 2025): (None, "manquant"),
    }


def test_qpv_de_2015_et_de_2024_ne_se_melent_pas(deposer):
    entetes = "CODGEO;LIBGEO;POP_MUN;TX_TOT_0A24;IND_JEUNE;NOTE_RP"
    anciens = deposer(f"{entetes}\nQP021003;Fontaine D'Ouche;6 952;33;1,7;0\n", "DEMO_2022.csv")
    nouveaux = deposer(
        f"{entetes}\nQN02103M;Les Grésilles;4 300;33;1,7;0\nQN02101M;Le Mail;1;1;1;0\n", "DEMO_2025.csv"
    )
    assert {o["territoire_id"] for o in anciens.observations.to_pylist()} == {"QP021003", "QP021004"}
    # the other outline of 2024 is missing from its file; those of 2015 are not expected there
    assert {o["territoire_id"] for o in nouveaux.observations.to_pylist()} == {"QN02103M", "QN02102M"}
    assert [t.nom for t in nouveaux.territoires] == ["Les Grésilles (contour 2024)"]


def test_opendatasoft_liste_resultats_geojson_et_export_tronque(deposer):
    fiche = {"rentree_scolaire": "2024-2025", "uai": "0211570T", "nom_de_l_etablissement": "ECOLE YORK"}
    fiche |= {"code_insee_de_la_commune": "21231", "ips": 88.3, "geom": {"lon": 5.07, "lat": 47.33}}
    point = {"type": "Feature", "properties": fiche, "geometry": {"type": "Point", "coordinates": [5, 47]}}
    for document in (
        [fiche],
        {"results": [fiche]},
        {"nhits": 1, "records": [{"recordid": "a", "fields": fiche}]},
        {"type": "FeatureCollection", "features": [point]},
    ):
        lecture = deposer(json.dumps(document), "export.json")
        assert (lecture.statut, list(_lus(lecture).values())) == ("accepte", [(88.3, "publie")]), document
    assert [a.regle for a in lecture.anomalies] == ["geometrie"]  # of the last one, the GeoJSON
    tronque = deposer(json.dumps({"total_count": 3200, "results": [fiche]}), "export.json")
    assert (tronque.statut, _regles(tronque)) == ("accepte_partiel", ["export_incomplet"])
    assert "3\u202f200" in tronque.anomalies[-1].message


@pytest.mark.parametrize(
    ("proprietes", "mot"),
    [
        ({"code_iris": "212310101", "nom_iris": "Monge"}, "Contours d’IRIS"),
        ({"code_qp": "QN02102M"}, "quartiers prioritaires"),
        ({"LIBQUART": "HOPITAUX"}, "autre ville"),
        ({"quartier": "Grésilles"}, "Contours de quartiers :"),
        ({"code": "21231", "nom": "Dijon"}, "Données géographiques"),
    ],
)
def test_contours_reconnus_et_nommes(deposer, proprietes, mot):
    feature = {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": []},
        "properties": proprietes,
    }
    lecture = deposer(json.dumps({"type": "FeatureCollection", "features": [feature]}), "c.geojson")
    assert (lecture.statut, lecture.observations.num_rows) == ("ignore", 0)
    assert mot in lecture.message


def test_archive_de_plusieurs_tables(deposer):
    iris = "212310101;0;1581;2147;1295;85;92;109;29;370;59;44\n"
    caf = "CODGEO;NOTE;A;PERCOU;AI;AM;ACSSENF;ACAVENF;AC3ENF;ENF;ENF_2;ENF_3_5\n"
    lecture = deposer(
        archive(
            caf_2019__csv=caf + iris.replace("1581", "1511"),
            caf_2020__csv=caf + iris,
            taux__csv=exemples.TAUX,
            notice__pdf=b"%PDF",
        ),
        "lot.zip",
    )
    assert lecture.famille == "caf_iris + caf_taux_couverture"
    annees = {cle[3] for cle in _lus(lecture) if cle[1] == "caf_allocataires"}
    assert (lecture.statut, annees) == ("accepte", {2019, 2020})
    assert [a.message for a in lecture.anomalies if a.feuille == "notice.pdf"] == [
        "« notice.pdf » accompagne les données : non lu."
    ]


def test_une_table_illisible_de_l_archive_demande_un_regard(deposer):
    lecture = deposer(
        archive(taux__csv=exemples.TAUX, neet__csv='codgeo;an\n"jamais refermé', caf__csv=_CAF), "l.zip"
    )
    assert lecture.statut == "accepte_partiel"
    assert [(a.feuille, a.gravite) for a in lecture.anomalies if a.regle == "table_non_lue"] == [
        ("neet.csv", "information"),  # nobody knows these columns
        ("caf.csv", "a_confirmer"),  # known, without its year
    ]


@pytest.mark.parametrize(
    ("contenu", "mot"),
    [
        (archive(), "vide"),
        (archive(dedans__zip=archive(a__csv=exemples.TAUX)), "archive dans l’archive"),
        (archive(gros__csv=b"a;b\n" + b"0" * 20_000_000), "démesuré"),
        (archive(**{f"f{n}__csv": "a;b" for n in range(201)}), "201 fichiers"),
        (archive(taux__csv=exemples.TAUX)[:-30], "abîmé"),
        (archive(page__html="<html></html>"), "accompagne"),
    ],
)
def test_archives_refusees_avec_une_phrase(deposer, contenu, mot):
    lecture = deposer(contenu, "lot.zip")
    assert (lecture.statut, lecture.observations.num_rows) == ("refuse", 0)
    assert mot in lecture.message
    assert lecture.message.endswith(".")


def test_une_archive_chiffree_est_refusee(deposer):
    octets = bytearray(archive(taux__csv=exemples.TAUX))
    octets[6] |= 1  # the flag of an encrypted member, in its header and in the directory
    octets[octets.index(b"PK\x01\x02") + 8] |= 1
    assert "mot de passe" in deposer(bytes(octets), "lot.zip").message


def test_deux_tables_d_une_archive_qui_se_contredisent(deposer):
    lecture = deposer(archive(a__csv=exemples.TAUX, b__csv=exemples.TAUX.replace("66.2", "70")), "lot.zip")
    assert lecture.statut == "accepte_partiel"
    assert _lus(lecture)["caf_taux_couverture", "taux_couverture", "21231", 2021] == (None, "manquant")
    assert {a.feuille for a in lecture.anomalies if a.regle == "fichiers_contradictoires"} == {
        "a.csv",
        "b.csv",
    }
