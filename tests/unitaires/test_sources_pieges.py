"""What people's tools do to a producer's file, and what is then told instead of guessed."""

import json
from types import SimpleNamespace

import pytest

from etl.sources import familles, lire
from etl.sources.interpretation import interpreter
from etl.sources.nombres import lire_nombre
from tests.exemples import fichiers_producteurs as exemples

CAF = "CODGEO;NOTE;A;PERCOU;AI;AM;ACSSENF;ACAVENF;AC3ENF;ENF;ENF_2;ENF_3_5"
LIGNE = "212310101;0;1581;2147;1295;85;92;109;29;370;59;44"
QPV = "CODGEO;LIBGEO;POP_MUN;TX_TOT_0A24;IND_JEUNE;NOTE_RP;A;PERCOU;NOTE_CNAF"
FONTAINE = "QP021003;Fontaine d'Ouche;6 952;35,8;1,4;0;1 988;4 826;3"
IPS = "Rentrée scolaire;UAI;Nom de l'établissment;Code INSEE de la commune;Secteur;IPS"


@pytest.fixture
def deposer(tmp_path):
    convention = SimpleNamespace(commune_insee="21231", ville_id="dijon", fin=2027)
    iris = {code: SimpleNamespace(residentiel=True) for code in exemples.IRIS}
    referentiel = SimpleNamespace(parametres=SimpleNamespace(convention=convention), iris=iris)

    def _deposer(texte, nom="caf_2020.csv"):
        chemin = tmp_path / nom
        chemin.write_text(texte, encoding="utf-8")
        return lire(chemin, referentiel)

    return _deposer


def _lus(lecture, territoire="212310101"):
    return {
        o["variable_id"]: (o["valeur"], o["etat"])
        for o in lecture.observations.to_pylist()
        if o["territoire_id"] == territoire
    }


def _a_confirmer(lecture):
    return [(a.regle, a.cellule, a.valeur_lue) for a in lecture.anomalies if a.gravite == "a_confirmer"]


def _inserer(texte, place, titre):
    """The same table with one more column, whose header names nothing."""
    entetes, *lignes = [ligne.split(";") for ligne in texte.splitlines()]
    for rang, ligne in enumerate([entetes, *lignes]):
        ligne.insert(place, "" if rang else titre)
    return "\n".join(";".join(ligne) for ligne in [entetes, *lignes]) + "\n"


@pytest.mark.parametrize("titre", ["", " ", "°", "---", "°.1"])
@pytest.mark.parametrize("place", [0, 1, 4, 12])
def test_un_entete_vide_ne_prive_aucun_autre_de_son_nom(deposer, place, titre):
    attendus, lecture = _lus(deposer(f"{CAF}\n{LIGNE}\n")), deposer(_inserer(f"{CAF}\n{LIGNE}", place, titre))
    assert (lecture.statut, len(attendus)) == ("accepte", 10)
    assert _lus(lecture) == attendus


def test_une_colonne_remplie_qui_a_perdu_son_titre_est_dite(deposer):
    lecture = deposer(f"{CAF.replace(';ENF_2;', ';;')}\n{LIGNE}\n")
    assert _a_confirmer(lecture) == [("colonne_sans_titre", "K2", "59")]
    assert "caf_enfants_0_2" not in _lus(lecture)
    index = "\n".join(f"{n};{ligne}" for n, ligne in (("", CAF), ("0", LIGNE)))  # as pandas saves it
    assert _lus(deposer(index)) == _lus(deposer(f"{CAF}\n{LIGNE}\n"))
    assert deposer(index).statut == "accepte"


def test_un_entete_vide_ne_leve_pas_le_secret(deposer):
    lecture = deposer(_inserer(f"{QPV}\n{FONTAINE}", 8, ""), "DEMO_2022.csv")
    lus = _lus(lecture, "QP021003")
    assert lus["qpv_population"] == (6952.0, "publie")
    assert lus["qpv_caf_allocataires"] == lus["qpv_caf_personnes_couvertes"] == (None, "secret")


def test_une_colonne_de_notes_perdue_est_dite(deposer):
    lecture = deposer(f"{QPV}\n{FONTAINE}\n".replace("NOTE_CNAF", "REMARQUE"), "DEMO_2022.csv")
    assert lecture.statut == "accepte_partiel"
    (anomalie,) = (a for a in lecture.anomalies if a.regle == "notes_absentes")
    assert "de A, PERCOU." in anomalie.message


