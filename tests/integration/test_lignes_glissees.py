"""Answers one row too low or too high: last year's, printed beside, tell it; nothing else would."""

import datetime as dt
import os
import random

import pytest

from etl.canevas.lecture.classeur import lire
from etl.canevas.lecture.lignes_glissees import Repondue, glissees
from etl.canevas.plan import lignes, plan_structure
from etl.canevas.redaction.ecriture import ecrire
from tests.exemples.autres_formats import enregistrer
from tests.exemples.campagne_fictive import convention
from tests.exemples.formulaire_rempli import (
    COLONNES,
    adresse_de,
    formulaire_de,
    load_workbook,
    rang_de,
    remplir,
)

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


@pytest.mark.parametrize("format_", ["xlsx", "csv"])
def test_sans_la_feuille_cachee_le_rappel_imprime_suffit(par_quartier, tmp_path, format_):
    chemin, cles = par_quartier
    _anomalies(chemin, cles, [None, 42, 12, 240, 80, 8])
    classeur = load_workbook(chemin)
    del classeur["_ctg"]
    classeur.save(chemin)
    recu = enregistrer(chemin, tmp_path / "recu.csv") if format_ == "csv" else chemin
    assert [a.cellule for a in _dites(recu)] == [adresse_de(formulaire_de(classeur), cles[1], "valeur")]


def test_a_leur_place_rien_ne_se_dit(par_quartier):
    assert _anomalies(*par_quartier, [42, 12, 240, 80, 8, 30])[0] == ()


TIREES = int(os.environ.get("CTG_MUTATIONS", "180")) // 5
REPONDANTS = ("periscolaire-dijon", "extrascolaire-pep", "mediatheques")


@pytest.fixture(scope="module")
def remplis(tmp_path_factory):
    """[(form, the rows that ask one number)]: answers within 20 % of last year’s, drawn at random."""
    alea, formulaires = random.Random(2026), []
    for structure_id in REPONDANTS:
        plan = plan_structure(convention(), convention().structures[structure_id], 2025)
        cles = [cle for cle, ligne in lignes(plan).items() if ligne.codes == ("valeur",) and "@" in cle]
        avant = {cle: round(3 * 130 ** alea.random()) for cle in cles}
        (chemin,) = ecrire(
            convention(),
            2025,
            tmp_path_factory.mktemp(structure_id),
            structure=structure_id,
            precedents={(structure_id, cle): n for cle, n in avant.items()},
            reponses={
                structure_id: {(cle, "valeur"): round(n * alea.uniform(0.8, 1.2)) for cle, n in avant.items()}
            },
            rempli_le=dt.date(2026, 3, 15),
        )
        formulaires.append((chemin, cles))
    return formulaires


def _dites(chemin):
    (formulaire,) = lire(chemin, convention()).formulaires
    return [a for a in formulaire.anomalies if a.regle == "lignes_glissees"]


def test_un_bloc_decale_au_hasard_se_dit_neuf_fois_sur_dix(remplis, tmp_path):
    """A column pasted one row too low, or moved up, over the ten rows of a question."""
    alea, trouvees = random.Random(7), 0
    for _ in range(TIREES):
        chemin, cles = alea.choice(remplis)
        objet = alea.choice(cles).partition("@")[0]
        siennes = [cle for cle in cles if cle.startswith(f"{objet}@")]
        classeur = load_workbook(chemin)
        feuille = formulaire_de(classeur)
        rangs = [rang_de(feuille, cle) for cle in siennes]
        lus = [feuille.cell(rang, COLONNES["v1"]).value for rang in rangs]
        decales = [None, *lus[:-1]] if alea.random() < 0.5 else [*lus[1:], None]
        for rang, lu in zip(rangs, decales, strict=True):
            feuille.cell(rang, COLONNES["v1"]).value = lu
        classeur.save(tmp_path / "recu.xlsx")
        places = {f"F{rang}" for rang in rangs}
        trouvees += any(a.cellule in places for a in _dites(tmp_path / "recu.xlsx"))
    assert trouvees >= 0.9 * TIREES


def test_sans_decalage_rien_ne_se_dit(remplis):
    assert [_dites(chemin) for chemin, _ in remplis] == [[], [], []]
