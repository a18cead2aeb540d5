"""What an officer's gestures and next year's producers do to a file: read right, or told what to do."""

import io
import json
import zipfile
from types import SimpleNamespace

import openpyxl
import pytest

from etl.sources import lire
from tests.exemples import fichiers_producteurs as exemples

IPS = "Rentrée scolaire;UAI;Nom de l'établissement;Code INSEE de la commune;Secteur;IPS"
TAUX = ("annee", "numcom", "nomcom", "txcouv_eaje_com", "txcouv_com")
CAF = "CODGEO;NOTE;A;PERCOU;AI;AM;ACSSENF;ACAVENF;AC3ENF;ENF;ENF_2;ENF_3_5"


@pytest.fixture
def deposer(tmp_path):
    convention = SimpleNamespace(commune_insee="21231", ville_id="dijon", fin=2027)
    iris = {code: SimpleNamespace(residentiel=True) for code in exemples.IRIS}
    referentiel = SimpleNamespace(parametres=SimpleNamespace(convention=convention), iris=iris)

    def _deposer(contenu, nom):
        chemin = tmp_path / nom
        chemin.write_bytes(contenu if isinstance(contenu, bytes) else contenu.encode())
        return lire(chemin, referentiel)

    return _deposer


def _publies(lecture):
    return {
        (o["variable_id"], o["territoire_id"], o["annee"]): o["valeur"]
        for o in lecture.observations.to_pylist()
        if o["etat"] == "publie"
    }


def _a_confirmer(lecture):
    return [(a.regle, a.cellule) for a in lecture.anomalies if a.gravite == "a_confirmer"]


def _classeur(rangees, formats):
    classeur = openpyxl.Workbook()
    for rangee in rangees:
        classeur.active.append(rangee)
    for cellule, code in formats.items():
        classeur.active[cellule].number_format = code
    tampon = io.BytesIO()
    classeur.save(tampon)
    return tampon.getvalue()


def _archive(*membres):
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w") as archive:
        for nom, contenu in membres:
            archive.writestr(nom, contenu)
    return tampon.getvalue()


def test_dix_sept_pour_cent_n_est_pas_zero_virgule_dix_sept(deposer):
    rangees = [TAUX, (2022, 21231, "Dijon", 0.325, 0.66), (2021, 21231, "Dijon", 31.5, 65.2)]
    lecture = deposer(_classeur(rangees, {"D2": "0.0%", "E2": "0 %"}), "taux.xlsx")
    assert _publies(lecture) == {
        ("taux_couverture_eaje", "21231", 2022): 32.5,
        ("taux_couverture", "21231", 2022): 66.0,
        ("taux_couverture_eaje", "21231", 2021): 31.5,
        ("taux_couverture", "21231", 2021): 65.2,
    }


@pytest.mark.parametrize("ecrit", ["66,2%", "66.2 %", "66,2\u00a0%", "66,2\u202f%"])
def test_un_taux_ecrit_avec_son_signe(deposer, ecrit):
    texte = f"{';'.join(TAUX)}\n2022;21231;Dijon;;{ecrit}\n"
    assert _publies(deposer(texte, "taux.csv")) == {("taux_couverture", "21231", 2022): 66.2}


@pytest.mark.parametrize(("ecrit", "lu"), [("18 750 €", 18750.0), ("18750€", 18750.0), ("18750 %", None)])
def test_un_revenu_ecrit_avec_son_signe(deposer, ecrit, lu):
    lecture = deposer(f"IRIS;DISP_TP6019;DISP_MED19\n212310101;24,6;{ecrit}\n", "filo.csv")
    assert _publies(lecture).get(("filosofi_niveau_vie_median", "212310101", 2019)) == lu


def test_un_pourcentage_de_foyers_n_est_pas_un_nombre_de_foyers(deposer):
    entetes = CAF.split(";")
    lignes = [(212310101, 0, 0.25, *[10] * 9), (212310102, 0, 1000, *[10] * 9)]
    lecture = deposer(_classeur([entetes, *lignes], {"C2": "0%"}), "caf_2020.xlsx")
    assert ("caf_allocataires", "212310101", 2020) not in _publies(lecture)
    assert _publies(lecture)["caf_allocataires", "212310102", 2020] == 1000
    assert _a_confirmer(lecture) == [("nombre_illisible", "C2")]


@pytest.mark.parametrize("code", ["", "0211570", "0211570T-YORK", "00211570T"])
def test_une_ecole_sans_son_code_n_est_pas_publiee(deposer, code):
    texte = f"{IPS}\n2021-2022;{code};ECOLE X;21231;public;88.3\n2021-2022;0211123G;ECOLE Y;21231;public;90\n"
    lecture = deposer(texte, "fr-en-ips_ecoles_2022.csv")
    assert _publies(lecture) == {("ips", "0211123G", 2022): 90.0}
    assert _a_confirmer(lecture) == [("territoire_inconnu", "B2")]


