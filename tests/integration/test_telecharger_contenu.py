"""A whole file that is not the right one: emptied, cut in width, of another year, damaged; or a full disk."""

import errno
import hashlib
import io
import json

import pytest
import yaml

from etl.telechargement.collecte import INCHANGE, REFUSE, TELECHARGE
from etl.telechargement.partiel import Partiel
from tests.exemples.chercheur import CHIFFRES, ENTETES, Chercheur
from tests.exemples.serveur_capricieux import serveur

pytestmark = pytest.mark.usefixtures("sans_mandataire")
LIGNES = [f"21231{iris};{CHIFFRES}".split(";") for iris in ("0101", "0102", "0103", "0201", "0202")]
COLONNES = ENTETES.strip().split(";")
REVENUS = ("DISP_TP60{}", "DISP_Q1{}", "DISP_MED{}", "DISP_Q3{}", "DISP_D1{}", "DISP_D9{}", "DISP_RD{}")


def caf(lignes=LIGNES, entetes=COLONNES) -> bytes:
    return "".join(";".join(ligne) + "\r\n" for ligne in [entetes, *lignes]).encode()


def filosofi(annee: int) -> bytes:
    """Incomes of two IRIS, which name their year in the headers."""
    entetes = ["IRIS", *(motif.format(annee % 100) for motif in REVENUS)]
    return caf([[f"2123101{n:02}", "24.6", *("18750",) * 6] for n in (1, 2)], entetes)


BON = caf()
ETROIT = caf([[*ligne[:6], ligne[11]] for ligne in LIGNES], [*COLONNES[:6], COLONNES[11]])
AUTRE_MILLESIME = caf([[*ligne[:2], *(str(int(c) + 7) for c in ligne[2:])] for ligne in LIGNES])


MAUVAIS = {
    "toutes les cases vidées": (
        caf([[*ligne[:2], *[""] * 10] for ligne in LIGNES]),
        "ne donne aucun chiffre",
    ),
    "la moitié des colonnes": (
        ETROIT,
        "ne donne plus 5 variables sur 10",
    ),
    "une ligne vidée": (caf([*LIGNES[:4], [*LIGNES[4][:2], *[""] * 10]]), "40 au lieu de 50"),
    "un IRIS de moins": (caf(LIGNES[1:]), "4 au lieu de 5"),
    "un autre millésime": (AUTRE_MILLESIME, "50 changés sur 50"),
}


@pytest.mark.parametrize("cas", MAUVAIS)
def test_un_fichier_entier_mais_mauvais_est_refuse(chercher, cas):
    corps, phrase = MAUVAIS[cas]
    chercher.deposer(BON)
    with serveur(lambda d: d.envoyer(200, corps)) as s:
        resultat = chercher(s.adresse)
    assert (resultat.issue, chercher.place.read_bytes()) == (REFUSE, BON)
    assert phrase in resultat.message
    assert chercher.restes() == []


def test_l_ancien_fichier_retire_le_plus_petit_est_pris(chercher):
    chercher.deposer(BON)
    with serveur(lambda d: d.envoyer(200, ETROIT)) as s:
        assert "retirez d’abord l’ancien fichier, puis relancez" in chercher(s.adresse).message
        chercher.place.unlink()
        assert chercher(s.adresse).issue == TELECHARGE
    assert chercher.place.read_bytes() == ETROIT


def test_un_chiffre_corrige_passe(chercher):
    chercher.deposer(BON)
    with serveur(lambda d: d.envoyer(200, BON.replace(b"1581", b"1600", 1))) as s:
        assert chercher(s.adresse).issue == TELECHARGE


