"""One file at a time: recognised by its headers, never guessed, never silent."""

from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.sources import lire

IRIS = ("212310101", "212311203", "212319802")  # two residential, one not
CAF = "CODGEO;NOTE;A;PERCOU;AI;AM;ACSSENF;ACAVENF;AC3ENF;ENF;ENF_2;ENF_3_5"


@pytest.fixture
def referentiel():
    convention = SimpleNamespace(commune_insee="21231", ville_id="dijon", fin=2027)
    iris = {code: SimpleNamespace(residentiel=code != "212319802") for code in IRIS}
    return SimpleNamespace(parametres=SimpleNamespace(convention=convention), iris=iris)


@pytest.fixture
def deposer(tmp_path, referentiel):
    def _deposer(texte, nom="caf_2020.csv", encodage="utf-8"):
        chemin = tmp_path / nom
        chemin.write_bytes(texte.encode(encodage))
        return lire(chemin, referentiel)

    return _deposer


def _valeurs(lecture, variable):
    return {
        o["territoire_id"]: (o["valeur"], o["etat"])
        for o in lecture.observations.to_pylist()
        if o["variable_id"] == variable
    }


def _regles(lecture, gravite="a_confirmer"):
    return [a.regle for a in lecture.anomalies if a.gravite == gravite]


def test_caf_masquee_jamais_zero(deposer):
    lecture = deposer(
        f"{CAF}\n212310101;0;1581;2147;1295;85;92;109;29;370;;44\n"
        "212311203;5;;;;;;;;;;\n212319802;3;;;;;;;;;;\n210540102;0;352;922;136;43;19;154;35;396;50;63\n"
    )
    assert (lecture.famille, lecture.statut, lecture.annee) == ("caf_iris", "accepte", 2020)
    assert _valeurs(lecture, "caf_allocataires") == {
        "212310101": (1581.0, "publie"),
        "212311203": (None, "secret"),
        "212319802": (None, "secret"),
    }
    assert _valeurs(lecture, "caf_enfants_0_2")["212310101"] == (None, "secret")
    assert [a.message for a in lecture.anomalies] == ["1 ligne non lue, hors de la commune 21231."]


def test_provenance_ligne_et_colonne(deposer):
    lecture = deposer(f"{CAF}\n\n212310101;0;1581;2147;1295;85;92;109;29;370;59;44\n")
    premiere = lecture.observations.to_pylist()[0]
    assert (premiere["ligne"], premiere["colonne"], premiere["valeur"]) == (3, "A", 1581.0)


def test_millesime_ancien_espaces_fines_colonnes_en_plus_et_cp1252(deposer):
    entetes = CAF.replace("CODGEO;", "CODGEO;LIBGEO;DEPCOM;LIBCOM;EPCI;REG;")
    ligne = "212310101;Cîteaux;21231;Dijon;242100410;27;0;1\u00a0344;2\u00a0085;9;9;9;9;9;9;9;9"
    lecture = deposer(f"{entetes}\n{ligne}\n", "data_CAF_2016_IRIS.csv", "cp1252")
    assert lecture.annee == 2016
    assert _valeurs(lecture, "caf_allocataires")["212310101"] == (1344.0, "publie")
    assert lecture.territoires[0].nom == "Cîteaux"
    assert _regles(lecture, "information") == ["territoires_absents"]


@pytest.mark.parametrize("nom", ["caf.csv", "caf_2019_2020.csv"])
def test_sans_annee_le_fichier_est_refuse_avec_la_marche_a_suivre(deposer, nom):
    lecture = deposer(f"{CAF}\n212310101;0;1581;2147;1295;85;92;109;29;370;59;44\n", nom)
    assert (lecture.statut, lecture.observations.num_rows) == ("refuse", 0)
    assert "caf_iris_2020.csv" in lecture.message


def test_note_inconnue_et_valeur_sous_une_note_qui_masque(deposer):
    lecture = deposer(f"{CAF}\n212310101;7;;2147;1295;85;92;109;29;370;59;44\n212311203;5;801;;;;;;;;;\n")
    assert lecture.statut == "accepte_partiel"
    assert _valeurs(lecture, "caf_allocataires") == {
        "212310101": (None, "manquant"),
        "212311203": (None, "secret"),
    }
    assert _regles(lecture) == ["valeur_sous_secret", "note_inconnue", "valeur_sous_note_inconnue"]
    assert [a.cellule for a in lecture.anomalies if a.gravite == "a_confirmer"] == ["C3", "C2", "D2"]


