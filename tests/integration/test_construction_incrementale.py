"""Reading only what changed gives the warehouse that reading everything gives, whatever happened."""

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctg.referentiel import charger
from ctg.referentiel.vocabulaire import ETAPES_DECIDEES as ETAPES
from etl import inventaire
from etl.canevas.redaction.ecriture import ecrire
from etl.construction import empreinte
from etl.lecture import lecteur, memoire
from etl.lecture.fichier import LectureFichier
from tests.exemples.bureau import CONVENTION, LIBELLES, Bureau
from tests.exemples.entrepots_compares import contenu
from tests.exemples.formulaire_rempli import remplir

JEUNES = ("i:JE-1.1.1-a", "valeur")
CAF = "CODGEO;NOTE;A;PERCOU;AI;AM;ACSSENF;ACAVENF;AC3ENF;ENF;ENF_2;ENF_3_5\n"
NOMS = ("a.xlsx", "b.xlsx", "2024/a.xlsx", "caf_2020.csv", "2019/caf_2020.csv", "caf.csv")
# the code as the fingerprints see it: it does not change under a test that somebody edits it beside
PROGRAMME = [("code", "etl/un.py", "1")]


@pytest.fixture(scope="module")
def stock(tmp_path_factory) -> list[Path]:
    """Files as they may arrive: forms that compete, tie, repeat or are refused; open data that disagree."""
    dossier, referentiel = tmp_path_factory.mktemp("stock"), charger(CONVENTION)
    fichiers = []

    def envoyer(reponses: dict, annee: int = 2025, structure: str = "mjc-centre", **autres) -> Path:
        lieu = dossier / str(len(fichiers))
        (chemin,) = ecrire(referentiel, annee, lieu, structure=structure, reponses={structure: {}}, **autres)
        remplir(chemin, reponses)
        fichiers.append(chemin)
        return chemin

    mai, juin = dt.date(2026, 5, 1), dt.date(2026, 6, 1)
    premier = envoyer({JEUNES: 14}, rempli_le=mai)
    envoyer({JEUNES: 41, ("i:JE-1.1.1-c", "valeur"): 3}, rempli_le=juin)
    envoyer({JEUNES: 12}, rempli_le=juin)  # a tie with the one before
    envoyer({JEUNES: "une dizaine", ("i:JE-1.1.1-c", "valeur"): 9}, rempli_le=juin)
    envoyer({JEUNES: 30}, annee=2026, rempli_le=juin)
    envoyer({("i:JE-1.1.1-b@gare", "T1"): 4, ("i:JE-1.1.1-b@gare", "T2"): 8}, structure="mjc-gare")
    envoyer({JEUNES: 77}, fictif=True, rempli_le=juin)
    envoyer({})  # sent back blank
    (fiche,) = ecrire(referentiel, 2025, dossier / "fiche", fiche="JE-2", rempli_le=juin)
    (dossier / "tronque.xlsx").write_bytes(premier.read_bytes()[:2000])
    (dossier / "caf.csv").write_text(f"{CAF}250560101;0;10;20;30;40;50;60;70;80;90;44\n")
    (dossier / "caf_autre.csv").write_text(
        f"{CAF}250560101;0;99;20;30;40;50;60;70;80;90;44\n250560102;5;;;;;;;;;;\n"
    )
    (dossier / "inconnu.csv").write_text("une;table\nsans;source\n")
    return [
        *fichiers,
        fiche,
        *(dossier / n for n in ("tronque.xlsx", "caf.csv", "caf_autre.csv", "inconnu.csv")),
    ]


@pytest.fixture(autouse=True)
def programme(monkeypatch) -> list[tuple[str, str, str]]:
    lignes = list(PROGRAMME)
    monkeypatch.setattr(empreinte, "_code", lambda suffixes: lignes)
    return lignes


@pytest.fixture(scope="module")
def construit(stock, tmp_path_factory) -> Bureau:
    """A single form received, built; the warehouse of before stands aside."""
    bureau = Bureau(tmp_path_factory.mktemp("construit"), stock)
    with pytest.MonkeyPatch.context() as fige:
        fige.setattr(empreinte, "_code", lambda suffixes: PROGRAMME)
        bureau.construire()
        bureau.mettre_de_cote()
        bureau.deposer(0, "a.xlsx")
        bureau.construire()
        assert bureau.differences() == {}
    return bureau


@pytest.fixture
def suite(construit, tmp_path) -> Bureau:
    return continuer(construit, tmp_path)


def continuer(construit: Bureau, dossier: Path) -> Bureau:
    """The same, elsewhere, to go on from."""
    shutil.copytree(construit.raw.parent, dossier, dirs_exist_ok=True)
    return Bureau(dossier, construit.stock)