@pytest.mark.parametrize("rentree", ["2024-2025", "2024/2025", "2024", "2024-09-01", "01/09/2024"])
def test_une_rentree_compte_pour_l_annee_ou_elle_finit(deposer, rentree):
    lecture = deposer(f"{IPS}\n{rentree};0211570T;ECOLE X;21231;public;88.3\n", "ips_ecoles.csv")
    assert _publies(lecture) == {("ips", "0211570T", 2025): 88.3}


def test_un_export_d_opendatasoft_garde_ses_chiffres_a_cote_de_son_point(deposer):
    fiche = dict(zip(TAUX, ("2022", "21231", "Dijon", 32.5, 66.2), strict=True))
    point = {"type": "Point", "coordinates": [5.04, 47.32]}
    export = [{"datasetid": "txcouv", "recordid": "a", "fields": fiche, "geometry": point}]
    lecture = deposer(json.dumps(export), "txcouv_pe_com.json")
    assert _publies(lecture)["taux_couverture", "21231", 2022] == 66.2


def test_une_marque_inconnue_est_dite_une_fois(deposer):
    texte = "codgeo;an;part_non_inseres\n" + "".join(f"21231;{an};c\n" for an in range(2010, 2020))
    lecture = deposer(texte + "21231;2020;///\n", "neet.csv")
    assert _a_confirmer(lecture) == [("nombre_illisible", "C2"), ("nombre_illisible", "C12")]
    assert "10 valeurs imprimées" in lecture.anomalies[0].message
    assert "déclarez ce qu’elle veut dire" in lecture.anomalies[0].message
    assert set(lecture.observations["etat"].to_pylist()) == {"manquant"}


def test_les_fichiers_d_un_mac_ne_donnent_pas_d_alerte(deposer):
    mac = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X" + b"\x00" * 80
    membres = [("taux.csv", exemples.TAUX), ("__MACOSX/._taux.csv", mac), (".DS_Store", mac)]
    lecture = deposer(_archive(*membres), "taux.zip")
    assert (lecture.statut, lecture.anomalies) == ("accepte", deposer(exemples.TAUX, "t.csv").anomalies)


def test_un_classeur_dans_une_archive_dit_quoi_faire(deposer):
    classeur = _classeur([TAUX, (2022, 21231, "Dijon", 32.5, 66.2)], {})
    lecture = deposer(_archive(("base/taux.xlsx", classeur)), "taux.zip")
    assert lecture.statut == "refuse"
    assert "« base/taux.xlsx » est un classeur : sortez-le de l’archive" in lecture.message


def test_des_accents_perdus_disent_de_redeposer_l_original(deposer):
    abime = f"{IPS}\n2021-2022;0211570T;ECOLE X;21231;public;88.3\n".encode().decode("cp1252")
    lecture = deposer(abime, "fr-en-ips_ecoles_2022.csv")
    assert lecture.statut == "refuse"
    assert "« RentrÃ©e scolaire »" in lecture.message
    assert lecture.message.endswith("Déposez le fichier du producteur tel quel.")


def test_melodi_nomme_la_colonne_qui_empeche_de_lire(deposer):
    entetes, *lignes = exemples.MELODI.splitlines()
    texte = "\n".join([f"{entetes};GEO_LIB", *(f"{ligne};Dijon" for ligne in lignes)])
    lecture = deposer(texte, "DS_FILOSOFI_CC_2024_data.csv")
    assert lecture.statut == "ignore"
    assert "(colonnes hors total : FILOSOFI_MEASURE, GEO_LIB)" in lecture.message


def test_le_decoupage_des_quartiers_dit_le_nom_a_donner(deposer):
    texte = "CODGEO;LIBGEO;POP_MUN;TX_TOT_0A24;IND_JEUNE;NOTE_RP\nQN02102M;X;6952;35,8;1,4;0\n"
    lecture = deposer(texte, "QPV 2024.csv")
    assert lecture.statut == "refuse"
    assert "« qpv 2024 » peut ne dire que le découpage des quartiers" in lecture.message
    assert "« qpv_demographie_2024.csv »" in lecture.message
    assert _publies(deposer(texte, "qpv_demographie_2024.csv"))["qpv_population", "QN02102M", 2024] == 6952


def _caf(feuille, nom, deposer):
    classeur = openpyxl.Workbook()
    classeur.active.title = feuille
    for rangee in (CAF.split(";"), (212310101, 0, 1581, *[10] * 9)):
        classeur.active.append(rangee)
    tampon = io.BytesIO()
    classeur.save(tampon)
    return deposer(tampon.getvalue(), nom)


