"""A measure and its breakdown both said by the row, as centres sociaux write them: made-up figures.

Each shape is (name of the file, its sheets, what a person reads there).
"""

from collections.abc import Callable

from tests.exemples.brouillon_accepte import Valeurs
from tests.exemples.classeurs_de_gestionnaire import Feuilles
from tests.exemples.classeurs_titres import Forme

INSERTION, ACTIFS, ENFANTS, PROJETS = "i:JE-1.1.1-a", "i:JE-2.4.1-a", "i:EN-1.0.p1", "i:JE-1.1.2-a"
CENTRES = {
    "La Maison-Phare": "maison-phare",
    "CS-MJC Montchapet": "cs-mjc-montchapet",
    "Archipel": "archipel",
    "Espace Baudelaire": "espace-baudelaire",
}
MOTS = "Jeunes différents impliqués dans un projet d’insertion"
FILLES, GARCONS = "sexe=femmes", "sexe=hommes"


def _comptes(rang: int) -> dict[str, int]:
    """Girls, boys, children by age, projects of a centre."""
    base = 20 + 7 * rang
    return {"filles": base, "garcons": base + 3, "6-11": base + 30, "12-17": base + 11, "projets": 5 + rang}


def _attendues(*lues: tuple[str, str | None, Callable[[dict[str, int]], int]]) -> Valeurs:
    return {
        (identifiant, 2025, mesure, modalite): compte(_comptes(rang))
        for rang, identifiant in enumerate(CENTRES.values())
        for mesure, modalite, compte in lues
    }


def _jeunes(c: dict[str, int]) -> int:
    return c["filles"] + c["garcons"]


PAR_SEXE = (
    (INSERTION, None, _jeunes),
    (INSERTION, FILLES, lambda c: c["filles"]),
    (INSERTION, GARCONS, lambda c: c["garcons"]),
)
PROJETS_LUS = (PROJETS, None, lambda c: c["projets"])


def dont_sous_la_mesure() -> Forme:
    """« dont filles » under what it details; under a row that is no measure, it details nothing asked."""
    feuilles: Feuilles = {}
    for rang, nom in enumerate(CENTRES):
        c = _comptes(rang)
        feuilles[nom] = [
            ["Bilan jeunesse 2025"],
            [],
            ["Indicateur", "2025", "Commentaire"],
            [MOTS, _jeunes(c), ""],
            ["dont filles", c["filles"], "+ 2"],
            ["   dont garçons", c["garcons"], ""],
            ["Sorties familiales", 40, ""],
            ["dont filles", 12, ""],
            ["Projets initiés par les jeunes", c["projets"], ""],
        ]
    return "jeunesse.xlsx", feuilles, _attendues(*PAR_SEXE, PROJETS_LUS)


def une_colonne_de_detail() -> Forme:
    """The measure written once for its three rows, its detail in the next column."""
    feuilles: Feuilles = {}
    for rang, nom in enumerate(CENTRES):
        c = _comptes(rang)
        feuilles[nom] = [
            ["Indicateur", "Détail", "2025"],
            [MOTS, "Total", _jeunes(c)],
            ["", "Filles", c["filles"]],
            ["", "Garçons", c["garcons"]],
            ["Participants aux séjours", "Total", 30],
            ["", "Filles", 14],
            ["Projets initiés par les jeunes", "", c["projets"]],
        ]
    return "bilan.xlsx", feuilles, _attendues(*PAR_SEXE, PROJETS_LUS)


def dans_le_meme_libelle() -> Forme:
    """« Jeunes… – dont filles », the structures in columns."""
    comptes = [_comptes(rang) for rang in range(len(CENTRES))]
    rangees: list[list[object]] = [
        ["Indicateur 2025", *CENTRES],
        [MOTS, *map(_jeunes, comptes)],
        [f"{MOTS} – dont filles", *(c["filles"] for c in comptes)],
        [f"{MOTS} (dont garçons)", *(c["garcons"] for c in comptes)],
        [f"{MOTS} – dont mineurs isolés", 1, 2, 3, 4],
        ["Projets initiés par les jeunes", *(c["projets"] for c in comptes)],
    ]
    return "comparatif_2025.xlsx", {"Synthèse": rangees}, _attendues(*PAR_SEXE, PROJETS_LUS)


def le_detail_en_colonnes() -> Forme:
    """What the columns break down, their total last; a target beside it."""
    feuilles: Feuilles = {}
    for rang, nom in enumerate(CENTRES):
        c = _comptes(rang)
        feuilles[nom] = [
            ["Indicateur", "Objectif", "Filles", "Garçons", "Total"],
            [MOTS, 100, c["filles"], c["garcons"], _jeunes(c)],
            ["Jeunes impliqués", 90, c["filles"] - 5, c["garcons"] - 5, _jeunes(c) - 10],
            ["Projets initiés par les jeunes", 10, "", "", c["projets"]],
        ]
    actifs = (
        (ACTIFS, None, lambda c: _jeunes(c) - 10),
        (ACTIFS, FILLES, lambda c: c["filles"] - 5),
        (ACTIFS, GARCONS, lambda c: c["garcons"] - 5),
    )
    return "tableau_2025.xlsx", feuilles, _attendues(*PAR_SEXE, *actifs, PROJETS_LUS)


def une_ligne_par_structure_et_par_sexe() -> Forme:
    rangees: list[list[object]] = [["Centre", "Sexe", MOTS, "Projets initiés par les jeunes"]]
    for rang, nom in enumerate(CENTRES):
        c = _comptes(rang)
        rangees += [[nom, "Filles", c["filles"], ""], [nom, "Garçons", c["garcons"], ""]]
        rangees += [[nom, "Ensemble", _jeunes(c), c["projets"]]]
    return "jeunes_2025.xlsx", {"Jeunes": rangees}, _attendues(*PAR_SEXE, PROJETS_LUS)


def par_sexe_puis_par_age() -> Forme:
    """Under each title, rows that announce a breakdown; an age the convention does not ask."""
    rangees: list[list[object]] = [["Public accueilli"], []]
    for rang, nom in enumerate(CENTRES):
        c = _comptes(rang)
        rangees += [[nom], ["Public", 2025], [MOTS, _jeunes(c)], ["Par sexe :", ""]]
        rangees += [["- Filles", c["filles"]], ["- Garçons", c["garcons"]]]
        rangees += [["Enfants différents accueillis", c["6-11"] + c["12-17"]]]
        rangees += [["dont 6-11 ans", c["6-11"]], ["dont 12/17 ans", c["12-17"]], ["dont 6-8 ans", 9], []]
    ages = (
        (ENFANTS, None, lambda c: c["6-11"] + c["12-17"]),
        (ENFANTS, "age-enfants=6-11", lambda c: c["6-11"]),
        (ENFANTS, "age-enfants=12-17", lambda c: c["12-17"]),
    )
    return "public.xlsx", {"Public": rangees}, _attendues(*PAR_SEXE, *ages)


FORMES: tuple[Callable[[], Forme], ...] = (
    dont_sous_la_mesure,
    une_colonne_de_detail,
    dans_le_meme_libelle,
    le_detail_en_colonnes,
    une_ligne_par_structure_et_par_sexe,
    par_sexe_puis_par_age,
)
