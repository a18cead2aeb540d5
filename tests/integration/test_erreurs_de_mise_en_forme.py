"""57 forms where the look of some cells misleads: each is told at its cell and read as a person reads it."""

import datetime as dt
from collections import Counter

import pytest

from etl.canevas.lecture.classeur import lire
from etl.canevas.modeles import Formulaire
from etl.canevas.redaction.ecriture import ecrire
from etl.demo.reponses import repondre_structure
from etl.demo.scenarios import SCENARIOS
from tests.exemples.campagne_fictive import convention
from tests.exemples.erreurs_de_mise_en_forme import GENRES, Trompeuse, semer

ANNEE, NOMBRE, GRAINE = 2025, 130, 2026


@pytest.fixture(scope="module")
def campagne(tmp_path_factory) -> tuple[dict, dict, list[Trompeuse]]:
    """The forms by sheet, before and after some of their cells were made misleading, and these cells."""
    referentiel, scenario = convention(), SCENARIOS["regime-etabli"]
    reponses = {
        structure.structure_id: repondre_structure(referentiel, structure, ANNEE, scenario)
        for structure in referentiel.structures.values()
        if structure.ouverte_en(ANNEE)
    }
    dossier = tmp_path_factory.mktemp("formes")
    rempli = dt.date(ANNEE + 1, 6, 1)
    classeurs = ecrire(referentiel, ANNEE, dossier, reponses=reponses, fictif=True, rempli_le=rempli)
    propres = _lus(classeurs)
    semees = semer(classeurs, ANNEE, NOMBRE, GRAINE)
    return propres, _lus(classeurs), semees


def _lus(classeurs) -> dict[str, Formulaire]:
    return {f.feuille: f for chemin in classeurs for f in lire(chemin, convention()).formulaires}


def test_57_formulaires_sans_rien_de_trompeur_ne_disent_rien(campagne):
    propres, _, _ = campagne
    assert len(propres) == 57
    assert [anomalie for f in propres.values() for anomalie in f.anomalies] == []


def test_chaque_case_trompeuse_est_dite_a_sa_cellule_et_rien_d_autre(campagne):
    _, lus, semees = campagne
    assert Counter(semee.genre for semee in semees) == dict.fromkeys(GENRES, NOMBRE // len(GENRES))
    dites = sorted((a.feuille, a.cellule, a.regle) for f in lus.values() for a in f.anomalies)
    assert dites == sorted((s.feuille, s.cellule, s.regle) for s in semees)


def test_chaque_case_trompeuse_est_lue_comme_on_la_voit_et_les_autres_ne_changent_pas(campagne):
    propres, lus, semees = campagne
    attendues = {(s.feuille, s.cellule): s.valeur for s in semees}
    for nom, formulaire in lus.items():
        avant = {c.adresse: c.valeur for c in propres[nom].cellules}
        apres = {c.adresse: c.valeur for c in formulaire.cellules}
        attendu = avant | {cellule: v for (feuille, cellule), v in attendues.items() if feuille == nom}
        assert apres == pytest.approx(attendu)
