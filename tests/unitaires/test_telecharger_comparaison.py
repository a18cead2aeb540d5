"""What may replace what: thresholds worked out by hand on readings of a few figures."""

import contextlib
import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from etl.anomalie import Anomalie
from etl.sources.modele import LectureSource, Observation, Territoire, table_arrow
from etl.telechargement import comparaison
from etl.telechargement.comparaison import comparer
from etl.telechargement.echecs import Echec
from etl.telechargement.integrite import TAILLE_MINIMALE

IRIS = [f"2123101{n:02}" for n in range(1, 11)]
VARIABLES = [f"v{n}" for n in range(1, 9)]


def lecture(annees, *, variables=VARIABLES, lieux=IRIS, niveau="iris", sauf=(), ajout=0, doutes=0):
    """One figure per variable, place and year; `sauf`: (variable, place, year) that are not published."""
    observations = [
        Observation("s", v, niveau, lieu, a, None if cache else 10.0 * rang + ajout, etat, None, rang, v)
        for rang, lieu in enumerate(lieux, start=2)
        for v in variables
        for a in annees
        for cache in [(v, lieu, a) in sauf]
        for etat in ["secret" if cache else "publie"]
    ]
    return LectureSource(
        "s",
        "accepte",
        "",
        max(annees),
        table_arrow(observations),
        tuple(Territoire(niveau, lieu, lieu, "21231") for lieu in lieux),
        tuple(Anomalie(None, None, "a_confirmer", "r", f"doute {n}.") for n in range(doutes)),
    )


def caches(nombre, annee):
    """The first figures of a year, one place after the other."""
    return {(v, lieu, annee) for lieu, v in list(itertools.product(IRIS, VARIABLES))[:nombre]}


ACCEPTES = {
    "le même": ([2020], {}, [2020], {}),
    "une année de plus": ([2019, 2020], {}, [2019, 2020, 2021], {}),
    "une série qui glisse": ([2018, 2019, 2020], {}, [2019, 2020, 2021], {}),
    "tous les millésimes d’un recensement changent": ([2011, 2016, 2022], {}, [2012, 2017, 2023], {}),
    "un millésime de deux variables de moins sur huit": ([2020], {}, [2021], {"variables": VARIABLES[2:]}),
    "un millésime de deux variables de plus": ([2020], {"variables": VARIABLES[2:]}, [2021], {}),
    "4 chiffres cachés sur 80 ensuite": ([2020], {}, [2020], {"sauf": caches(4, 2020)}),
    "un millésime qui cache 20 chiffres sur 80": ([2020], {}, [2021], {"sauf": caches(20, 2021)}),
    "une école fermée sur dix": (
        [2020],
        {"niveau": "ecole"},
        [2020],
        {"niveau": "ecole", "lieux": IRIS[1:]},
    ),
    "une école fermée, dans une série": (
        [2019, 2020],
        {"niveau": "ecole"},
        [2019, 2020, 2021],
        {"niveau": "ecole", "lieux": IRIS[1:]},
    ),
    "des effectifs d’écoles tous mis à jour": (
        [2020],
        {"niveau": "ecole"},
        [2020],
        {"niveau": "ecole", "ajout": 1},
    ),
    "un millésime qui a des doutes": ([2020], {}, [2021], {"doutes": 2}),
    "ce qui est là ne donne rien": ([2020], {"sauf": caches(80, 2020)}, [2019], {}),
}

