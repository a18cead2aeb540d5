"""Runs of text of one cell: what is raised above the line, what is struck, and what remains to be read."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.classeurs.passages import Passage, TexteBarre, barrer, composer


def _haut(texte: str) -> Passage:
    return Passage(texte, decale=True)


def _barre(texte: str) -> Passage:
    return Passage(texte, barre=True)


@pytest.mark.parametrize(
    ("passages", "texte"),
    [
        ((Passage("12"), _haut("5")), "12⁵"),
        ((Passage("12"), _haut("10")), "12¹⁰"),
        ((Passage("12"), _haut(" (1)")), "12¹"),
        ((Passage("12"), _haut("1, 2")), "12¹, ²"),
        ((Passage("12"), _haut("a")), "12 [a]"),
        ((Passage("12 "), _haut("*")), "12 *"),
        ((Passage("250 m"), _haut("2")), "250 m²"),
        ((Passage("1"), _haut("er")), "1er"),
        ((Passage("2"), _haut("e")), "2e"),
        ((_haut("12"), _haut(" enfants")), "12 enfants"),  # small letters all along: no note
        ((Passage("1"), Passage(" 234")), "1 234"),
        ((), ""),
    ],
)
def test_ce_qui_est_au_dessus_de_la_ligne_n_allonge_pas_le_nombre(passages, texte):
    compose = composer(passages)
    assert (compose, type(compose)) == (texte, str)


def test_ce_qui_est_barre_n_est_plus_dans_le_texte():
    compose = composer((_barre("30"), Passage("27")))
    assert (compose, compose.barre, compose.entier, compose.montre) == ("27", "30", False, "27 (barré : 30)")
    coupe = composer((_barre("3"), _barre("0"), Passage(" 27 "), _barre("et 4")))
    assert (coupe, coupe.barre) == (" 27 ", "30 et 4")


def test_ce_qui_est_barre_en_entier_se_lit_encore_comme_libelle():
    for compose in (
        composer((_barre("Nombre "), _barre("d’enfants"), Passage(" "))),
        barrer("Nombre d’enfants"),
    ):
        assert isinstance(compose, TexteBarre)
        assert (compose, compose.entier, compose.montre) == (
            "Nombre d’enfants",
            True,
            "(barré : Nombre d’enfants)",
        )
    assert barrer("  ") == "  "
    assert not isinstance(barrer(""), TexteBarre)


def test_une_copie_garde_ce_qui_etait_barre():
    for texte in (TexteBarre("27", "30"), barrer("30")):
        copie = pickle.loads(pickle.dumps(texte))
        assert (copie, copie.barre, copie.entier) == (texte, texte.barre, texte.entier)


passages = st.builds(
    Passage, st.text(st.sampled_from("0159 ,a*(m²é"), max_size=4), st.booleans(), st.booleans()
)


@given(st.lists(passages, max_size=5))
def test_aucun_chiffre_n_est_ajoute_et_rien_de_barre_n_est_compte(morceaux):
    compose = composer(morceaux)
    gardes = "".join(p.texte for p in morceaux if not p.barre)
    if getattr(compose, "entier", False):
        assert not gardes.strip()
        return
    sur_la_ligne = [p for p in morceaux if not p.barre and not p.decale]
    if any(p.texte.strip() for p in sur_la_ligne):
        chiffres = [c for p in sur_la_ligne for c in p.texte if c in "0159"]
        assert [c for c in compose if c in "0159"] == chiffres
    assert "".join(p.texte for p in morceaux if p.barre).split() == [] or isinstance(compose, TexteBarre)
