"""The YAML of the convention: read as the library reads it, refused before it costs more than its length."""

from pathlib import Path

import pytest
import yaml

from ctg.referentiel import dossier_par_defaut
from ctg.referentiel.renvois import ChargeurSansRenvoi

FICHIERS = sorted(Path(dossier_par_defaut()).rglob("*.yml"))


@pytest.mark.parametrize("fichier", FICHIERS, ids=lambda fichier: fichier.name)
def test_la_convention_se_lit_comme_la_lit_la_bibliotheque(fichier):
    texte = fichier.read_text(encoding="utf-8")
    assert yaml.load(texte, ChargeurSansRenvoi) == yaml.safe_load(texte)


def test_un_renvoi_se_refuse_a_sa_ligne():
    with pytest.raises(yaml.composer.ComposerError) as refus:
        yaml.load("un: &ancre [1, 2]\ndeux:\n  trois: *ancre\n", ChargeurSansRenvoi)
    assert (refus.value.problem, refus.value.problem_mark.line) == ("*ancre", 2)


@pytest.mark.parametrize(
    "texte",
    [
        "[" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "\n".join(f"{' ' * n}a:" for n in range(500)),
    ],
    ids=["crochets", "crochets fermés", "accolades", "tirets", "clés", "retraits"],
)
def test_ce_qui_s_emboite_sans_fin_se_refuse_sans_rien_arreter(texte):
    with pytest.raises(RecursionError):
        yaml.load(texte, ChargeurSansRenvoi)


def test_ce_qui_se_suit_n_est_pas_emboite():
    assert yaml.load("a: [" + "[1], " * 10_000 + "]", ChargeurSansRenvoi) == {"a": [[1]] * 10_000}