REFUSES = {
    "tout vidé": ([2020], {}, [2020], {"sauf": caches(80, 2020)}, "(aucune au lieu de 2020)"),
    "5 chiffres cachés sur 80": ([2020], {}, [2020], {"sauf": caches(5, 2020)}, "75 au lieu de 80"),
    "un millésime qui en cache 21": ([2020], {}, [2021], {"sauf": caches(21, 2021)}, "59 au lieu de 80"),
    "une variable perdue": (
        [2020],
        {},
        [2020],
        {"variables": VARIABLES[1:]},
        "1 variable sur 8, ou en perd des années (v1)",
    ),
    "la moitié des variables, dans un millésime": (
        [2020],
        {},
        [2021],
        {"variables": VARIABLES[4:]},
        "4 variables sur 8, ou en perd des années (v1, v2, v3, v4)",
    ),
    "cinq années perdues": (
        range(2015, 2023),
        {},
        range(2015, 2018),
        {},
        "2015 à 2017 au lieu de 2015 à 2022",
    ),
    "les premières années perdues": (
        range(2015, 2023),
        {},
        range(2018, 2023),
        {},
        "2018 à 2022 au lieu de 2015 à 2022",
    ),
    "plus d’années perdues que gagnées": (
        [2018, 2019, 2020],
        {},
        [2020, 2021],
        {},
        "2020 à 2021 au lieu de 2018 à 2020",
    ),
    "un millésime plus ancien": ([2020], {}, [2019], {}, "2019 au lieu de 2020"),
    "un autre millésime sous la même année": ([2020], {}, [2020], {"ajout": 1}, "80 changés sur 80"),
    "une variable arrêtée": (
        [2019, 2020],
        {},
        [2019, 2020],
        {"sauf": {("v1", lieu, 2020) for lieu in IRIS}},
        "(v1)",
    ),
    "un passé effacé derrière une année de plus": (
        [2018, 2019, 2020],
        {},
        [2018, 2019, 2020, 2021],
        {"sauf": caches(13, 2019)},
        "227 au lieu de 240",
    ),
    "un IRIS de moins": ([2020], {}, [2020], {"lieux": IRIS[1:]}, "9 au lieu de 10"),
    "un IRIS pour un autre": ([2020], {}, [2021], {"lieux": [*IRIS[1:], "212319999"]}, "9 au lieu de 10"),
    "deux écoles fermées sur dix": (
        [2020],
        {"niveau": "ecole"},
        [2020],
        {"niveau": "ecole", "lieux": IRIS[2:]},
        "8 au lieu de 10",
    ),
    "plus de doutes": (
        [2020],
        {"doutes": 1},
        [2020],
        {"doutes": 2},
        "moins sûr que celui qui est là : doute 0.",
    ),
}


@pytest.mark.parametrize("cas", ACCEPTES)
def test_un_millesime_legitime_passe(cas):
    tenues, ancien, recues, nouveau = ACCEPTES[cas]
    comparer(lecture(recues, **nouveau), lecture(tenues, **ancien))


@pytest.mark.parametrize("cas", REFUSES)
def test_ce_qui_tient_moins_ou_dit_autre_chose_est_refuse(cas):
    tenues, ancien, recues, nouveau, phrase = REFUSES[cas]
    with pytest.raises(Echec) as refus:
        comparer(lecture(recues, **nouveau), lecture(tenues, **ancien))
    assert phrase in str(refus.value)
    assert "retirez d’abord l’ancien fichier" in str(refus.value)


@pytest.mark.parametrize(("corriges", "passe"), [(5, True), (6, False)])
def test_une_moitie_des_chiffres_peut_etre_corrigee(corriges, passe):
    change = [o | {"valeur": o["valeur"] + 1} for o in lecture([2020]).observations.to_pylist()]
    lignes = [o for o in change if o["territoire_id"] in IRIS[:corriges]]
    lignes += [o for o in lecture([2020]).observations.to_pylist() if o["territoire_id"] in IRIS[corriges:]]
    corrigee = replace(lecture([2020]), observations=table_arrow(Observation(**o) for o in lignes))
    with contextlib.nullcontext() if passe else pytest.raises(Echec, match="48 changés sur 80"):
        comparer(corrigee, lecture([2020]))


def test_un_annuaire_dont_des_lignes_retardent_se_remplace():
    """The year of a line is its last update: those of 2025 become 2026, nothing is lost."""
    retard = {("effectif", lieu, 2026) for lieu in IRIS[:4]} | {("effectif", lieu, 2025) for lieu in IRIS[4:]}
    ancien = lecture([2025, 2026], variables=["effectif"], niveau="ecole", sauf=retard)
    comparer(lecture([2026], variables=["effectif"], niveau="ecole", ajout=3), ancien)


def test_une_colonne_vide_dans_un_annuaire_est_une_perte():
    ancien = lecture([2026], variables=["effectif", "ips"], niveau="ecole")
    with pytest.raises(Echec, match=r"\(ips\)"):
        comparer(lecture([2026], variables=["effectif"], niveau="ecole"), ancien)


def test_la_documentation_dit_chaque_seuil():
    page = (Path(__file__).parents[2] / "docs" / "telecharger.md").read_text(encoding="utf-8")
    seuils = vars(comparaison) | {"TAILLE_MINIMALE": TAILLE_MINIMALE}
    for nom, part in seuils.items():
        if nom.startswith(("PART_", "TAILLE_")):
            ou = page.index(f"`{nom}`")
            assert f"{part:.0%}".replace("%", " %") in page[ou - 80 : ou]
