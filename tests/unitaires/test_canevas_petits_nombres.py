"""What may tell a small count of people is never copied into what is said of a cell."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.canevas.phrases.messages import anomalie
from etl.canevas.reponse.nombres import Nature, lire_nombre
from etl.canevas.reponse.petits_nombres import NonMontre, a_montrer, petit_possible
from etl.classeurs.passages import TexteBarre


@pytest.mark.parametrize(
    "lu",
    [
        *(
            "3 enfants",
            "3enfants",
            "trois",
            "Trois",
            "2 ou 3",
            "2-3",
            "=3",
            "=1+2",
            "=10-7",
            "20/5",
            "+3",
            "−3",
        ),
        *("3?", "3.", "3,0", "03", "env. 4", "moins de 5", "< 5", "5 au plus", "jusqu’à 5", "inférieur à 5"),
        *("4 r", "un ou deux", "une famille", "un couple", "３", "³", "½", "10 − 7", "5 max", "12 dont 3"),
        *(3, -3.0, 2.5, 4.9, True, dt.date(1900, 1, 3), dt.datetime(2025, 5, 12), dt.time(3)),
    ],
)
def test_ce_qui_peut_dire_un_petit_effectif(lu):
    assert petit_possible(lu, 5)


@pytest.mark.parametrize(
    "lu",
    [
        "environ 30",
        "30 enfants",
        "12 à 15",
        "nc",
        "?",
        "-",
        "voir annexe",
        "#DIV/0!",
        "0",
        "12,5",
        0,
        0.0,
        5,
        -30,
        12.5,
    ],
)
def test_ce_qui_aide_a_corriger_et_ne_dit_personne(lu):
    assert a_montrer(lu, 5) == lu


def test_un_nombre_lu_se_juge_a_sa_valeur():
    assert a_montrer("1 234", 5, 1234.0) == "1 234"
    assert a_montrer("0007", 5, 7.0) == "0007"
    assert isinstance(a_montrer("0003", 5, 3.0), NonMontre)


def test_le_seuil_est_celui_de_la_convention():
    assert not petit_possible("7 enfants", 5)
    assert petit_possible("7 enfants", 11)
    assert petit_possible("sept enfants", 11)


def test_la_phrase_dit_ce_qui_a_ete_lu_sans_le_recopier():
    dite = anomalie(
        "nombre_illisible", "a", "F10", a_montrer("3 enfants", 5), question="Q", attendu="un nombre"
    )
    assert dite.valeur_lue == "(non montré : petit effectif possible)"
    assert dite.message.startswith(
        "« Q » : le texte lu (non montré : petit effectif possible) n’est pas un nombre. On attend un nombre,"
    )


mots = st.sampled_from(["environ", "enfants", "à", "ou", "=", "-", "(", ")", "?", ".", "n°", ""])


@given(st.integers(1, 4) | st.sampled_from(["un", "deux", "trois", "quatre"]), mots, mots, st.booleans())
def test_aucun_entourage_ne_laisse_passer_un_petit_nombre(petit, avant, apres, colle):
    espace = "" if colle and isinstance(petit, int) else " "
    assert petit_possible(f"{avant}{espace}{petit}{espace}{apres}", 5)


@given(
    st.integers(20, 5000),
    st.integers(1, 4),
    st.booleans(),
    st.sampled_from(
        [
            "{n} (dont {m} filles)",
            "environ {n} (dont {m})",
            "{n}, dont {m} garçons",
            "{n} enfants ({m} en PMI)",
        ]
    ),
)
def test_un_nombre_lu_avec_une_remarque_ne_montre_jamais_un_petit_effectif(grand, petit, complement, forme):
    dit = grand - petit if complement else petit
    texte = forme.format(n=grand, m=dit)
    lu = lire_nombre(texte, Nature.ENTIER)
    assert lu.valeur == grand
    assert isinstance(a_montrer(texte, 5, lu.valeur, lu.remarque), NonMontre)


def test_un_petit_nombre_barre_n_est_pas_recopie_non_plus():
    assert isinstance(a_montrer(TexteBarre("27", "3"), 5), NonMontre)
    assert isinstance(a_montrer(TexteBarre("27", "25"), 5, 27, "barré : 25"), NonMontre)  # 2 more
    assert a_montrer(TexteBarre("27", "40"), 5, 27, "barré : 40") == "27"