@pytest.mark.parametrize("note", ["3", "3.0", "3,0", "03", " 3", "3.00"])
def test_une_note_abimee_par_un_tableur_masque_encore(deposer, note):
    lecture = deposer(f"{CAF}\n{LIGNE}\n".replace(";0;1581", f";{note};1581"))
    assert _lus(lecture)["caf_allocataires"] == (None, "secret")
    assert {regle for regle, *_ in _a_confirmer(lecture)} == {"valeur_sous_secret"}


def test_une_case_vide_sous_une_note_decimale_garde_son_sens():
    caf = next(f for f in familles() if f.source_id == "caf_iris")
    assert interpreter(caf, "", "5.0")[:3] == (None, "secret", "IRIS non diffusé par la Caf (note 5)")
    assert interpreter(caf, "12", "0.0")[:2] == (12.0, "publie")
    assert interpreter(caf, "12", "3.5").etat == "manquant"


def test_une_valeur_sous_une_note_que_personne_n_explique_n_est_pas_publiee(deposer):
    autre = LIGNE.replace("212310101;0;1581", "212310102;9;77")
    lecture = deposer(f"{CAF}\n{LIGNE}\n{autre}\n")
    assert _lus(lecture)["caf_allocataires"] == (1581.0, "publie")
    assert set(_lus(lecture, "212310102").values()) == {(None, "manquant")}
    assert _a_confirmer(lecture) == [("valeur_sous_note_inconnue", "C3", "77")]  # ten cells, told once
    assert "10 valeurs imprimées" in lecture.anomalies[0].message


@pytest.mark.parametrize(
    ("imprime", "regle"),
    [
        ("1.581", "nombre_ambigu"),  # 1 581 for some, hardly more than one for others
        ("1,581", "nombre_ambigu"),
        ("-1581", "nombre_impossible"),
        ("1581,5", "nombre_impossible"),  # whole households
        ("1 581,5", "nombre_impossible"),
    ],
)
def test_un_effectif_que_personne_ne_peut_imprimer_n_est_pas_publie(deposer, imprime, regle):
    lecture = deposer(f"{CAF}\n{LIGNE.replace('1581', imprime)}\n")
    assert _a_confirmer(lecture) == [(regle, "C2", imprime)]
    assert _lus(lecture)["caf_allocataires"] == (None, "manquant")
    assert _lus(lecture)["caf_personnes_couvertes"] == (2147.0, "publie")


@pytest.mark.parametrize("imprime", ["1581", "1581.0", "1 581", "1\u202f581,00", "0001581"])
def test_un_effectif_entier_se_lit_quelle_que_soit_son_ecriture(deposer, imprime):
    lecture = deposer(f"{CAF}\n{LIGNE.replace('1581', imprime)}\n")
    assert (lecture.statut, _lus(lecture)["caf_allocataires"]) == ("accepte", (1581.0, "publie"))


def test_les_estimations_du_recensement_gardent_leurs_decimales(deposer):
    entetes = "IRIS;COM;TYP_IRIS;LAB_IRIS;P22_POP;P22_POP0002;P22_POP0305"
    une, autre = "212310101;21231;H;1;3557.937;101.999;61.25", "212310102;21231;H;1;1.581;70;-4.5"
    lecture = deposer(f"{entetes}\n{une}\n{autre}\n", "base.csv")
    # the 61.25 beside it says that a point parts decimals
    assert [v for v, _ in _lus(lecture).values()] == [3557.937, 101.999, 61.25]
    assert _lus(lecture, "212310102")["population_0_2"] == (70.0, "publie")
    # nothing beside 1.581 but a cell that means as little: -4.5 shows the mark, and counts nobody
    assert [regle for regle, *_ in _a_confirmer(lecture)] == ["nombre_impossible"]
    seule = deposer(f"{entetes}\n212310101;21231;H;1;1.581;70;80\n", "base.csv")
    assert _a_confirmer(seule) == [("nombre_ambigu", "E2", "1.581")]


def test_un_revenu_au_point_des_milliers_n_est_pas_vingt_deux_euros(deposer):
    entetes = "IRIS;DISP_TP6019;DISP_MED19;DISP_NOTE19"
    lecture = deposer(f"{entetes}\n212310101;24.6;22.090;0\n212310102;24.6;22090;0\n", "filo.csv")
    assert _a_confirmer(lecture) == [("nombre_ambigu", "C2", "22.090")]
    assert _lus(lecture, "212310102")["filosofi_niveau_vie_median"] == (22090.0, "publie")


