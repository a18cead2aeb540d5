"""The year that the names around a table say, and the same bytes under several names."""

import io
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from etl.sources import lire
from etl.sources.modele import Nom
from etl.sources.noms import annee_des_noms, annee_du_nom, noms_de

CAF = "CODGEO;NOTE;A;PERCOU;AI;AM;ACSSENF;ACAVENF;AC3ENF;ENF;ENF_2;ENF_3_5"
UNE = f"{CAF}\n212310101;0;1511;2147;1295;85;92;109;29;370;59;44\n"
AUTRE = UNE.replace("1511", "1581")
QPV = "CODGEO;LIBGEO;POP_MUN;TX_TOT_0A24;IND_JEUNE;NOTE_RP;A;NOTE_CNAF\nQP021003;X;6 952;35,8;1,4;0;1 988;0\n"


@pytest.fixture
def deposer(tmp_path):
    convention = SimpleNamespace(commune_insee="21231", ville_id="dijon", fin=2027)
    iris = {"212310101": SimpleNamespace(residentiel=True)}
    referentiel = SimpleNamespace(parametres=SimpleNamespace(convention=convention), iris=iris)

    def _deposer(contenu, nom):
        chemin = tmp_path / nom
        chemin.parent.mkdir(exist_ok=True)
        chemin.write_bytes(contenu if isinstance(contenu, bytes) else contenu.encode())
        return lire(chemin, referentiel)

    return _deposer


def _archive(*membres):
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w") as archive:
        for nom, texte in membres:
            archive.writestr(nom, texte)
    return tampon.getvalue()


def _allocataires(lecture):
    return {
        o["annee"]: o["valeur"]
        for o in lecture.observations.to_pylist()
        if o["variable_id"] == "caf_allocataires"
    }


def _regles(lecture):
    return [a.regle for a in lecture.anomalies if a.gravite != "information"]


@pytest.mark.parametrize(
    ("nom", "annee"),
    [
        ("data_CAF_IRIS recu le 12-03-2026.csv", None),
        ("data_CAF_2020_IRIS recu le 12-03-2026.csv", 2020),
        ("CAF IRIS 12.03.2026.csv", None),
        ("caf_2026-03-12_101500_iris.csv", None),
        ("2024_01_12_10_17_39_caf_2020.csv", 2020),
        ("CAF_IRIS_20200131_v2.csv", None),
        ("caf 03-2026.csv", None),
        ("caf 12 mars 2026.csv", None),
        ("caf 1er août 2026.csv", None),
        ("caf mai 2026.csv", None),
        ("caf décembre 2020.csv", 2020),  # the month of its data
        ("caf 31 décembre 2020.csv", None),
        ("CAF reçu en 2026.csv", None),
        ("maj_2026_DEMO_2022.csv", 2022),
        ("DEMO_QP2015.csv", None),
        ("DEMO_QP2015_2022.csv", 2022),
        ("qpv 2024.csv", None),  # its map, or its data?
        ("qpv_2022.csv", 2022),
        ("qpv_demo_geo2024.csv", None),
        ("DEMO_2022_contours2024.csv", 2022),
        ("caf_21_2020.csv", 2020),  # a département
        ("caf_2020 (1).csv", 2020),
        ("caf_2020-2.csv", 2020),
        ("caf2020.csv", 2020),
        ("caf_iris_publié_2026.csv", None),  # when it came out, not when it was counted
        ("caf_iris_extraction 2026.csv", None),
        ("caf_export_2026.csv", None),
        ("caf_2020_diffusion2026.csv", 2020),
        ("caf_2021 (situation au 31 décembre 2020).csv", None),  # of which of the two?
        ("caf_2021_31-12-2020.csv", None),
        ("caf_2020_au 31.12.2020.csv", 2020),
    ],
)
def test_une_date_ou_un_decoupage_n_est_pas_une_annee_de_donnees(nom, annee):
    assert annee_du_nom(nom) == annee


def test_le_nom_le_plus_proche_parle_d_abord():
    noms = noms_de("lot/2019/IRIS.csv", Path("/d/2021/caf_2020.zip"), archive=True)
    assert noms == (
        Nom("IRIS.csv"),
        Nom("2019", dossier=True),
        Nom("lot", dossier=True),
        Nom("caf_2020.zip"),
        Nom("2021", dossier=True),
    )
    assert annee_des_noms(noms) == 2019
    assert annee_des_noms(noms_de(None, Path("/d/2021/caf.csv"), archive=False)) == 2021
    assert annee_des_noms(noms_de("2018", Path("/d/2021/caf.xlsx"), archive=False)) == 2018  # a sheet
    assert annee_des_noms(noms_de("2018/2019", Path("/d/caf.ods"), archive=False)) is None


@pytest.mark.parametrize("nom", ["caf recu le 12-03-2026.csv", "caf.csv"])
def test_sans_annee_de_donnees_le_refus_dit_quoi_ecrire(deposer, nom):
    lecture = deposer(UNE, nom)
    assert (lecture.statut, _regles(lecture)) == ("refuse", ["annee_inconnue"])
    assert "« caf_iris_2020.csv »" in lecture.message


