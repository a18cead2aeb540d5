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
from etl import inventaire
from etl.canevas.ecriture import ecrire
from etl.construction import empreinte
from etl.construction.entrepot import construire
from etl.lecture import lecteur, memoire
from etl.lecture.fichier import LectureFichier
from tests.exemples.entrepots_compares import differences
from tests.exemples.formulaire_rempli import remplir

CONVENTION = Path(__file__).parents[1] / "exemples" / "referentiels" / "petite_ville"
JEUNES = ("i:JE-1.1.1-a", "valeur")
CAF = "CODGEO;NOTE;A;PERCOU;AI;AM;ACSSENF;ACAVENF;AC3ENF;ENF;ENF_2;ENF_3_5\n"
NOMS = ("a.xlsx", "b.xlsx", "2024/a.xlsx", "caf_2020.csv", "2019/caf_2020.csv", "caf.csv")


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
    """The code as the fingerprints see it: it does not change under a test that somebody edits it beside."""
    lignes = [("code", "etl/un.py", "1")]
    monkeypatch.setattr(empreinte, "_code", lambda suffixes: lignes)
    return lignes


RANGS = st.integers(0, 12)
GESTES = st.one_of(
    st.tuples(st.just("deposer"), RANGS, st.sampled_from(NOMS)),
    st.tuples(st.just("deposer"), RANGS, st.sampled_from(NOMS)),
    st.tuples(st.just("retirer"), st.sampled_from(NOMS)),
    st.tuples(st.just("renommer"), st.sampled_from(NOMS), st.sampled_from(NOMS)),
    st.tuples(st.just("dater"), st.sampled_from(NOMS), st.dates(dt.date(2026, 4, 1), dt.date(2026, 8, 1))),
    st.tuples(st.just("reformuler"), st.sampled_from(["Jeunes accompagnés", "Jeunes accueillis"])),
    st.tuples(st.just("abimer"), st.integers(0, 400_000)),
)


class Bureau:
    """A folder of files received, and what a person does to it."""

    def __init__(self, dossier: Path, stock: list[Path]) -> None:
        self.raw, self.convention = dossier / "raw", dossier / "convention"
        self.entrepot, self.temoin = dossier / "entrepot.duckdb", dossier / "temoin.duckdb"
        self.stock, self.dates = stock, {}
        self.raw.mkdir()
        shutil.copytree(CONVENTION, self.convention)

    def faire(self, geste: str, *quoi) -> None:
        getattr(self, geste)(*quoi)

    def deposer(self, rang: int, nom: str) -> None:
        (self.raw / nom).parent.mkdir(exist_ok=True)
        shutil.copyfile(self.stock[rang], self.raw / nom)

    def retirer(self, nom: str) -> None:
        (self.raw / nom).unlink(missing_ok=True)

    def renommer(self, nom: str, autre: str) -> None:
        if (self.raw / nom).is_file():
            (self.raw / autre).parent.mkdir(exist_ok=True)
            (self.raw / nom).replace(self.raw / autre)

    def dater(self, nom: str, jour: dt.date) -> None:
        self.dates[nom] = jour
        lignes = [f"{nom};{jour:%d/%m/%Y}" for nom, jour in self.dates.items()]
        (self.raw / "receptions.csv").write_text("\n".join(["fichier;recu_le", *lignes]), encoding="utf-8")

    def reformuler(self, libelle: str) -> None:
        chemin = self.convention / "indicateurs.csv"
        texte = chemin.read_text(encoding="utf-8")
        for connu in ("Jeunes accompagnés", "Jeunes accueillis"):
            texte = texte.replace(connu, libelle)
        chemin.write_text(texte, encoding="utf-8")

    def abimer(self, place: int) -> None:
        if self.entrepot.is_file() and place < self.entrepot.stat().st_size:
            with self.entrepot.open("r+b") as flux:
                flux.seek(place)
                flux.write(b"\xff" * 64)

    def construire(self) -> None:
        construire((self.raw,), self.convention, self.entrepot)

    def differences(self) -> dict:
        construire((self.raw,), self.convention, self.temoin, tout_relire=True)
        return differences(self.entrepot, self.temoin)


