"""The adversary itself: it solves what it should, finds each door that is open, never claims a wrong number.

Doors are opened here by showing what only the second barrier hides (`sans_complement`): the adversary is
judged on them, the masking elsewhere (tests/unitaires/test_rien_ne_se_deduit.py).
"""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exemples.attaque.algebre import Contradiction, Savoir
from tests.exemples.attaque.bornes import Bornes
from tests.exemples.attaque.lecture import lire
from tests.exemples.attaque.mesures import Mesure, Publie
from tests.exemples.attaque.voisin import Fuite, attaquer
from tests.exemples.campagne_a_secrets import construire, structures, tirer
from tests.exemples.campagne_minuscule import FICHE

_COMMUNES = ("indicateur_id", "niveau", "territoire_id", "type_structure")
_CLES = {
    "mesure": (*_COMMUNES, "perimetre", "periode_id", "ventilation", "modalite"),
    "evolution": (*_COMMUNES, "base", "annee", "perimetre"),
}


def sans_complement(base):
    """Publish every number that is no small count itself, as if masking stopped at its first barrier."""
    publie = lire(base.connexion)
    for ligne in publie.lignes:
        valeurs = {part: publie.vrai(vecteur) for part, vecteur in ligne.grandeurs.items()}
        petites = [v for v in valeurs.values() if publie.petit(v)] or publie.dit_un_petit_effectif(ligne)
        rapport = ligne.mesure.forme == "rapport"
        if ligne.etat != "secret" or petites or ligne.mesure.operation:
            continue
        if rapport and (ligne.table == "evolution" or valeurs["denominateur"] < publie.taux):
            continue
        if rapport:
            valeurs["valeur"] = float(ligne.mesure.facteur * valeurs["numerateur"]) / valeurs["denominateur"]
        poser = ", ".join(f"{part} = ?" for part in valeurs)
        cles = " AND ".join(f"{nom} = ?" for nom in _CLES[ligne.table])
        base.connexion.execute(
            f"UPDATE publication.{ligne.table} SET etat = 'publie', {poser} WHERE {cles}",
            [*map(float, valeurs.values()), *ligne.cle],
        )
    return base


def test_ce_qui_suit_des_sommes_connues_et_rien_de_plus():
    savoir = Savoir()
    savoir.apprendre({"a": 1, "b": 1, "c": 1}, 20)
    savoir.apprendre({"b": 1, "c": 1}, 18)
    savoir.apprendre({"c": 3, "d": -1}, 0)
    assert savoir.valeur({"a": 1}) == 2
    assert savoir.valeur({"b": 2, "c": 2}) == 36
    assert savoir.valeur({"b": 1}) is None
    assert savoir.valeur({}) == 0
    savoir.apprendre({"d": 2}, 15)
    assert savoir.valeur({"b": 1}) == Fraction(31, 2)
    assert not savoir.apprendre({"a": 1, "b": 2}, 33)
    with pytest.raises(Contradiction):
        savoir.apprendre({"a": 1}, 3)


nombres = st.integers(-4, 4)


@given(
    verite=st.lists(st.integers(0, 30), min_size=4, max_size=4),
    lignes=st.lists(st.lists(nombres, min_size=4, max_size=4), max_size=6),
    melange=st.lists(nombres, min_size=6, max_size=6),
    cible=st.lists(nombres, min_size=4, max_size=4),
)
def test_ce_qui_est_deduit_est_vrai(verite, lignes, melange, cible):
    savoir = Savoir()

    def vaut(ligne):
        return sum(c * v for c, v in zip(ligne, verite, strict=True))

    for ligne in lignes:
        savoir.apprendre({i: c for i, c in enumerate(ligne) if c}, vaut(ligne))
    combinee = [sum(fois * ligne[i] for fois, ligne in zip(melange, lignes, strict=False)) for i in range(4)]
    assert savoir.valeur({i: c for i, c in enumerate(combinee) if c}) == vaut(combinee)
    assert savoir.valeur({i: c for i, c in enumerate(cible) if c}) in (None, vaut(cible))


def test_des_nombres_entiers_laissent_moins_de_choix_qu_une_equation():
    jeunes, inscrits = (("N", nom, "x", "2025", "total", "total", "valeur") for nom in "ab")
    mesure = Mesure("N", "nombre", "personne", "denombrement", None, None, None, Fraction(1), None)
    publie = Publie({"N": mesure}, set(), 5, 11, verite={jeunes: 1, inscrits: 13})
    savoir = Savoir()
    savoir.apprendre({jeunes: 22, inscrits: 3}, 61)
    assert Bornes(publie, savoir).valeur({inscrits: 1}) == 13
    un_de_plus = Savoir()
    un_de_plus.apprendre({jeunes: 22, inscrits: 2}, 48)
    assert Bornes(publie, un_de_plus).valeur({inscrits: 1}) is None


