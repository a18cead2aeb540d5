"""French numbers, dates and units: cases worked out by hand, and what holds for any number."""

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctg import formats

F = "\u202f"  # thin space, unbreakable
M = "\u2212"  # minus sign
RIEN = float("nan")


@pytest.mark.parametrize("blanc", [None, RIEN, pd.NA, pd.NaT, Decimal("nan")])
def test_un_blanc_n_est_pas_une_valeur(blanc):
    assert not formats.est_connu(blanc)


@pytest.mark.parametrize(
    "valeur", [0, False, "", 0.0, dt.date(2025, 1, 1), pd.Timestamp(2025, 1, 1), np.int64(0)]
)
def test_un_zero_ou_un_texte_vide_en_est_une(valeur):
    assert formats.est_connu(valeur)


@pytest.mark.parametrize(
    ("valeur", "decimales", "attendu"),
    [
        (0, None, "0"),
        (1234.5, None, f"1{F}234,5"),
        (1234567, None, f"1{F}234{F}567"),
        (12.0, None, "12"),
        (12.04, None, "12,0"),
        (-3.25, 2, f"{M}3,25"),
        (-0.04, 1, "0,0"),
        (2.5, 0, "2"),
        (999.96, 1, f"1{F}000,0"),
        (None, None, "n. d."),
        (RIEN, None, "n. d."),
    ],
)
def test_nombre(valeur, decimales, attendu):
    assert formats.nombre(valeur, decimales) == attendu


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_un_entier_se_relit(valeur):
    ecrit = formats.nombre(valeur)
    assert int(ecrit.replace(F, "").replace(M, "-")) == valeur
    assert "." not in ecrit and " " not in ecrit


@pytest.mark.parametrize(
    ("fonction", "valeur", "attendu"),
    [
        (formats.pourcentage, 81.25, f"81,2{F}%"),
        (formats.pourcentage, 50, f"50{F}%"),
        (formats.pourcentage, None, "n. d."),
        (formats.evolution, 0.09, f"+{F}9{F}%"),
        (formats.evolution, -0.126, f"{M}{F}13{F}%"),
        (formats.evolution, 0.001, f"0{F}%"),
        (formats.evolution, RIEN, "n. d."),
        (formats.points, 3.24, f"+{F}3,2 points"),
        (formats.points, -1.0, f"{M}{F}1,0 point"),
        (formats.points, None, "n. d."),
    ],
)
def test_parts_et_ecarts(fonction, valeur, attendu):
    assert fonction(valeur) == attendu


@pytest.mark.parametrize(
    ("nom", "singulier"),
    [
        ("jeunes", "jeune"),
        ("premiers agréments", "premier agrément"),
        ("mobilités et promotions", "mobilité et promotion"),
        ("journées-enfant", "journée-enfant"),
        ("places pour 100 enfants", "place pour 100 enfants"),
        ("cessations d’activité", "cessation d’activité"),
        ("départs en séjour", "départ en séjour"),
        ("BAFA financés", "BAFA financé"),
        ("parcours", "parcours"),
        ("temps", "temps"),
        ("en progrès", "en progrès"),
        ("sans données suffisantes", "sans données suffisantes"),
        ("ne serait pas chargés", "ne serait pas chargé"),
        ("agréments moins cessations", "agrément moins cessations"),
    ],
)
def test_accorder_au_singulier(nom, singulier):
    assert formats.accorder(nom, 1) == singulier
    assert formats.accorder(nom, 0) == singulier
    assert formats.accorder(nom, 1.9) == singulier
    assert formats.accorder(nom, 2) == nom


@pytest.mark.parametrize(
    ("valeur", "unite", "attendu"),
    [
        (1240, "familles", f"1{F}240 familles"),
        (1, "jeunes", "1 jeune"),
        (0, "jeunes", "0 jeune"),
        (12.5, "%", f"12,5{F}%"),
        (1240, "€", f"1{F}240{F}€"),
        (132.9, "kWh/m²/an", "132,9 kWh/m²/an"),
        (3, None, "3"),
        (None, "jeunes", "n. d."),
    ],
)
def test_mesure(valeur, unite, attendu):
    assert formats.mesure(valeur, unite) == attendu


@pytest.mark.parametrize(
    ("affichage", "attendu"),
    [
        (f"1{F}240 familles", f"1{F}240"),
        (f"12,5{F}%", f"12,5{F}%"),
        ("61,2 places pour 100 enfants", "61,2"),
        (f"{M}3 agréments", f"{M}3"),
        ("4 / 5", "4 / 5"),
        ("2 sur 2", "2 sur 2"),
        ("réalisé en juin 2025", "réalisé en juin 2025"),
        ("secret", "secret"),
        ("", ""),
    ],
)
def test_sans_unite(affichage, attendu):
    assert formats.sans_unite(affichage) == attendu


@pytest.mark.parametrize(
    ("repondantes", "attendues", "attendu"),
    [
        (12, 15, "12 répondants sur 15"),
        (1, 15, "1 répondant sur 15"),
        (0, 15, "aucun répondant sur 15"),
        (0, 0, "aucun répondant attendu"),
        (None, None, "aucun répondant attendu"),
        (3.0, 1240.0, f"3 répondants sur 1{F}240"),
    ],
)
def test_couverture(repondantes, attendues, attendu):
    assert formats.couverture(repondantes, attendues) == attendu


def test_compter_et_lister():
    assert formats.compter(0, "fiches", feminin=True) == "aucune fiche"
    assert formats.compter(1, "quartiers") == "1 quartier"
    assert formats.compter(1200, "quartiers") == f"1{F}200 quartiers"
    assert formats.liste(["Grésilles", "Maladière", "Université"]) == "Grésilles, Maladière et Université"
    assert formats.liste(["Grésilles"]) == "Grésilles"
    assert formats.liste([]) == ""
    assert formats.citer(["a", "b"]) == "a, b" and formats.citer(["a", "b", "c"]) == "a, b et 1 autre"


@pytest.mark.parametrize(
    "jour", [dt.date(2026, 3, 1), dt.datetime(2026, 3, 1, 9, 30), "2026-03-01", "2026-03-01 09:30"]
)
def test_dates(jour):
    assert formats.date_longue(jour) == "1er mars 2026"
    assert formats.date_courte(jour) == "01/03/2026"
    assert formats.mois(jour) == "mars 2026"


def test_dates_inconnues():
    assert formats.date_longue(None) == formats.date_courte(None) == formats.mois(None) == "n. d."
    assert formats.date_longue(dt.date(2025, 8, 21)) == "21 août 2025"


@given(st.lists(st.text(max_size=20), min_size=1, max_size=3))
def test_un_nom_de_fichier_passe_partout(parties):
    nom = formats.nom_de_fichier("PE-1", *parties, extension="csv")
    assert nom.startswith("pe-1") and nom.endswith(".csv")
    assert set(nom) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_.")


def test_ordre_alphabetique_francais():
    noms = ["Ombre", "école", "Été", "Eau", "Œuvre", "obus"]
    assert sorted(noms, key=formats.cle_de_tri) == ["Eau", "école", "Été", "obus", "Œuvre", "Ombre"]