@pytest.mark.parametrize(
    ("fichier", "servie", "issue"),
    [
        ("FILO_2021.csv", 2021, TELECHARGE),
        ("FILO_2021.csv", 2013, REFUSE),
        ("FILO_2021.csv", 2022, REFUSE),  # the place of 2021 is not that of 2022
        ("filosofi.csv", 2022, TELECHARGE),  # kept up to date under one name: the next vintage
        ("filosofi.csv", 2020, REFUSE),
    ],
)
def test_l_annee_declaree_decide(tmp_path, referentiel, fichier, servie, issue):
    chercher = Chercheur(tmp_path, referentiel, "filosofi_iris_disp", fichier, 2021)
    with serveur(lambda d: d.envoyer(200, filosofi(servie))) as s:
        resultat = chercher(s.adresse)
    assert (resultat.issue, chercher.place.exists()) == (issue, issue == TELECHARGE)
    if issue == REFUSE:
        assert f"est de {servie} et non de 2021, l’année déclarée" in resultat.message
        assert "corrigez « annee »" in resultat.message


NOMS = {
    "l’adresse": lambda d: d.envoyer(200, BON),
    "un renvoi": lambda d: d.envoyer(*((302,) if d.path == "/x" else (200, BON)), Location="/CAF_2019.csv"),
    "le serveur": lambda d: d.envoyer(200, BON, Content_Disposition='attachment; filename="CAF_2019.csv"'),
    "le serveur, codé": lambda d: d.envoyer(
        200, BON, Content_Disposition="attachment; filename*=UTF-8''d%C3%A9c_CAF_2019.csv"
    ),
}


@pytest.mark.parametrize("nom", NOMS)
def test_une_annee_que_seul_le_nom_dit_est_lue_dans_le_nom_servi(chercher, nom):
    with serveur(NOMS[nom]) as s:
        resultat = chercher(f"{s.adresse}/{'CAF_2019.csv' if nom == 'l’adresse' else 'x'}")
    assert (resultat.issue, chercher.place.exists()) == (REFUSE, False)
    assert "est de 2019 et non de 2020" in resultat.message


def test_une_annee_que_rien_ne_dit_est_a_verifier(chercher):
    with serveur(lambda d: d.envoyer(200, BON)) as s:
        assert "Rien dans le fichier ne dit qu’il est de 2020" in chercher(f"{s.adresse}/x").message
        chercher.place.unlink()
        assert "Rien dans le fichier" not in chercher(f"{s.adresse}/CAF_2020.csv").message


def test_des_iris_qui_manquent_sont_dits(chercher, referentiel):
    entier = caf([[iris, *LIGNES[0][1:]] for iris in referentiel.iris])
    with serveur(lambda d: d.envoyer(200, BON if d.numero == 1 else entier)) as s:
        assert "Il ne tient que 5 des 66 IRIS." in chercher(s.adresse).message
        assert "Il ne tient que" not in chercher(s.adresse).message
    assert chercher.place.read_bytes() == entier


def test_le_fichier_d_une_autre_annee_deja_la_n_est_pas_range_deux_fois(chercher):
    chercher.deposer(BON)
    chercher.place.rename(chercher.place.with_name("data_CAF_2019_IRIS.csv"))
    with serveur(lambda d: d.envoyer(200, BON)) as s:
        resultat = chercher(f"{s.adresse}/x")
    assert (resultat.issue, chercher.place.exists()) == (REFUSE, False)
    assert "est exactement « data_CAF_2019_IRIS.csv », déjà là pour 2019" in resultat.message


@pytest.mark.parametrize("repondre", [lambda d: d.envoyer(200, BON), lambda d: d.envoyer_plage(BON, '"v1"')])
def test_une_empreinte_declaree_ensuite_vaut_pour_ce_qui_est_deja_la(chercher, repondre):
    with serveur(repondre) as s:
        chercher(s.adresse)
        resultat = chercher(s.adresse, sha256="0" * 64)
        assert chercher(s.adresse, sha256=hashlib.sha256(BON).hexdigest().upper()).issue == INCHANGE
    assert (resultat.issue, chercher.place.read_bytes()) == (REFUSE, BON)
    assert f"000000000000… attendue, {hashlib.sha256(BON).hexdigest()[:12]}… reçue" in resultat.message
    assert "C’est pourtant le fichier déjà là." in resultat.message