def test_texte_dans_une_case_de_nombre(deposer):
    lecture = deposer(f"{CAF}\n212310101;0;environ 1500;2147;1295;85;92;109;29;370;59;44\n")
    (anomalie,) = (a for a in lecture.anomalies if a.gravite == "a_confirmer")
    assert (anomalie.cellule, anomalie.valeur_lue) == ("C2", "environ 1500")
    assert _valeurs(lecture, "caf_allocataires")["212310101"] == (None, "manquant")
    assert _valeurs(lecture, "caf_personnes_couvertes")["212310101"] == (2147.0, "publie")


def test_iris_inconnu_ligne_courte_et_ligne_trop_longue(deposer):
    lecture = deposer(
        f"{CAF}\n212319999;0;1;1;1;1;1;1;1;1;1;1\n212310101;0;158\n"
        "212311203;0;795;1827;380;163;57;195;88;786;100;119;200\n"
    )
    assert _regles(lecture) == ["territoire_inconnu", "ligne_decalee", "ligne_decalee"]
    assert set(_valeurs(lecture, "caf_allocataires").values()) == {(None, "manquant")}


def test_meme_iris_deux_fois(deposer):
    ligne = "212310101;0;{};2147;1295;85;92;109;29;370;59;44\n"
    lecture = deposer(f"{CAF}\n{ligne.format(1581)}{ligne.format(1581)}{ligne.format(1600)}")
    assert _valeurs(lecture, "caf_allocataires")["212310101"] == (None, "manquant")
    assert _valeurs(lecture, "caf_monoparents")["212310101"] == (85.0, "publie")
    assert _regles(lecture) == ["valeurs_contradictoires"]


def test_autre_departement_reconnu_et_ecarte(deposer):
    lecture = deposer(f"{CAF}\n010040101;0;397;983;174;52;26;145;55;419;79;61\n")
    assert (lecture.famille, lecture.statut) == ("caf_iris", "ignore")
    assert "21231" in lecture.message
    assert "010040101" in lecture.message


def test_filosofi_l_iris_absent_est_secret_et_la_marque_sans_objet_le_reste(deposer):
    lecture = deposer(
        "IRIS;LIBIRIS;COM;LIBCOM;DISP_TP6019;DISP_MED19;DISP_NOTE19\n212310101;Monge;21231;Dijon;;18750;1\n",
        "revenus.csv",
    )
    assert lecture.annee == 2019
    assert _valeurs(lecture, "filosofi_niveau_vie_median") == {
        "212310101": (18750.0, "publie"),
        "212311203": (None, "secret"),
    }
    assert _valeurs(lecture, "filosofi_taux_pauvrete")["212310101"] == (None, "secret")
    notes = {o["note"] for o in lecture.observations.to_pylist() if o["etat"] == "publie"}
    assert notes == {"précaution d’emploi signalée par l’Insee (note 1)"}


def test_revenus_declares_et_disponibles_sont_deux_series(deposer):
    lecture = deposer(
        "IRIS;DEC_PIMP21;DEC_TP6021;DEC_MED21;DEC_RD21;DEC_NOTE21\n"
        "212310101;44,0;37,0;18090;25,5;0\n212311203;ns;nd;s;so;so\n",
        "x.csv",
    )
    assert set(lecture.observations["variable_id"].to_pylist()) == {
        "filosofi_part_menages_imposes",
        "filosofi_taux_bas_revenu_declare",
        "filosofi_revenu_declare_median",
        "filosofi_revenu_declare_rapport_d9_d1",
    }
    etats = {
        o["colonne"]: o["etat"] for o in lecture.observations.to_pylist() if o["territoire_id"] == IRIS[1]
    }
    assert etats == {
        "DEC_PIMP21": "manquant",
        "DEC_TP6021": "manquant",
        "DEC_MED21": "secret",
        "DEC_RD21": "sans_objet",
    }


def test_la_table_communale_des_revenus_declares_n_est_pas_prise_pour_l_autre(deposer):
    lecture = deposer("CODGEO;LIBGEO;NBMEN19;NBPERS19;Q219;PMIMP19\n21231;Dijon;69417;131619;21490;56,0\n")
    assert (lecture.famille, lecture.statut) == (None, "refuse")