# where the first of each comes, whatever is drawn: one that changes something
GESTES = st.one_of(
    st.tuples(
        st.just("corriger"),
        st.just(JEUNES),
        st.sampled_from(["14", "30"]),
        st.sampled_from(["41", "3", "", "sans objet", "[reçue]"]),
    ),
    st.tuples(st.just("deposer"), st.sampled_from([5, 1, 2, 3, 4, 6, 8]), st.sampled_from(NOMS)),
    st.tuples(st.just("deposer"), st.integers(0, 12), st.sampled_from(NOMS)),
    # open data, in place of what stood there or beside it
    st.tuples(st.just("deposer"), st.sampled_from([11, 10]), st.sampled_from(NOMS[3:])),
    st.tuples(st.just("retirer"), st.sampled_from(NOMS)),
    st.tuples(st.just("renommer"), st.sampled_from(NOMS), st.sampled_from(NOMS[::-1])),
    st.tuples(st.just("dater"), st.sampled_from(NOMS), st.dates(dt.date(2026, 4, 1), dt.date(2026, 8, 1))),
    st.tuples(st.just("reformuler"), st.sampled_from(LIBELLES[::-1])),
    st.tuples(st.just("declarer"), st.sampled_from(ETAPES), st.sampled_from(["atteinte", "retiree"])),
    st.tuples(st.just("accepter"), st.just("nombre_illisible")),
    st.tuples(st.just("oublier"), st.sampled_from(["valeurs.csv", "etapes.csv", "corrections.yml"])),
    st.tuples(st.just("mettre_de_cote")),
    st.tuples(st.just("rendre_l_ancien")),
    st.tuples(st.just("abimer"), st.integers(0, 50).map(lambda n: n * 7919)),
)


@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(suites=st.lists(st.lists(GESTES, min_size=3, max_size=5), min_size=2, max_size=2))
def test_ne_relire_que_ce_qui_change_donne_le_meme_entrepot(construit, tmp_path_factory, suites):
    bureau = continuer(construit, tmp_path_factory.mktemp("bureau"))
    for gestes in suites:
        for geste in gestes:
            bureau.faire(*geste)
        bureau.construire()
        assert bureau.differences() == {}


@pytest.fixture
def bureau(stock, tmp_path):
    return Bureau(tmp_path, stock)


@pytest.fixture
def lus(monkeypatch) -> list[str]:
    """Names of the files read, as they are."""
    noms, vraie = [], lecteur.lire_fichier
    monkeypatch.setattr(lecteur, "lire_fichier", lambda c, *reste: noms.append(c.name) or vraie(c, *reste))
    return noms


def test_seul_le_fichier_change_est_relu(bureau, lus):
    for rang, nom in ((0, "a.xlsx"), (4, "b.xlsx"), (10, "caf_2020.csv")):
        bureau.deposer(rang, nom)
    bureau.construire()
    assert sorted(lus) == ["a.xlsx", "b.xlsx", "caf_2020.csv"]
    lus.clear()
    bureau.construire()
    assert lus == []
    bureau.deposer(1, "a.xlsx")
    bureau.construire()
    assert lus == ["a.xlsx"]


def test_un_fichier_retire_fait_tout_refaire(suite, lus):
    # what it said must not stay in the blocks that the copy of the warehouse no longer uses
    suite.deposer(4, "c.xlsx")
    suite.construire()
    lus.clear()
    suite.retirer("c.xlsx")
    suite.construire()
    assert lus == ["a.xlsx"] and suite.differences() == {}


def test_une_convention_changee_fait_tout_relire(suite, lus):
    suite.reformuler("Jeunes accueillis")
    suite.construire()
    assert lus == ["a.xlsx"]


def test_un_programme_change_fait_tout_relire(suite, lus, programme):
    programme[:] = [("code", "etl/un.py", "2")]
    suite.construire()
    assert lus == ["a.xlsx"]


def test_une_date_de_reception_ne_fait_rien_relire(bureau, lus):
    for rang, nom in ((1, "a.xlsx"), (2, "b.xlsx")):
        bureau.deposer(rang, nom)
    bureau.construire()
    lus.clear()
    bureau.dater("a.xlsx", dt.date(2026, 7, 1))
    bureau.construire()
    assert lus == [] and bureau.differences() == {}
    with duckdb.connect(str(bureau.entrepot), read_only=True) as connexion:
        assert connexion.execute("SELECT fichier FROM interne.depot WHERE retenu").fetchall() == [("a.xlsx",)]