@pytest.mark.parametrize(
    ("imprime", "lu"),
    [("1e+05", 100000.0), ("1.5e+05", 150000.0), ("5e-04", 0.0005), ("1E+05", None), ("1,6E+05", None)],
)
def test_les_puissances_de_r_gardent_leurs_chiffres_pas_celles_d_excel(imprime, lu):
    assert lire_nombre(imprime) == lu


@pytest.mark.parametrize("nom", ["fr-en-ips_colleges_2022.csv", "collèges 2022.csv"])
def test_un_college_au_nom_quelconque_reste_un_college(deposer, nom):
    lignes = "2021-2022;0210024M;CLG CHAMPOLLION;21231;public;98.3\n"
    autres = "2021-2022;0211052E;ENSEMBLE SCOLAIRE PARDE;21231;privé;120.1\n"
    lecture = deposer(f"{IPS}\n{lignes}{autres}", nom)
    assert _lus(lecture, "0210024M") == {"ips_college": (98.3, "publie")}
    assert _lus(lecture, "0211052E") == {"ips_college": (120.1, "publie")}
    sans_nom = f"{IPS}\n{lignes}{autres}".replace("Nom de l'établissment", "Dénomination")
    assert set(_lus(deposer(sans_nom, nom), "0211052E")) == {"ips_college"}


def test_les_autres_noms_du_fichier_disent_ce_qu_il_porte(deposer):
    colleges = "".join(f"2021-2022;021{n:04}A;COLLEGE {n};21054;public;100\n" for n in range(20))
    lecture = deposer(f"{IPS}\n{colleges}2021-2022;0211052E;INSTITUTION X;21231;privé;120.1\n", "ips.csv")
    assert _lus(lecture, "0211052E") == {"ips_college": (120.1, "publie")}


@pytest.mark.parametrize(
    ("nom", "ecole", "regle"),
    [
        ("ips.csv", "INSTITUTION X", "type_inconnu"),
        ("fr-en-ips_ecoles_2022.csv", "COLLEGE X", "type_contradictoire"),
        ("ips.csv", "LYCEE X", "type_inconnu"),
    ],
)
def test_ce_que_rien_ne_dit_n_est_d_aucune_serie(deposer, nom, ecole, regle):
    lignes = (
        "2021-2022;0211570T;ECOLE YORK;21231;public;88.3\n2021-2022;0210024M;COLLEGE Y;21054;public;98\n"
        f"2021-2022;0211052E;{ecole};21231;privé;120.1\n"
    )
    lecture = deposer(f"{IPS}\n{lignes}", nom)
    assert (regle, "B4", ecole) in _a_confirmer(lecture)
    assert _lus(lecture, "0211052E") == {}


def test_sans_nom_de_fichier_ni_d_etablissement_rien_n_est_charge(deposer):
    texte = f"{IPS}\n2021-2022;0210024M;COLLEGE Y;21231;public;98\n".replace("Nom de l'é", "L'é")
    lecture = deposer(texte, "ips.csv")
    assert (lecture.statut, lecture.anomalies[0].regle) == ("refuse", "type_inconnu")
    assert "fr-en-ips_colleges_2022.csv" in lecture.message


FICHE = {"annee": "2021", "numcom": "21231", "nomcom": "Dijon", "txcouv_com": 66.2}


@pytest.mark.parametrize(
    "texte",
    [
        json.dumps({"total_count": 1, "records": [{"links": [], "record": {"id": "x", "fields": FICHE}}]}),
        json.dumps(FICHE) + "\n" + json.dumps(FICHE | {"annee": "2022", "txcouv_com": 64.0}) + "\n",
        "\n\n" + json.dumps({"fields": FICHE}) + "\r\n" + json.dumps({"fields": FICHE}),
    ],
    ids=["version 2.0", "une fiche par ligne", "fiches et lignes vides"],
)
def test_les_exports_json_d_opendatasoft(deposer, texte):
    lecture = deposer(texte, "taux.json")
    assert (lecture.famille, lecture.statut) == ("caf_taux_couverture", "accepte")
    annees = {o["annee"]: o["valeur"] for o in lecture.observations.to_pylist()}
    assert annees[2021] == 66.2
    assert annees.get(2022, 64.0) == 64.0


def test_une_fiche_coupee_en_fin_de_fichier_est_dite(deposer):
    lecture = deposer(json.dumps(FICHE) + "\n" + json.dumps(FICHE)[:-9], "taux.jsonl")
    assert (lecture.statut, lecture.anomalies[0].regle) == ("refuse", "json_abime")