def test_la_version_connue_ne_vaut_que_pour_son_adresse(chercher):
    """Two addresses may give the same tag to two files."""
    corrige = BON.replace(b"1581", b"1600", 1)
    with serveur(lambda d: d.envoyer_plage(BON if d.path == "/ancienne" else corrige, '"v1"')) as s:
        chercher(f"{s.adresse}/ancienne")
        assert chercher(f"{s.adresse}/nouvelle").issue == TELECHARGE
    assert chercher.place.read_bytes() == corrige


def test_une_annee_declaree_ensuite_vaut_pour_ce_qui_est_deja_la(tmp_path, referentiel):
    corps = filosofi(2021)
    with serveur(lambda d: d.envoyer_plage(corps, '"v1"')) as s:
        assert (
            Chercheur(tmp_path, referentiel, "filosofi_iris_disp", "f.csv", 2021)(s.adresse).issue
            == TELECHARGE
        )
        resultat = Chercheur(tmp_path, referentiel, "filosofi_iris_disp", "f.csv", 2022)(s.adresse)
    assert resultat.issue == REFUSE
    assert "est de 2021 et non de 2022" in resultat.message
    assert "C’est pourtant le fichier déjà là." in resultat.message


def test_ce_qui_ne_sert_a_rien_se_remplace_par_plus_petit(chercher):
    chercher.deposer(b"<html>" + b"erreur " * 500)
    with serveur(lambda d: d.envoyer_sans_longueur(BON)) as s:
        assert chercher(s.adresse).issue == TELECHARGE
    assert chercher.place.read_bytes() == BON


@pytest.mark.parametrize(("en_lignes", "dit"), [(True, True), (False, False)])
def test_un_json_prouve_sa_fin_sauf_une_fiche_par_ligne(tmp_path, referentiel, en_lignes, dit):
    fiches = [json.dumps(dict(zip(COLONNES, ligne, strict=True))) for ligne in LIGNES]
    corps = "\n".join(fiches) if en_lignes else f"[{', '.join(fiches)}]"
    chercher = Chercheur(tmp_path, referentiel, fichier="data_CAF_2020_IRIS.json")
    with serveur(lambda d: d.envoyer_sans_longueur(corps.encode())) as s:
        resultat = chercher(s.adresse)
    assert resultat.issue == TELECHARGE
    assert ("Taille non annoncée" in resultat.message) == dit


class Plein(io.FileIO):
    """A file on a disk with room for a few bytes."""

    def write(self, octets):
        super().write(octets[:100])
        raise OSError(errno.ENOSPC, "No space left on device")


def test_un_disque_plein_ne_touche_pas_ce_qui_est_la(chercher, monkeypatch):
    chercher.deposer(BON)
    monkeypatch.setattr(Partiel, "ouvrir", lambda self, depart, version: Plein(self.chemin, "wb"))
    with serveur(lambda d: d.envoyer(200, AUTRE_MILLESIME)) as s:
        resultat = chercher(s.adresse)
    assert (resultat.issue, chercher.place.read_bytes()) == (REFUSE, BON)
    assert "Le disque est plein" in resultat.message
    assert chercher.restes() == []
    assert "Le fichier déjà là est intact." in resultat.message


def test_une_provenance_qui_ne_s_ecrit_pas_est_dite(chercher, monkeypatch):
    def refuser(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("etl.sources.provenance.noter", refuser)
    with serveur(lambda d: d.envoyer(200, BON)) as s:
        resultat = chercher(s.adresse)
    assert (resultat.issue, chercher.place.read_bytes()) == (TELECHARGE, BON)
    assert "Sa provenance n’a pas pu être notée. Le disque est plein." in resultat.message


def test_la_derniere_annee_lue_est_notee(tmp_path, referentiel):
    chercher = Chercheur(tmp_path, referentiel, "filosofi_iris_disp", "filosofi.csv", 2020)
    with serveur(lambda d: d.envoyer(200, filosofi(2021))) as s:
        chercher(s.adresse)
    assert yaml.safe_load(chercher.provenance.read_text(encoding="utf-8"))["fichiers"][0]["annee"] == 2021
