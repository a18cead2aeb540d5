"""Sentences: what they say, what they refuse to say, and never more than fifteen words."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctg import phrases

F = "\u202f"
MOUVEMENT = phrases.Mouvement(f"+{F}9{F}%", 2023, 2025, "publie", 12, 15)


@pytest.mark.parametrize(
    ("etats", "attendu"),
    [
        ({"atteint": 2, "en_progres": 7, "sans_cible": 3, "donnees_insuffisantes": 3},
         "9 fiches sur 15 avancent ; 3 attendent leurs données"),
        ({"en_progres": 12, "a_surveiller": 2, "decale": 1}, "12 fiches sur 15 avancent ; 2 à surveiller"),
        ({"en_progres": 1, "donnees_insuffisantes": 1}, "1 fiche sur 2 avance ; 1 attend ses données"),
        ({"sans_cible": 15}, "Aucune fiche sur 15 n’avance encore"),
        ({"donnees_insuffisantes": 15}, "Les fiches attendent encore leurs premières données"),
        ({}, "Les fiches attendent encore leurs premières données"),
    ],
)  # fmt: skip
def test_convention(etats, attendu):
    assert phrases.convention(etats) == attendu


def parts(*valeurs, additive=True, couverture=1.0):
    return phrases.parts(
        "Jeunes impliqués", "quartiers", valeurs, additive=additive, couverture=couverture, seuil=0.5
    )


A = ("Grésilles", 108.0, "publie", "108 jeunes")
B = ("Maladière", 49.0, "publie", "49 jeunes")
C = ("Montchapet", 49.0, "publie", "49 jeunes")
D = ("Université", 12.0, "publie", "12 jeunes")
ABSENT = ("Toison d’Or", None, "manquant", "non disponible")
SECRET = ("Bourroches", None, "secret", "secret statistique")


def test_un_nombre_dit_ses_deux_premiers():
    assert parts(D, A, B) == "D’abord Grésilles (108), puis Maladière (49)"


def test_les_ex_aequo_vont_ensemble():
    assert parts(A, B, C) == "D’abord Grésilles (108), puis Maladière et Montchapet (49)"
    assert parts(B, C, D) == "D’abord Maladière et Montchapet (49), puis Université (12)"


def test_un_absent_est_dit():
    assert parts(A, B, ABSENT) == "D’abord Grésilles (108), puis Maladière (49), sur 2 quartiers connus"


def test_un_taux_dit_son_etendue_sauf_si_une_part_est_secrete():
    haut = ("Grésilles", 89.8, "publie", f"89,8{F}%")
    bas = ("Maladière", 80.0, "publie", f"80,0{F}%")
    assert parts(bas, haut, additive=False) == f"De 80,0{F}% (Maladière) à 89,8{F}% (Grésilles)"
    assert parts(bas, haut, SECRET, additive=False) == (
        f"Le plus haut montré : Grésilles (89,8{F}%), une partie étant secrète"
    )


def test_sous_le_seuil_rien_n_est_compare():
    assert parts(A, B, ABSENT, couverture=0.49) == "Jeunes impliqués : 2 quartiers sur 3 à ce jour"
    assert parts(A, ABSENT) == "Jeunes impliqués : 1 quartier sur 2 à ce jour"
    assert parts(A, SECRET) == "Jeunes impliqués : 1 quartier sur 2 hors secret statistique"
    assert parts(A, SECRET, ABSENT) == "Jeunes impliqués : 1 quartier sur 3 à ce jour"
    assert parts(ABSENT, SECRET) == "Jeunes impliqués : rien à montrer par quartier"


def test_toutes_egales():
    assert parts(B, C) == "Jeunes impliqués : même valeur dans 2 quartiers"


@pytest.mark.parametrize(
    ("change", "attendu"),
    [
        ({}, f"+{F}9{F}% depuis 2023, chez les mêmes répondants"),
        ({"nb_communes": 1, "nb_attendues": 1}, f"+{F}9{F}% depuis 2023"),
        ({"affichage": "0,0 point"}, "Sans changement depuis 2023, chez les mêmes répondants"),
        ({"nb_communes": 7}, "Jeunes impliqués : trop peu de répondants communs pour une évolution"),
        ({"etat": "secret"}, "Jeunes impliqués : pas encore d’évolution comparable"),
        ({"etat": "manquant"}, "Jeunes impliqués : pas encore d’évolution comparable"),
    ],
)
def test_evolution(change, attendu):
    mouvement = dataclasses.replace(MOUVEMENT, **change)
    assert phrases.evolution("Jeunes impliqués", mouvement, 0.5) == attendu


def test_une_seule_annee_dit_qui_a_repondu():
    assert phrases.seule_annee("37 projets", 2024, "7 répondants sur 12") == (
        "37 projets en 2024, selon 7 répondants sur 12"
    )


def test_evolution_sans_comparaison():
    assert phrases.evolution("Jeunes", None, 0.5) == "Jeunes : pas encore d’évolution comparable"


@pytest.mark.parametrize(
    ("arguments", "attendu"),
    [
        ((0, 0, 0), "Aucun répondant n’est encore attendu"),
        ((164, 178, 1), f"92{F}% des réponses attendues ; 1 case encore sans réponse"),
        ((178, 178, 0), f"100{F}% des réponses attendues sont arrivées"),
    ],
)
def test_couverture(arguments, attendu):
    assert phrases.couverture(*arguments) == attendu


def test_jalons():
    assert phrases.jalons(4, 0) == "Aucun jalon réalisé sur 4"
    assert phrases.jalons(4, 1) == "1 jalon sur 4 réalisé"
    assert phrases.jalons(4, 3) == "3 jalons sur 4 réalisés"


@pytest.mark.parametrize(
    ("source", "attendu"),
    [
        ("001:1169", "document 001, ligne 1169"),
        ("001:1169-1170", "document 001, lignes 1169-1170"),
        ("propose", "proposé, à valider"),
        ("décret tertiaire", "décret tertiaire"),
    ],
)
def test_source_imprimee(source, attendu):
    assert phrases.source_imprimee(source) == attendu


noms = st.text(alphabet="abcdefgh ", min_size=1, max_size=120).filter(str.strip)
quartiers = st.lists(
    st.tuples(
        st.sampled_from(["Fontaine d’Ouche", "Toison d’Or", "Chevreul-Parc", "Grésilles"]),
        st.floats(0, 1e6),
        st.sampled_from(["publie", "secret", "manquant"]),
        st.just(f"1{F}240 jeunes"),
    ),
    max_size=9,
)


def mots(phrase):
    """Words of a sentence; French puts its double signs apart, they are no words."""
    return [mot for mot in phrase.split() if any(signe.isalnum() for signe in mot)]


@given(noms, quartiers, st.booleans(), st.floats(0, 1))
def test_jamais_plus_de_quinze_mots_ni_une_valeur_cachee(mesure, valeurs, additive, couverture):
    uniques = list({nom: (nom, *reste) for nom, *reste in valeurs}.values())
    phrase = phrases.parts(mesure, "quartiers", uniques, additive=additive, couverture=couverture, seuil=0.5)
    assert len(mots(phrase)) <= phrases.MOTS_MAX
    for nom, _, etat, _ in uniques:
        if etat != "publie":
            assert nom not in phrase


@given(st.dictionaries(st.sampled_from(["atteint", "en_progres", "a_surveiller", "donnees_insuffisantes"]),
                       st.integers(0, 15)))  # fmt: skip
def test_la_convention_tient_en_quinze_mots(etats):
    assert len(mots(phrases.convention(etats))) <= phrases.MOTS_MAX


@pytest.mark.parametrize(
    ("texte", "mots", "attendu"),
    [
        ("Améliorer les espaces éducatifs", 8, "Améliorer les espaces éducatifs"),
        (
            "Écrire le schéma pluriannuel de maintien et de développement",
            8,
            "Écrire le schéma pluriannuel de maintien…",
        ),
        ("Une étape dans la relation entre les associations", 7, "Une étape dans la relation…"),
        ("Garantir, pour tous les enfants", 4, "Garantir…"),
        ("de la", 1, "de…"),
    ],
)
def test_un_texte_abrege_ne_finit_pas_sur_un_mot_qui_annonce(texte, mots, attendu):
    assert phrases.abreger(texte, mots) == attendu