def test_le_millesime_des_quartiers_n_est_pas_celui_des_chiffres(deposer):
    assert _regles(deposer(QPV, "DEMO_QP2015.csv")) == ["annee_inconnue"]
    assert deposer(QPV, "DEMO_2022_QP2015.csv").annee == 2022


@pytest.mark.parametrize(("nom", "statut"), [("caf_2030.csv", "refuse"), ("caf_2027.csv", "accepte")])
def test_une_annee_d_apres_la_convention_est_refusee(deposer, nom, statut, monkeypatch):
    monkeypatch.setattr("etl.sources.modele.dt", SimpleNamespace(date=_Jour))
    lecture = deposer(UNE, nom)
    assert lecture.statut == statut
    assert _regles(lecture) == (["annee_a_venir"] if statut == "refuse" else [])


class _Jour:
    year = 2026

    @classmethod
    def today(cls):
        return cls


def test_une_annee_a_venir_dans_une_colonne_est_dite(deposer):
    lecture = deposer(
        "codgeo;libgeo;an;part_non_inseres\n21231;Dijon;2071;11,7\n21231;Dijon;2018;12\n", "n.csv"
    )
    assert [(a.regle, a.cellule) for a in lecture.anomalies if a.gravite == "a_confirmer"] == [
        ("annee_illisible", "C2")
    ]
    assert lecture.annee == 2018


def test_l_annee_d_une_colonne_l_emporte_sur_celle_du_nom(deposer):
    texte = UNE.replace("CODGEO;", "CODGEO;ANNEE;").replace("212310101;", "212310101;2019;")
    assert _allocataires(deposer(texte, "caf_2020.csv")) == {2019: 1511.0}
    assert _allocataires(deposer(texte, "caf.csv")) == {2019: 1511.0}


@pytest.mark.parametrize("nom", ["caf.zip", "caf_2020.zip"])
def test_deux_membres_de_meme_nom_sont_deux_tables(deposer, nom):
    lecture = deposer(_archive(("2019/IRIS.csv", UNE), ("2020/IRIS.csv", AUTRE)), nom)
    assert (lecture.statut, _allocataires(lecture)) == ("accepte", {2019: 1511.0, 2020: 1581.0})


@pytest.mark.parametrize("chemins", [("x/IRIS.csv", "y/IRIS.csv"), ("IRIS.csv", "IRIS.csv")])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_deux_homonymes_de_la_meme_annee_se_contredisent(deposer, chemins):
    lecture = deposer(_archive((chemins[0], UNE), (chemins[1], AUTRE)), "caf_2020.zip")
    assert _allocataires(lecture) == {2020: None}
    assert _regles(lecture) == ["fichiers_contradictoires"] * 2
    assert len({a.feuille for a in lecture.anomalies if a.gravite != "information"}) == 2


def test_le_chemin_d_un_membre_ne_mene_nulle_part(deposer):
    lecture = deposer(_archive(("/../etc\\2019\\IRIS.csv", UNE), ("../2018/notice.pdf", "x")), "caf.zip")
    assert _allocataires(lecture) == {2019: 1511.0}
    assert {a.feuille for a in lecture.anomalies} == {"2018/notice.pdf"}


def test_les_memes_octets_sous_deux_annees_ne_sont_d_aucune(deposer):
    lecture = deposer(_archive(("2019/IRIS.csv", UNE), ("2020/IRIS.csv", UNE), ("2018.csv", AUTRE)), "c.zip")
    assert _allocataires(lecture) == {2018: 1581.0}
    assert [(a.feuille, a.gravite) for a in lecture.anomalies if a.regle == "table_non_lue"] == [
        ("2019/IRIS.csv", "a_confirmer"),
        ("2020/IRIS.csv", "a_confirmer"),
    ]
    assert "« 2019/IRIS.csv » et « 2020/IRIS.csv » tiennent exactement le même contenu" in " ".join(
        a.message for a in lecture.anomalies
    )


def test_entre_deux_annees_une_copie_muette_ne_prend_la_place_de_personne(deposer):
    lecture = deposer(_archive(("IRIS.csv", UNE), ("2019.csv", UNE), ("2020.csv", UNE)), "c.zip")
    assert (lecture.statut, _allocataires(lecture)) == ("refuse", {})
    assert _regles(lecture) == ["annee_inconnue", "meme_contenu", "meme_contenu"]


def test_une_copie_qui_ne_dit_pas_son_annee_s_efface(deposer):
    lecture = deposer(_archive(("IRIS.csv", UNE), ("caf_2019.csv", UNE)), "c.zip")
    assert (lecture.statut, _allocataires(lecture)) == ("accepte", {2019: 1511.0})
    assert "Même contenu que « caf_2019.csv », qui est lu à sa place." in {
        a.message for a in lecture.anomalies
    }