def test_revn_porte_deux_fois_note_cnaf(deposer):
    lecture = deposer(
        "CODGEO;LIBGEO;DECUC_Q2;DISP_Q2;TP60;NOTE_FILO;APPA;NOTE_CNAF;ARSAS;NOTE_CNAF;;;\n"
        "Ensemble;Ensemble des QPV;9 768;13 101;;;1;;1;;;;\n"
        "QP021003;Fontaine D'Ouche;10\u202f300;13\u202f820;44,1;0;;3;522;0;;;\n",
        "REVN_2022.csv",
    )
    etats = {o["colonne"]: (o["etat"], o["note"]) for o in lecture.observations.to_pylist() if o["ligne"]}
    assert etats["APPA"] == ("secret", "QPV non diffusé par le producteur (note 3)")
    assert etats["ARSAS"] == ("publie", None)
    assert _valeurs(lecture, "qpv_niveau_vie_median") == {
        "QP021003": (13820.0, "publie"),
        "QP021004": (None, "manquant"),  # absent from the file: nobody says why
    }


def test_ips_ecoles_et_colleges_ne_se_melent_pas(deposer):
    entetes = "Rentrée scolaire;UAI;Nom de l'établissment;Code INSEE de la commune;Secteur;IPS"
    lecture = deposer(
        f"{entetes}\n2021-2022;0211570T;ECOLE YORK;21231;public;88.3\n"
        "2021-2022;0210024M;COLLÈGE CHAMPOLLION;21231;public;98.3\n"
        "2021-2022;0210001A;ECOLE DE BEAUNE;21054;public;100.0\n2021;0210002B;ECOLE X;21231;public;\n",
        "ips.csv",
    )
    assert _valeurs(lecture, "ips") == {"0211570T": (88.3, "publie"), "0210002B": (None, "manquant")}
    assert _valeurs(lecture, "ips_college") == {"0210024M": (98.3, "publie")}
    assert lecture.annee == 2022


def test_decoupage_different_du_referentiel(deposer):
    entetes = "CODE_IRIS;LIB_IRIS;TYP_IRIS;GRD_QUART;DEPCOM;LIBCOM"
    lecture = deposer(
        f"{entetes}\n212310101;Monge;H;2123101;21231;Dijon\n212310199;Neuf;H;2123101;21231;Dijon\n"
    )
    assert [t.nom for t in lecture.territoires] == ["Monge", "Neuf"]
    assert _regles(lecture) == ["decoupage_different"] * 2


@pytest.mark.parametrize(
    ("texte", "statut", "mot"),
    [
        ("COD_VAR;LIB_VAR;LIB_VAR_LONG;COD_MOD;LIB_MOD\nP21_POP;Population;;;\n", "ignore", "Dictionnaire"),
        ('{"type": "FeatureCollection", "features": [{"geometry": null}]}', "ignore", "géographiques"),
        ('[{"id_poste": 1, "raison_sociale": "X", "montant": 2, "code_cv": "CV066"}]', "ignore", "Fonjep"),
        ('{"quoi": 1}', "refuse", "quoi"),
        ("un texte sans colonnes", "refuse", "docs/sources.md"),
        ("\n\n\n", "refuse", "vide"),
    ],
)
def test_hors_perimetre_ou_inconnu_toujours_nomme(deposer, texte, statut, mot):
    lecture = deposer(texte, "x.dat")
    assert lecture.statut == statut
    assert mot in lecture.message
    assert lecture.anomalies[0].message == lecture.message


def test_fichier_disparu(tmp_path, referentiel):
    assert lire(tmp_path / "rien.csv", referentiel).statut == "refuse"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(
    st.sampled_from(
        [b"", b"PAR1", f"{CAF}\n212310101;0".encode(), b'[{"id_poste":', b"IRIS;DISP_MED19;DISP_TP6019\n"]
    ),
    st.binary(max_size=300),
    st.integers(0, 600),
)
def test_aucun_contenu_ne_fait_d_erreur(tmp_path, referentiel, debut, suite, coupe):
    chemin = tmp_path / "quelconque_2020.csv"
    chemin.write_bytes((debut + suite)[:coupe])
    lecture = lire(chemin, referentiel)
    assert lecture.message
    assert all((o["etat"] == "publie") == (o["valeur"] is not None) for o in lecture.observations.to_pylist())