@pytest.mark.parametrize(
    ("feuille", "nom", "annee"),
    [
        ("data_CAF_2020_IRIS", "data_CAF_2020_IRIS.xlsx", 2020),
        ("Feuil1", "data_CAF_2021_IRIS.xlsx", 2021),
        ("2021", "caf.xlsx", 2021),
        ("data_CAF_2020_IRIS", "data_CAF_2021_IRIS.xlsx", None),  # next year's figures pasted in last year's
    ],
)
def test_la_feuille_et_le_fichier_ne_disent_qu_une_annee(deposer, feuille, nom, annee):
    lecture = _caf(feuille, nom, deposer)
    assert lecture.annee == annee
    if annee is None:
        assert lecture.statut == "refuse"
        assert "dit plusieurs années (2020, 2021)" in lecture.message


@pytest.mark.parametrize("efface", ["nomcom", "txcouv_psu_col_com", "txcouv_am_ind_com"])
@pytest.mark.parametrize("classeur", [False, True])
def test_un_entete_efface_ne_decale_aucune_valeur(deposer, efface, classeur):
    entetes, *lignes = [ligne.split(";") for ligne in exemples.TAUX.splitlines()]
    entetes.remove(efface)
    lignes += [["2022", f"2105{n}", "X", "21", "1", "2", "3", "4"] for n in range(3)]
    rangees = [entetes, *lignes]
    texte = "\n".join(";".join(rangee) for rangee in rangees)
    lecture = deposer(_classeur(rangees, {}) if classeur else texte, "taux.xlsx" if classeur else "taux.csv")
    assert (lecture.statut, _publies(lecture)) == ("refuse", {})
    assert "Un entête effacé a peut-être décalé les autres" in lecture.message


def test_deux_tables_l_une_sous_l_autre_ne_se_melangent_pas(deposer):
    autre = "annee;numcom;nomcom;numdep;txcouv_com;txcouv_psu_col_com\n2023;21231;Dijon;21;66;31\n"
    lecture = deposer(exemples.TAUX + autre, "taux.csv")
    assert (lecture.statut, _publies(lecture)) == ("refuse", {})
    assert "d’autres entêtes commencent à la ligne 4" in lecture.message
    entetes, *lignes = exemples.TAUX.splitlines(keepends=True)
    repetes = deposer("".join([entetes, lignes[0], entetes.upper(), lignes[1]]), "taux.csv")
    assert _publies(repetes) == _publies(deposer(exemples.TAUX, "taux.csv"))


@pytest.mark.parametrize(("unite", "lue"), [("EUR_YR", True), ("", True), ("EUR_MTH", False), ("PT", False)])
def test_un_revenu_mensuel_de_melodi_n_est_pas_annuel(deposer, unite, lue):
    entete = "GEO;GEO_OBJECT;FILOSOFI_MEASURE;UNIT_MEASURE;TIME_PERIOD;OBS_VALUE"
    lecture = deposer(f"{entete}\n21231;COM;MED_SL;{unite};2024;22720\n", "DS_FILOSOFI_CC.csv")
    attendue = {("filosofi_niveau_vie_median", "21231", 2024): 22720.0}
    assert _publies(lecture) == (attendue if lue else {})
    assert _a_confirmer(lecture) == ([] if lue else [("unite_inattendue", "D2")])


@pytest.mark.parametrize(
    ("texte", "nom"),
    [
        (exemples.TAUX, "taux.csv"),
        (exemples.BASE_IC, "base-ic.csv"),
        (f"{IPS}\n2021-2022;0211570T;ECOLE X;21231;public;88.3\n", "ips_ecoles.csv"),
    ],
)
def test_des_lignes_triees_au_dessus_des_entetes_ne_se_perdent_pas(deposer, texte, nom):
    entetes, *lignes = texte.splitlines()
    lecture = deposer("\n".join([*lignes[-1:], entetes, *lignes[:-1]]), nom)
    assert (lecture.statut, _publies(lecture)) == ("refuse", {})
    assert "Remettez les entêtes en premier" in lecture.message
    titree = deposer(f"Titre;21231;Dijon\n{texte}", nom)
    assert _publies(titree) == _publies(deposer(texte, nom))


@pytest.mark.parametrize("place", [3, 4, 6])
@pytest.mark.parametrize("classeur", [False, True])
def test_une_cellule_inseree_parmi_les_entetes_ne_decale_rien(deposer, place, classeur):
    entetes, *lignes = [ligne.split(";") for ligne in exemples.TAUX.splitlines()]
    rangees = [[*entetes[:place], "", *entetes[place:]], *([*ligne, ""] for ligne in lignes)]
    texte = "\n".join(";".join(rangee) for rangee in rangees)
    lecture = deposer(_classeur(rangees, {}) if classeur else texte, "taux.xlsx" if classeur else "taux.csv")
    assert (lecture.statut, _publies(lecture)) == ("refuse", {})
    assert "Les entêtes sont sans doute décalés" in lecture.message
