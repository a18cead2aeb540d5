"""Answers one row too low or too high: last year's, printed beside, tell it; nothing else would."""

import datetime as dt

import pytest

from etl.canevas.lecture.classeur import lire
from etl.canevas.lecture.lignes_glissees import Repondue, glissees
from etl.canevas.redaction.ecriture import ecrire
from tests.exemples.campagne_fictive import convention
from tests.exemples.formulaire_rempli import adresse_de, formulaire_de, load_workbook, remplir

STRUCTURE, MESURE = "periscolaire-dijon", "EN-1.0.p1"  # asked by quartier
AVANT = [40, 12, 250, 75, 8, 31]


@pytest.mark.parametrize(
    ("ici", "attendues"),
    [
        ([42, 12, 240, 80, 8, 30], []),  # each on its row
        ([None, 42, 12, 240, 80, 8], [("dessus", (1, 2, 3, 4, 5))]),  # pasted one row too low
        ([40, 42, 12, 240, 80, 8], [("dessus", (1, 2, 3, 4, 5))]),  # the first one was left
        ([42, 240, 80, 8, 30, None], [("dessous", (1, 2, 3, 4))]),  # 12 deleted, the cells under it moved up
        ([42, 12, 80, 8, 30, None], [("dessous", (2, 3, 4))]),
        ([42, 12, 240, 8, 30, None], []),  # two rows: chance would do as much
        ([400, 120, 2500, 750, 80, 310], []),  # far from all: another control tells
        ([41, 41, 41, 41, 41, 41], []),
    ],
)
def test_ce_qui_a_glisse_ressemble_a_la_ligne_d_a_cote(ici, attendues):
    rangees = [Repondue(rang, *lus) for rang, lus in enumerate(zip(ici, AVANT, strict=True))]
    assert [(s.cote, s.rangs) for s in glissees(rangees)] == attendues


def test_deux_lignes_que_separe_un_titre_ne_se_comparent_pas():
    ici = [None, 40, 12, 250, 75, 8]
    assert not list(glissees([Repondue(2 * n, *lus) for n, lus in enumerate(zip(ici, AVANT, strict=True))]))


@pytest.fixture
def par_quartier(tmp_path):
    """A form whose question is asked by quartier, last year's answers beside."""
    cles = [f"i:{MESURE}@{q}" for q in convention().quartiers][: len(AVANT)]
    precedents = {(STRUCTURE, cle): n for cle, n in zip(cles, AVANT, strict=True)}
    (chemin,) = ecrire(
        convention(),
        2025,
        tmp_path,
        structure=STRUCTURE,
        precedents=precedents,
        rempli_le=dt.date(2026, 3, 15),
    )
    return chemin, cles


def _anomalies(chemin, cles, ici):
    remplir(chemin, {(cle, "valeur"): n for cle, n in zip(cles, ici, strict=True)})
    (formulaire,) = lire(chemin, convention()).formulaires
    lues = {c.quartier_id: c.valeur for c in formulaire.cellules if c.objet_id == MESURE and c.valeur}
    return formulaire.anomalies, lues


def test_une_colonne_collee_une_ligne_trop_bas_est_a_confirmer(par_quartier):
    chemin, cles = par_quartier
    (dite,), lues = _anomalies(chemin, cles, [None, 42, 12, 240, 80, 8])
    assert (dite.regle, dite.gravite) == ("lignes_glissees", "a_confirmer")
    assert dite.cellule == adresse_de(formulaire_de(load_workbook(chemin)), cles[1], "valeur")
    assert "5 réponses sont proches de ce que la ligne du dessus disait l’an dernier" in dite.message
    # said, and loaded: a person may confirm them
    assert lues == dict(zip([cle.partition("@")[2] for cle in cles[1:]], [42, 12, 240, 80, 8], strict=True))


def test_a_leur_place_rien_ne_se_dit(par_quartier):
    assert _anomalies(*par_quartier, [42, 12, 240, 80, 8, 30])[0] == ()
