"""What may follow what in the life of a fiche: every transition, and withdrawals."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.saisies.etapes import ETAPES, Declaration, derouler

JE1 = (2025, "JE-1")


def declarer(*actes):
    """Declarations one after the other: « -validee » withdraws the stage, « ~aval » admits a change."""
    signes = {"-": "retiree", "~": "changement"}
    return [
        Declaration(
            numero,
            dt.datetime(2026, 11, numero),
            "coordination",
            "raison",
            2025,
            "JE-1",
            None,
            acte.lstrip("-~"),
            signes.get(acte[0], "atteinte"),
        )
        for numero, acte in enumerate(actes, start=2)
    ]


@pytest.mark.parametrize(
    ("actes", "debout", "refusees"),
    [
        ([], [], []),
        (["confirmee"], ["confirmee"], []),
        (["confirmee", "validee", "aval", "diffusee"], list(ETAPES), []),
        (["validee"], [], [2]),
        (["aval"], [], [2]),
        (["diffusee"], [], [2]),
        (["confirmee", "aval"], ["confirmee"], [3]),
        (["confirmee", "validee", "diffusee"], ["confirmee", "validee"], [4]),
        (["confirmee", "confirmee"], ["confirmee"], [3]),
        (["-confirmee"], [], [2]),
        (["confirmee", "-confirmee"], [], []),
        (["confirmee", "validee", "aval", "-confirmee"], [], []),
        (["confirmee", "validee", "aval", "-validee"], ["confirmee"], []),
        # an aval withdrawn with its validation does not come back with it
        (["confirmee", "validee", "aval", "-validee", "validee"], ["confirmee", "validee"], []),
        (["confirmee", "validee", "aval", "-aval", "aval"], ["confirmee", "validee", "aval"], []),
        (["confirmee", "validee", "-aval"], ["confirmee", "validee"], [4]),
        (["confirmee", "validee", "~aval"], ["confirmee", "validee"], [4]),
        (["confirmee", "validee", "aval", "~aval"], ["confirmee", "validee", "aval"], []),
    ],
)
def test_une_etape_n_en_saute_aucune(actes, debout, refusees):
    resultat = derouler(declarer(*actes))
    assert list(resultat.etapes.get(JE1, {})) == debout
    assert [numero for numero, _ in resultat.refus] == refusees


def test_chaque_paire_d_etapes():
    for rang, premiere in enumerate(ETAPES):
        avant = list(ETAPES[:rang])
        for autre in ETAPES:
            resultat = derouler(declarer(*avant, premiere, autre))
            permise = ETAPES.index(autre) == rang + 1
            assert (not resultat.refus) == permise, (premiere, autre)


def test_l_ordre_est_celui_des_dates_puis_des_lignes():
    lignes = declarer("confirmee", "validee", "aval")
    assert derouler(reversed(lignes)) == derouler(lignes)


def test_un_changement_admis_tombe_avec_son_aval():
    assert [
        d.numero for d in derouler(declarer("confirmee", "validee", "aval", "~aval")).changements[JE1]
    ] == [5]
    assert derouler(declarer("confirmee", "validee", "aval", "~aval", "-aval")).changements == {}


def test_une_structure_confirme_et_peut_se_reprendre():
    def une(numero, acte):
        le = dt.datetime(2026, 11, numero)
        return Declaration(numero, le, "structure", "raison", 2025, None, "archipel", "confirmee", acte)

    assert derouler([une(2, "atteinte")]).confirmations[2025, "archipel"].numero == 2
    assert derouler([une(2, "atteinte"), une(3, "retiree")]).confirmations == {}
    assert [n for n, _ in derouler([une(2, "retiree")]).refus] == [2]


@given(st.lists(st.sampled_from([*ETAPES, *(f"-{etape}" for etape in ETAPES), "~aval"]), max_size=15))
def test_ce_qui_reste_debout_n_a_jamais_de_trou(actes):
    resultat = derouler(declarer(*actes))
    debout = list(resultat.etapes.get(JE1, {}))
    assert debout == list(ETAPES[: len(debout)])
    dates = [resultat.etapes[JE1][etape].le for etape in debout]
    assert dates == sorted(dates)
    if resultat.changements:
        assert "aval" in debout
