"""« Provisoire, ne pas diffuser », or since when it may be: every case; and which stage comes next."""

from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import pandas as pd
import pytest

from ctg import vie
from ctg.graphiques.figure import Notice, assembler
from ctg.graphiques.tableau import en_csv

LE_3, LE_12 = datetime(2026, 11, 3), datetime(2026, 11, 12)


def recue(annee, aval_le, fiche_id="PE-1"):
    return SimpleNamespace(annee=annee, fiche_id=fiche_id, axe_id="PE", aval_le=aval_le)


@pytest.mark.parametrize(
    ("fiches", "phrase"),
    [
        ([], "provisoire, ne pas diffuser"),
        ([recue(2025, None)], "provisoire, ne pas diffuser"),
        ([recue(2025, pd.NaT)], "provisoire, ne pas diffuser"),
        ([recue(2025, LE_3)], "diffusion autorisée le 3 novembre 2026"),
        ([recue(2025, LE_3), recue(2025, None, "PE-2")], "provisoire, ne pas diffuser"),
        ([recue(2025, LE_3), recue(2025, LE_12, "PE-2")], "diffusion autorisée le 12 novembre 2026"),
        # the years a campaign is compared with are shown too; a later one is not
        (
            [recue(2023, None), recue(2025, LE_3)],
            "provisoire, ne pas diffuser (sans aval : 2023)",
        ),
        (
            [recue(2023, None), recue(2024, None), recue(2025, LE_3)],
            "provisoire, ne pas diffuser (sans aval : 2023 et 2024)",
        ),
        ([recue(2023, None), recue(2025, None)], "provisoire, ne pas diffuser"),
        (
            [recue(2024, LE_3), recue(2025, LE_12), recue(2026, None)],
            "diffusion autorisée le 12 novembre 2026",
        ),
    ],
)
def test_la_mention(fiches, phrase):
    assert vie.diffusion(fiches, 2025) == phrase


def test_sans_campagne_rien_ne_se_diffuse():
    assert vie.diffusion([recue(2025, LE_3)], None) == vie.PROVISOIRE


@pytest.mark.parametrize(
    ("atteintes", "suivante"),
    [
        ([], None),
        (["recue"], None),
        (["recue", "controlee"], "confirmee"),
        (["controlee", "recue", "confirmee"], "validee"),
        (["recue", "controlee", "confirmee", "validee"], "aval"),
        (["recue", "controlee", "confirmee", "validee", "aval"], "diffusee"),
        (list(vie.LIBELLES), None),
        # refused cells came after the validation: the loading says it, nobody declares « contrôlée »
        (["recue", "confirmee", "validee"], None),
    ],
)
def test_l_etape_suivante(atteintes, suivante):
    assert vie.prochaine(atteintes) == suivante


def test_un_csv_porte_la_mention_de_sa_figure():
    notice = Notice("essai", "Constat", "Mesure", "Couverture", "Source")
    figure = assembler(notice, "Tableau", None, pd.DataFrame({"A": ["1"]}))
    marquee = replace(figure, diffusion=vie.PROVISOIRE)
    assert "Statut;provisoire, ne pas diffuser" in en_csv(marquee).decode("utf-8-sig")
    assert "Statut" not in en_csv(figure).decode("utf-8-sig")
