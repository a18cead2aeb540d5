"""Families' files cut, shuffled, spoiled: no error, and no figure that is not at its place in the file."""

import csv
import gzip
import io
import json
import random
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.sources import lire
from etl.sources.nombres import lire_nombre
from tests.exemples import fichiers_producteurs as exemples

_CAF = (
    "CODGEO;NOTE;A;PERCOU;AI;AM;ACSSENF;ACAVENF;AC3ENF;ENF;ENF_2;ENF_3_5\n"
    "212310101;0;1581;2147;1295;85;92;109;29;370;;44\n212310102;5;;;;;;;;;;\n210540102;0;3;9;1;4;1;1;3;3;5;6\n"
)
_REVN = (
    "CODGEO;LIBGEO;DECUC_Q2;DISP_Q2;TP60;NOTE_FILO;APPA;NOTE_CNAF;ARSAS;NOTE_CNAF;;;\n"
    "Ensemble;Ensemble des QPV;9 768;13 101;;;1;;1;;;;\n"
    "QP021003;Fontaine D'Ouche;10\u202f300;13\u202f820;44,1;0;7;0;522;0;;;\n"
    "QN02103M;Les Grésilles;10\u202f100;13\u202f120;44,9;0;8;0;523;0;;;\n"
)
_FILO = (
    "IRIS;LIBIRIS;COM;LIBCOM;DISP_TP6019;DISP_MED19;DISP_NOTE19\n"
    "212310101;Monge;21231;Dijon;24,6;18750;0\n212310102;Cordeliers;21231;Dijon;ns;19750;1\n"
)
_IPS = (
    "Rentrée scolaire;UAI;Nom de l'établissment;Code INSEE de la commune;Secteur;IPS\n"
    "2021-2022;0211570T;ECOLE YORK;21231;public;88.3\n2021-2022;0210024M;COLLEGE X;21231;public;98.3\n"
)
FAMILLES = {
    "caf_iris": _CAF,
    "qpv_revenus": _REVN,
    "filosofi_iris_disp": _FILO,
    "ips": _IPS,
    "recensement_iris": exemples.BASE_IC,
    "recensement_commune": exemples.DOSSIER_COMPLET,
    "melodi": exemples.MELODI,
    "jeunes_non_inseres": exemples.NEET,
    "caf_taux_couverture": exemples.TAUX,
    "caf_commune": exemples.CAF_COMMUNE,
    "annuaire_education": exemples.ANNUAIRE,
}
_OCTETS = [b"\xff", b"\x00", b"\xc3", b'"', b"\n", b";", b"\xe2\x80\xaf", b"E+13", b"#REF!", b"-", b"9" * 30]


@pytest.fixture
def referentiel():
    convention = SimpleNamespace(commune_insee="21231", ville_id="dijon", fin=2027)
    iris = {code: SimpleNamespace(residentiel=True) for code in exemples.IRIS}
    return SimpleNamespace(parametres=SimpleNamespace(convention=convention), iris=iris)


def _colonnes(rangees, hasard):
    """Delete, double or shuffle whole columns: each header goes with its cells."""
    ordre = list(range(len(rangees[0])))
    match hasard.choice(["retirer", "doubler", "melanger"]):
        case "retirer":
            ordre.remove(hasard.choice(ordre))
        case "doubler":
            ordre.append(hasard.choice(ordre))
        case "melanger":
            hasard.shuffle(ordre)
    return [[rangee[i] if i < len(rangee) else "" for i in ordre] for rangee in rangees]


def _lignes(rangees, hasard):
    """Cut a line, add a cell to it, or double it."""
    rang = hasard.randrange(1, len(rangees))
    ligne = list(rangees[rang]) or [""]
    match hasard.choice(["couper", "retirer", "ajouter", "doubler"]):
        case "couper":
            return [*rangees[:rang], ligne[: hasard.randrange(len(ligne))], *rangees[rang + 1 :]]
        case "retirer":
            del ligne[hasard.randrange(len(ligne))]
        case "ajouter":
            ligne.insert(hasard.randrange(len(ligne)), hasard.choice(["", "7", "x"]))
        case "doubler":
            return [*rangees, ligne]
    return [*rangees[:rang], ligne, *rangees[rang + 1 :]]


def _muter(texte, graine):
    hasard = random.Random(graine)
    rangees = list(csv.reader(io.StringIO(texte), delimiter=";"))
    for _ in range(hasard.randrange(1, 4)):
        rangees = hasard.choice([_colonnes, _lignes])(rangees, hasard)
    tampon = io.StringIO()
    separateur = hasard.choice(";,\t")
    csv.writer(tampon, delimiter=separateur, lineterminator="\n").writerows(rangees)
    octets = tampon.getvalue().encode(hasard.choice(["utf-8", "utf-8-sig", "utf-16"]))
    for _ in range(hasard.randrange(3)):
        place = hasard.randrange(len(octets))
        octets = octets[:place] + hasard.choice(_OCTETS) + octets[place + hasard.randrange(3) :]
    return octets


