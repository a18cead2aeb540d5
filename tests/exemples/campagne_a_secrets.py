"""Small conventions full of small counts: every way of adding up that the product knows, on a few structures.

Answers are {(respondent, year, line of the form, code): number}, so that a test reads, and cuts, what was
answered.
"""

from random import Random

from tests.exemples.campagne_minuscule import FICHE, Base, CampagneMinuscule, indicateur, structure

QUARTIERS = ("gresilles", "universite")
TYPES = ("centre-social", "alsh-adolescents")
ANNEES = (2023, 2024, 2025)
_TRIMESTRES = ("T1", "T2", "T3", "T4")
_SEXES = ("femmes", "hommes", "non-precise")
_DONT = ("monoparental", "handicap")
_GENS = {"unite": "jeunes", "unite_statistique": "personne", "types_repondants": TYPES}
_TAUX = {"unite": "%", "types_repondants": TYPES, "unite_statistique": "famille"}
_REFERENT = {
    "repondant": "R-JE",
    "types_repondants": (),
    "unite": "jeunes",
    "unite_statistique": "personne",
    "par_quartier": True,
}
_EUROS = _REFERENT | {"unite": "euros", "unite_statistique": "euro"}

Reponses = dict[tuple[str, int, str, str], int]

MESURES = [
    indicateur("P", ventilations=("sexe",), agregation_structures="somme_doubles", **_GENS),
    indicateur("Q", granularite="trimestre", agregation_periodes="somme", **_GENS),
    indicateur("L", par_quartier=True, **_GENS),
    indicateur("T", "rapport", ventilations=("public",), **_TAUX),
    indicateur("S", "satisfaction", types_repondants=TYPES),
    indicateur("A", **_REFERENT),
    indicateur("B", **_REFERENT),
    indicateur("D", "calcul", calcul="difference:A:B", agregation_structures="somme", **_REFERENT),
    indicateur("R", "calcul", calcul="rapport:A:B", **(_REFERENT | {"unite": "%"})),
    indicateur("E", secret_avec="B", **_EUROS),
]


def structures(nombre: int, itinerante: bool) -> list:
    """`nombre` structures of two types in two quartiers, the last one itinerant if asked."""
    lieux = [structure(nom, QUARTIERS[i % 2], TYPES[i // 2 % 2]) for i, nom in enumerate("abcdef"[:nombre])]
    if itinerante:
        lieux[-1] = structure(lieux[-1].structure_id, "ville", lieux[-1].type_id, multisite=True)
    return lieux


def tirer(hasard: Random, toutes: list) -> Reponses:
    """Answers of these structures, and of the référent: counts around the thresholds, some never given."""

    def compte() -> int:
        return hasard.choice((0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 20, 30))

    reponses: Reponses = {}
    for annee in ANNEES[: hasard.randint(1, 3)]:
        for s in toutes:
            qui = s.structure_id, annee
            if hasard.random() < 0.15:
                continue
            parts = [compte() for _ in _SEXES]
            reponses[*qui, "i:P", "valeur"] = sum(parts)
            if hasard.random() < 0.8:
                reponses |= {(*qui, f"i:P#sexe={m}", "valeur"): n for m, n in zip(_SEXES, parts, strict=True)}
            for trimestre in _TRIMESTRES[hasard.random() < 0.2 :]:
                reponses[*qui, "i:Q", trimestre] = compte()
            for lieu in QUARTIERS if s.multisite else (s.quartier_id,):
                if hasard.random() < 0.9:
                    reponses[*qui, f"i:L@{lieu}" if s.multisite else "i:L", "valeur"] = compte()
            numerateur = compte()
            reponses[*qui, "i:T", "numerateur"] = numerateur
            reponses[*qui, "i:T", "denominateur"] = numerateur + compte()
            for dont in _DONT:
                reponses[*qui, f"i:T#public={dont}", "numerateur"] = hasard.randint(0, numerateur)
            satisfaits = compte()
            repondants = satisfaits + compte()
            reponses |= {(*qui, "i:S", "satisfaits"): satisfaits, (*qui, "i:S", "repondants"): repondants}
            if hasard.random() < 0.7:
                reponses[*qui, "i:S", "proposes"] = repondants + 20
        for lieu in (*QUARTIERS, "ville"):
            b = compte()
            for nom, valeur in (("A", b + compte()), ("B", b), ("E", 300 * b)):
                if hasard.random() < 0.85:
                    reponses[FICHE, annee, f"i:{nom}@{lieu}", "valeur"] = valeur
    return reponses


def construire(toutes: list, reponses: Reponses, mesures: list | None = None) -> Base:
    """The warehouse of these answers."""
    campagne = CampagneMinuscule(mesures or MESURES, toutes)
    for (qui, annee, cle, code), valeur in reponses.items():
        campagne.repondre(qui, annee, cle, **{code: valeur})
    return campagne.construire()
