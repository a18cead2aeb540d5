"""A build makes again the measures whose answers changed, those tied to them, and no other."""

import datetime as dt
import shutil

import duckdb
import pytest

from etl.construction.assemblage import assembler
from tests.exemples.campagne_minuscule import Base, CampagneMinuscule, indicateur, structure

MESURES = [
    indicateur("JE-1.1.1-a"),
    indicateur("JE-1.1.1-b", unite_statistique="action"),
    indicateur("JE-1.1.1-c", unite_statistique="action"),
    indicateur("JE-1.1.1-d", "calcul", calcul="rapport:JE-1.1.1-c:JE-1.1.1-b"),
    indicateur("JE-1.0.p1", unite_statistique="personne"),
    indicateur("JE-1.0.p2", unite="€", unite_statistique="euro", secret_avec="JE-1.0.p1"),
    indicateur("JE-1.1.2-a", "satisfaction"),
    indicateur("JE-1.1.3-a", "texte"),
]
TOUTES = {i.indicateur_id for i in MESURES}
DEPART = {
    ("mjc", 2024, "i:JE-1.1.1-a"): {"valeur": 30},
    ("mjc", 2025, "i:JE-1.1.1-a"): {"valeur": 40},
    ("mjc", 2025, "i:JE-1.1.1-b"): {"valeur": 12},
    ("mjc", 2025, "i:JE-1.1.1-c"): {"valeur": 9},
    ("mjc", 2025, "i:JE-1.0.p1"): {"valeur": 8},
    ("mjc", 2025, "i:JE-1.0.p2"): {"valeur": 2000},
    ("mjc", 2025, "i:JE-1.1.2-a"): {"satisfaits": 20, "repondants": 25, "proposes": 50},
    ("mjc", 2025, "i:JE-1.1.3-a"): {"texte": "Un récit."},
    ("pole", 2024, "i:JE-1.1.1-a"): {"valeur": 11},
    ("pole", 2025, "i:JE-1.1.1-a"): {"valeur": 13},
}
CAS = {
    "rien": ({}, set()),
    "un nombre": ({("mjc", 2025, "i:JE-1.1.1-a"): {"valeur": 41}}, {"JE-1.1.1-a"}),
    "d’une autre année": ({("pole", 2024, "i:JE-1.1.1-a"): {"valeur": 12}}, {"JE-1.1.1-a"}),
    "une réponse effacée": (
        {("mjc", 2025, "i:JE-1.1.2-a"): dict.fromkeys(("satisfaits", "repondants", "proposes"))},
        {"JE-1.1.2-a"},
    ),
    "« sans objet » et non plus vide": (
        {("pole", 2025, "i:JE-1.1.2-a"): {"repondants": "sans objet"}},
        {"JE-1.1.2-a"},
    ),
    "un terme d’un calcul, avec l’autre": (
        {("mjc", 2025, "i:JE-1.1.1-c"): {"valeur": 10}},
        {"JE-1.1.1-b", "JE-1.1.1-c", "JE-1.1.1-d"},
    ),
    "un effectif, avec le montant qui le dirait": (
        {("mjc", 2025, "i:JE-1.0.p1"): {"valeur": 3}},
        {"JE-1.0.p1", "JE-1.0.p2"},
    ),
    "les questionnaires proposés": (
        {("mjc", 2025, "i:JE-1.1.2-a"): {"satisfaits": 20, "repondants": 25, "proposes": 60}},
        {"JE-1.1.2-a"},
    ),
    "un texte": ({("mjc", 2025, "i:JE-1.1.3-a"): {"texte": "Un autre."}}, {"JE-1.1.3-a"}),
    "une année de plus": ({("pole", 2026, "i:JE-1.1.1-a"): {"valeur": 14}}, TOUTES),
}


def campagne(reponses: dict) -> CampagneMinuscule:
    une = CampagneMinuscule(MESURES, [structure("mjc", "gresilles"), structure("pole", "gresilles")])
    for (repondant_id, annee, cle), codes in reponses.items():
        une.repondre(repondant_id, annee, cle, **codes)
    return une


def publier(chemin, une: CampagneMinuscule) -> tuple[set[str], dict]:
    """Build in that database, empty or not: the measures made again, and everything that is published."""
    with duckdb.connect(str(chemin)) as connexion:
        assembler(connexion, une.referentiel, une.collecte(), "essai", dt.datetime(2026, 11, 21))
        refaites = {nom for (nom,) in connexion.execute("FROM mesure_a_refaire").fetchall()}
        tables = connexion.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'publication'"
        ).fetchall()
        publiees = {
            nom: sorted(map(repr, connexion.execute(f"FROM publication.{nom}").fetchall()))
            for (nom,) in tables
        }
        return refaites, publiees


@pytest.fixture(scope="module")
def depart(tmp_path_factory):
    """The warehouse of DEPART, all of whose measures were made; then what it publishes."""
    chemin = tmp_path_factory.mktemp("depart") / "entrepot"
    toutes, publiees = publier(chemin, campagne(DEPART))
    assert toutes == TOUTES
    return chemin, publiees


@pytest.fixture
def continue_(depart, tmp_path):
    return shutil.copy(depart[0], tmp_path / "continue")


@pytest.mark.parametrize(("change", "attendues"), CAS.values(), ids=CAS.keys())
def test_ce_qui_change_refait_ces_mesures(continue_, tmp_path, change, attendues):
    apres = campagne(DEPART | change)
    refaites, publiees = publier(continue_, apres)
    assert refaites == attendues
    assert publiees == publier(tmp_path / "neuf", apres)[1]


def test_les_memes_reponses_ailleurs_dans_la_feuille_ne_refont_rien(depart, continue_):
    refaites, apres = publier(continue_, campagne(dict(reversed(DEPART.items()))))
    assert (refaites, apres) == (set(), depart[1])


def test_le_montant_se_tait_quand_son_effectif_devient_petit(tmp_path):
    petit = {("mjc", 2025, "i:JE-1.0.p1"): {"valeur": 3}}
    etats = []
    for reponses in (DEPART, DEPART | petit, DEPART):
        une = campagne(reponses)
        with duckdb.connect(str(tmp_path / "entrepot")) as connexion:
            assembler(connexion, une.referentiel, une.collecte(), "essai", dt.datetime(2026, 11, 21))
            etats.append(Base(connexion).mesure("JE-1.0.p2")["etat"])
    assert etats == ["publie", "secret", "publie"]
