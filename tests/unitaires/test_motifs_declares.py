"""A pattern of a declaration meets cells nobody here wrote: it may not take for ever."""

import pytest

from etl.classeurs_libres.declaration.motifs import LONGUEUR_MAXIMALE, chercher, faute, retirer


@pytest.mark.parametrize(
    "motif", ["(a+)+$", "(a*)*", "([a-z]+ ?)+", "(a|a)*$", "((a+))+", "(?:x(b{1,9}))*", "(.*)+"]
)
def test_un_motif_qui_peut_ne_pas_finir_est_refuse(motif):
    assert "se répète déjà" in faute(motif)


@pytest.mark.parametrize("motif", ["(", "[a", "*", "a{2,1}", "(?P<1>a)"])
def test_un_motif_mal_ecrit_est_refuse(motif):
    assert faute(motif) == "n’est pas une expression régulière"


@pytest.mark.parametrize(
    "motif",
    [
        "20[0-9]{2}",
        r"(\d{4})",
        r"\(([^)]+)\)",
        r"^(\w+)\s*-",
        "([0-9]{3} ?)+",
        r"(?:le|la) (.+)",
        "[(+]*",
        r"(\+)+",
    ],
)
def test_un_motif_ordinaire_est_admis(motif):
    assert faute(motif) is None


def test_une_cellule_trop_longue_pour_etre_un_nom_ne_se_fouille_pas():
    longue = "x" * LONGUEUR_MAXIMALE + "2025"
    assert chercher("20[0-9]{2}", longue) is None
    assert retirer("x", longue) == longue
    assert chercher("20[0-9]{2}", "en 2025")[0] == "2025"
    assert retirer(r"\s*\(.*", "L’Archipel (sud)") == "L’Archipel"
