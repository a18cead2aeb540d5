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


def recue(annee, aval_le, fiche_id="PE-1", nb=0, le=None, raison=None):
    return SimpleNamespace(
        annee=annee,
        fiche_id=fiche_id,
        axe_id="PE",
        aval_le=aval_le,
        nb_changees=nb,
        change_le=le,
        change_raison=raison,
    )


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


CHANGEE = {"nb": 2, "le": datetime(2026, 11, 22), "raison": "Erreur de frappe"}
POURQUOI = "(le 22 novembre 2026, raison : Erreur de frappe)"


@pytest.mark.parametrize(
    ("fiches", "phrase"),
    [
        (
            [recue(2025, LE_12, **CHANGEE)],
            f"diffusion autorisée le 12 novembre 2026 ; modifiée depuis : 2 chiffres {POURQUOI}",
        ),
        # a page about several fiches says which one, provisional or not
        (
            [recue(2025, LE_12, **CHANGEE), recue(2025, None, "PE-2")],
            f"{vie.PROVISOIRE} ; PE-1 modifiée depuis : 2 chiffres {POURQUOI}",
        ),
        (
            [recue(2025, LE_12, **CHANGEE), recue(2025, LE_12, "PE-2", **CHANGEE)],
            "diffusion autorisée le 12 novembre 2026 ; modifiées depuis l’aval : PE-1 (2 chiffres) et PE-2 "
            "(2 chiffres)",
        ),
        # a campaign it is compared with; a later one is not shown
        (
            [recue(2024, LE_3, **CHANGEE), recue(2025, LE_12), recue(2026, LE_12, **CHANGEE)],
            f"diffusion autorisée le 12 novembre 2026 ; modifiée depuis : 2 chiffres de 2024 {POURQUOI}",
        ),
    ],
)
def test_ce_qui_change_sous_l_aval_se_dit(fiches, phrase):
    assert vie.diffusion(fiches, 2025) == phrase


def test_une_longue_raison_ne_remplit_pas_le_bandeau():
    fiche = recue(2025, LE_12, **(CHANGEE | {"raison": "mot " * 400}))
    assert len(vie.diffusion([fiche], 2025)) < 260


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