def _cellules(chemin):
    """{(line, header): figures printed there}, read by other means than the source's.

    A line break put in the headers leaves them on the second or third line.
    """
    octets = chemin.read_bytes()
    encodage = "utf-16" if octets[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    declare = encodage == "utf-16" or octets.startswith(b"\xef\xbb\xbf")
    try:
        texte = octets.decode(encodage, "replace" if declare else "strict")
    except UnicodeDecodeError:
        texte = octets.decode("cp1252", "replace")
    imprimes = {}
    for titre in range(1, 5):
        ligne = (texte.split("\n") + [""] * 5)[titre - 1]
        separateur = next((s for s in ";\t|" if s in ligne), ",")
        entetes = [e.strip() for e in next(csv.reader([ligne], delimiter=separateur), [])]
        lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur)
        for rangee in lecteur:
            if lecteur.line_num > titre:
                for entete, cellule in zip(entetes, rangee, strict=False):
                    imprimes.setdefault((lecteur.line_num, entete), set()).add(lire_nombre(cellule))
    return imprimes


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=60,
    deadline=None,
    derandomize=True,
)
@given(graine=st.integers(0, 10**9))
@pytest.mark.parametrize("famille", FAMILLES)
def test_aucun_chiffre_qui_ne_soit_a_sa_place(tmp_path, referentiel, famille, graine):
    chemin = tmp_path / "mute_2020.csv"
    chemin.write_bytes(_muter(FAMILLES[famille], graine))
    lecture = lire(chemin, referentiel)
    assert lecture.statut in {"accepte", "accepte_partiel", "ignore", "refuse"}
    assert lecture.message.endswith(".")
    if lecture.statut in {"refuse", "ignore", "accepte_partiel"}:
        assert lecture.anomalies
    publiees = [o for o in lecture.observations.to_pylist() if o["etat"] == "publie"]
    if publiees:
        imprimes = _cellules(chemin)
        for o in publiees:
            assert o["valeur"] in imprimes[o["ligne"], o["colonne"]], (o, chemin.read_bytes())


@pytest.mark.parametrize("famille", FAMILLES)
def test_sans_mutation_la_famille_est_reconnue(tmp_path, referentiel, famille):
    chemin = tmp_path / "intact_2020.csv"
    chemin.write_text(FAMILLES[famille], encoding="utf-8")
    assert lire(chemin, referentiel).famille == famille


def test_une_cellule_retiree_devant_des_colonnes_vides_se_voit(tmp_path, referentiel):
    # 160 to 990 empty columns end the QPV tables: the line is still long enough without one of its cells
    chemin = tmp_path / "REVN_2022.csv"
    chemin.write_text(_REVN.replace("13\u202f820;", ""), encoding="utf-8")
    lecture = lire(chemin, referentiel)
    assert [(a.cellule, a.regle) for a in lecture.anomalies if a.gravite == "a_confirmer"] == [
        ("A3", "ligne_decalee")
    ]
    fontaine = [o for o in lecture.observations.to_pylist() if o["territoire_id"] == "QP021003"]
    assert {o["etat"] for o in fontaine} == {"manquant"}


def test_un_octet_de_trop_ne_perd_que_sa_cellule(tmp_path, referentiel):
    chemin = tmp_path / "caf_2020.csv"
    chemin.write_bytes(b"\xef\xbb\xbf" + _CAF.encode().replace(b"2147", b"21\xff47"))
    lecture = lire(chemin, referentiel)
    (anomalie,) = (a for a in lecture.anomalies if a.gravite == "a_confirmer")
    assert (anomalie.cellule, anomalie.regle) == ("D2", "nombre_illisible")
    lus = {(o["territoire_id"], o["variable_id"]): o["valeur"] for o in lecture.observations.to_pylist()}
    assert lus["212310101", "caf_allocataires"] == 1581.0
    assert lus["212310101", "caf_personnes_couvertes"] is None


def test_un_code_abime_est_dit_avec_son_adresse(tmp_path, referentiel):
    chemin = tmp_path / "caf_2020.csv"
    chemin.write_text(_CAF.replace("212310102;", "2,1231E+08;"), encoding="utf-8")
    lecture = lire(chemin, referentiel)
    (anomalie,) = (a for a in lecture.anomalies if a.gravite == "a_confirmer")
    assert (anomalie.cellule, anomalie.regle, anomalie.valeur_lue) == ("A3", "code_abime", "2,1231E+08")
    chemin.write_text(_CAF.replace("2123101", "2,1231E+08;x"), encoding="utf-8")
    assert lire(chemin, referentiel).statut == "refuse"


def _parquet():
    entetes, *lignes = csv.reader(io.StringIO(exemples.TAUX), delimiter=";")
    tampon = io.BytesIO()
    pq.write_table(pa.table(dict(zip(entetes, zip(*lignes, strict=True), strict=True))), tampon)
    return tampon.getvalue()


ENVELOPPES = {
    "zip": exemples.archive(
        base__csv=exemples.BASE_IC, meta__csv=exemples.META_BASE_IC, t__csv=exemples.TAUX
    ),
    "gz": gzip.compress(exemples.TAUX.encode()),
    "json": json.dumps({"results": list(csv.DictReader(io.StringIO(exemples.TAUX), delimiter=";"))}).encode(),
    "parquet": _parquet(),
}


@pytest.mark.parametrize("enveloppe", ENVELOPPES)
def test_une_enveloppe_abimee_est_lue_ou_refusee_sans_erreur(tmp_path, referentiel, enveloppe):
    hasard, chemin, statuts = random.Random(enveloppe), tmp_path / f"x_2020.{enveloppe}", set()
    for _ in range(150):
        octets = bytearray(ENVELOPPES[enveloppe])
        for _ in range(hasard.randrange(1, 4)):
            place = hasard.randrange(len(octets))
            octets[place : place + hasard.randrange(4)] = hasard.randbytes(hasard.randrange(4))
        chemin.write_bytes(octets)
        lecture = lire(chemin, referentiel)
        statuts.add(lecture.statut)
        assert lecture.message
        if lecture.statut == "refuse":
            assert (lecture.anomalies[0].gravite, lecture.observations.num_rows) == ("bloquant", 0)
    assert "refuse" in statuts