def test_une_donnee_ouverte_changee_sous_le_meme_nom_est_reprise(bureau, lus):
    bureau.deposer(10, "caf_2020.csv")
    bureau.construire()
    assert _allocataires(bureau) == [(10.0, 2020)]
    lus.clear()
    bureau.deposer(11, "caf_2020.csv")
    bureau.construire()
    assert lus == ["caf_2020.csv"]
    assert _allocataires(bureau) == [(99.0, 2020)] and bureau.differences() == {}


def test_le_dossier_recu_qui_change_d_annee_fait_relire_ce_qui_n_en_dit_pas(bureau, lus):
    bureau.raw = bureau.raw.rename(bureau.raw.with_name("2019"))
    bureau.deposer(10, "caf.csv")
    bureau.construire()
    assert _allocataires(bureau) == [(10.0, 2019)]
    bureau.raw = bureau.raw.rename(bureau.raw.with_name("2020"))
    lus.clear()
    bureau.construire()
    assert lus == ["caf.csv"]
    assert _allocataires(bureau) == [(10.0, 2020)] and bureau.differences() == {}


def _allocataires(bureau: Bureau) -> list[tuple[float, int]]:
    with duckdb.connect(str(bureau.entrepot), read_only=True) as connexion:
        return connexion.execute("""
            SELECT valeur, annee FROM interne.observation
            WHERE variable_id = 'caf_allocataires' AND territoire_id = '250560101'
        """).fetchall()


def test_le_double_d_un_fichier_retire_est_lu_a_son_tour(suite, lus):
    suite.deposer(0, "b.xlsx")
    suite.construire()
    assert lus == []
    suite.retirer("a.xlsx")
    suite.construire()
    assert set(lus) == {"b.xlsx"} and suite.differences() == {}


def test_un_libelle_confirme_fait_tout_relire(suite, lus):
    suite.saisies.mkdir()
    (suite.saisies / "sources.csv").touch()  # it decides of what is read, not how
    suite.construire()
    assert lus == []
    (suite.saisies / "libelles.csv").touch()
    suite.construire()
    assert lus == ["a.xlsx"]


def test_la_memoire_rend_ce_que_la_lecture_a_donne(bureau, stock, monkeypatch):
    monkeypatch.setenv("CTG_SAISIES", str(bureau.saisies))
    for rang, chemin in enumerate(stock):
        bureau.deposer(rang, f"{rang}{chemin.suffix}")
    bureau.construire()
    referentiel = charger(bureau.convention)
    with duckdb.connect(str(bureau.entrepot), read_only=True) as connexion:
        connue = memoire.rappeler(connexion)
        for recu in inventaire.inventorier(bureau.raw):
            rendue, lue = connue.retrouver(recu), lecteur.lire_fichier(recu.chemin, referentiel)
            if rendue.source:
                rendue = replace(rendue, source=connue.completer(recu.nom, rendue.source))
            assert _sans_cellules(rendue) == _sans_cellules(lue), recu.nom


def _sans_cellules(lue: LectureFichier) -> LectureFichier:
    """What a reading says beside its cells, which stay in the warehouse."""
    formulaires = [
        (replace(f, cellules=(), garde=None), f.contenu if f.statut != "refuse" else None)
        for f in lue.formulaires
    ]
    source = lue.source and replace(lue.source, observations=lue.source.observations.to_pylist())
    return replace(lue, formulaires=formulaires, source=source)


def _sans_table(table: str):
    def geste(bureau: Bureau) -> None:
        with duckdb.connect(str(bureau.entrepot)) as connexion:
            connexion.execute(f"DROP TABLE {table} CASCADE")

    return geste


def _octets_changes(bureau: Bureau) -> None:
    taille = bureau.entrepot.stat().st_size
    for place in range(taille // 3, taille - 64, taille // 9):
        bureau.abimer(place)


@pytest.mark.parametrize(
    "malheur",
    [
        pytest.param(lambda b: b.entrepot.write_bytes(b""), id="vide"),
        pytest.param(lambda b: b.entrepot.write_bytes(b"ceci n'est pas un entrepot"), id="autre chose"),
        pytest.param(lambda b: b.entrepot.write_bytes(b.entrepot.read_bytes()[:-70_000]), id="coupé"),
        pytest.param(_octets_changes, id="des octets changés"),
        pytest.param(Bureau.rendre_l_ancien, id="l’avant-dernier"),
        pytest.param(_sans_table("interne.lecture"), id="d’avant la mémoire"),
        pytest.param(_sans_table("interne.lue"), id="des cellules perdues"),
        pytest.param(_sans_table("publication.mesure"), id="des chiffres perdus"),
    ],
)
def test_un_entrepot_abime_ne_garde_rien_de_faux_et_n_arrete_rien(suite, construit, malheur):
    malheur(suite)
    suite.construire()
    assert contenu(suite.entrepot) == contenu(construit.temoin)
