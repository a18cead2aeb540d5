"""docs/controles.md lists every control, with its gravity, and every field of corrections.yml."""

import re
from pathlib import Path

from ctg.gravites import GRAVITES
from etl.controles.controle import controles
from etl.saisies import acceptations

PAGE = (Path(__file__).parents[2] / "docs" / "controles.md").read_text(encoding="utf-8")


def test_chaque_controle_est_dans_la_page_avec_sa_gravite():
    lus = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|.*\|.*\|$", PAGE, re.MULTILINE))
    lus = {
        regle: gravite for regle, gravite in lus.items() if gravite in {g.lower() for g in GRAVITES.values()}
    }
    assert lus == {controle.regle: GRAVITES[controle.gravite].lower() for controle in controles()}


def test_chaque_champ_d_une_entree_est_explique():
    champs = re.search(r"\| Champ \|.*?\n\n", PAGE, re.DOTALL)[0]
    assert set(re.findall(r"`(\w+)`", champs)) - {"oui", "non", "accepter", "retirer"} == set().union(
        *acceptations._CHAMPS.values()
    )