@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(suites=st.lists(st.lists(GESTES, min_size=1, max_size=4), min_size=2, max_size=3))
def test_ne_relire_que_ce_qui_change_donne_le_meme_entrepot(stock, tmp_path_factory, suites):
    bureau = Bureau(tmp_path_factory.mktemp("bureau"), stock)
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


def test_une_convention_changee_fait_tout_relire(bureau, lus):
    bureau.deposer(0, "a.xlsx")
    bureau.construire()
    bureau.reformuler("Jeunes accueillis")
    bureau.construire()
    assert lus == ["a.xlsx", "a.xlsx"]


def test_un_programme_change_fait_tout_relire(bureau, lus, programme):
    bureau.deposer(0, "a.xlsx")
    bureau.construire()
    programme[:] = [("code", "etl/un.py", "2")]
    bureau.construire()
    assert lus == ["a.xlsx", "a.xlsx"]


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


def test_le_double_d_un_fichier_retire_est_lu_a_son_tour(bureau, lus):
    bureau.deposer(0, "a.xlsx")
    bureau.deposer(0, "b.xlsx")
    bureau.construire()
    bureau.retirer("a.xlsx")
    bureau.construire()
    assert lus == ["a.xlsx", "b.xlsx"] and bureau.differences() == {}


def test_un_libelle_confirme_fait_tout_relire(bureau, lus, tmp_path, monkeypatch):
    monkeypatch.setenv("CTG_SAISIES", str(tmp_path / "saisies"))
    bureau.deposer(0, "a.xlsx")
    bureau.construire()
    (tmp_path / "saisies").mkdir()
    for registre in ("sources.csv", "libelles.csv"):  # the first one decides of what is read, not how
        (tmp_path / "saisies" / registre).touch()
        bureau.construire()
    assert lus == ["a.xlsx", "a.xlsx"]


def test_la_memoire_rend_ce_que_la_lecture_a_donne(bureau, stock):
    for rang, chemin in enumerate(stock):
        bureau.deposer(rang, f"{rang}{chemin.suffix}")
    bureau.construire()
    version, referentiel = empreinte.de_la_lecture(bureau.convention), charger(bureau.convention)
    with duckdb.connect(":memory:") as connexion:
        connue = memoire.ouvrir(connexion, bureau.entrepot, version)
        for recu in inventaire.inventorier(bureau.raw):
            rendue, lue = connue.retrouver(recu), lecteur.lire_fichier(recu.chemin, referentiel)
            assert _sans_cellules(rendue) == _sans_cellules(lue), recu.nom


def _sans_cellules(lue: LectureFichier) -> LectureFichier:
    """What a reading says beside its cells, which stay in the warehouse."""
    formulaires = [
        (replace(f, cellules=(), garde=None), f.contenu if f.statut != "refuse" else None)
        for f in lue.formulaires
    ]
    source = lue.source and replace(lue.source, observations=lue.source.observations.to_pylist())
    return replace(lue, formulaires=formulaires, source=source)


@pytest.mark.parametrize("octets", [b"", b"ceci n'est pas un entrepot"])
def test_un_entrepot_illisible_ne_garde_rien_et_n_arrete_rien(bureau, octets):
    bureau.deposer(0, "a.xlsx")
    bureau.entrepot.write_bytes(octets)
    bureau.construire()
    assert bureau.differences() == {}


def test_un_entrepot_d_avant_la_memoire_est_relu(bureau):
    bureau.deposer(0, "a.xlsx")
    bureau.construire()
    with duckdb.connect(str(bureau.entrepot)) as connexion:
        connexion.execute("DROP TABLE interne.lecture")
    bureau.construire()
    assert bureau.differences() == {}


def test_des_cellules_perdues_par_l_ancien_entrepot_sont_relues(bureau):
    bureau.deposer(0, "a.xlsx")
    bureau.construire()
    with duckdb.connect(str(bureau.entrepot)) as connexion:
        connexion.execute("DROP TABLE interne.lue CASCADE")
    bureau.construire()
    assert bureau.differences() == {}