def simples(*valeurs, annee=2025, cle="i:L", code="valeur", noms="abcdef"):
    return {(nom, annee, cle, code): v for nom, v in zip(noms, valeurs, strict=False) if v is not None}


# a, b, e, f are centres sociaux and c, d are not; a, c, e are at Grésilles, b, d, f at Université
PORTES = {
    "une structure, par son quartier": (
        simples(3, 12, 20, 15, 30, 40),
        ("effectif", "structure", "territoires", ("L", "structure", "a"), 3),
    ),
    "un quartier, par la ville": (
        {(FICHE, 2025, f"i:A@{lieu}", "valeur"): n
         for lieu, n in (("gresilles", 3), ("universite", 20), ("ville", 9))},
        ("effectif", "quartier", "territoires", ("A", "quartier", "gresilles"), 3),
    ),
    "deux cases d’une personne": (
        simples(1, 12, None, 15, 1, 40),
        ("effectif", "structure", "bornes", ("L", "structure", "e"), 1),
    ),
    "une modalité, par le total": (
        {("a", 2025, "i:P", "valeur"): 30} | {("a", 2025, f"i:P#sexe={m}", "valeur"): n
                                             for m, n in (("femmes", 20), ("hommes", 7), ("non-precise", 3))},
        ("effectif", "structure", "ventilations", ("P", "structure", "a"), 3),
    ),
    "un trimestre, par l’année": (
        {("a", 2025, "i:Q", f"T{n}"): v for n, v in enumerate((10, 20, 2, 30), 1)},
        ("effectif", "structure", "périodes", ("Q", "structure", "a"), 2),
    ),
    "une structure, par sa voisine au périmètre constant": (
        simples(3, annee=2024) | simples(30, annee=2024, noms="e") | simples(4) | simples(31, noms="e"),
        ("effectif", "structure", "périmètre constant", ("L", "structure", "a"), 4),
    ),
    "une structure, par l’évolution de sa voisine": (
        simples(3, annee=2024) | simples(30, annee=2024, noms="e") | simples(6) | simples(31, noms="e"),
        ("effectif", "structure", "évolutions", ("L", "structure", "a"), 3),
    ),
    "un taux, par celui de sa voisine": (
        simples(9, None, 20, code="numerateur", cle="i:T")
        | simples(10, None, 40, code="denominateur", cle="i:T"),
        ("taux", "structure", "territoires", ("T", "structure", "a"), (9, 10)),
    ),
    "une bourse, par le montant des autres": (
        {(FICHE, 2025, f"i:{m}@{lieu}", "valeur"): n * f for m, f in (("B", 1), ("E", 300))
         for lieu, n in (("gresilles", 3), ("universite", 20))},
        ("montant", "quartier", "territoires", ("E", "quartier", "gresilles"), 900),
    ),
    "dix-huit satisfaits sur vingt": (
        simples(18, code="satisfaits", cle="i:S") | simples(20, code="repondants", cle="i:S"),
        ("reste d’un taux", "structure", "parts", ("S", "structure", "a"), 2),
    ),
}  # fmt: skip


# rows that the second barrier would hide there; another row gives them away
FERMEES = {
    "une structure, par sa voisine au périmètre constant": """
        territoire_id IN ('e', 'dijon') AND perimetre = 'tous'""",
    "une structure, par l’évolution de sa voisine": "territoire_id IN ('e', 'dijon') AND annee = 2024",
}


def trouvee(fuites: list[Fuite], attendue) -> bool:
    genre, niveau, famille, debut, valeur = attendue
    return any(
        (f.genre, f.niveau, f.famille, f.cle[:3], f.valeur) == (genre, niveau, famille, debut, valeur)
        for f in fuites
    )


@pytest.mark.parametrize("porte", PORTES)
def test_chaque_porte_ouverte_est_trouvee(porte):
    reponses, attendue = PORTES[porte]
    base = sans_complement(construire(structures(6, itinerante=False), reponses))
    if fermees := FERMEES.get(porte):
        base.connexion.execute(f"DELETE FROM publication.mesure WHERE {fermees}")
    fuites = attaquer(base.connexion)
    assert trouvee(fuites, attendue), fuites


def test_rien_n_est_affirme_de_ce_qui_a_deux_reponses_possibles():
    base = sans_complement(construire(structures(6, itinerante=False), simples(2, 12, None, 15, 4, 40)))
    assert not [f for f in attaquer(base.connexion) if f.genre == "effectif"]


@pytest.mark.parametrize("graine", range(2))
def test_tout_ce_qui_est_affirme_est_vrai(graine):
    hasard = Random(graine)
    toutes = structures(hasard.randint(3, 6), hasard.random() < 0.5)
    # attaquer() compares each derivation with the answer, and says AssertionError for a wrong one
    assert attaquer(sans_complement(construire(toutes, tirer(hasard, toutes))).connexion)
