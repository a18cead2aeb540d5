"""Round trip of what only a comparison shows: sown in clean forms, each error is told where it is."""

from collections import Counter
from pathlib import Path

import duckdb
import pytest

from ctg.referentiel import dossier_par_defaut
from etl.construction.entrepot import construire
from tests.exemples.campagne_propre import ecrire_campagne
from tests.exemples.erreurs_de_coherence import GENRES, PAR_GENRE, semer_des_incoherences
from tests.exemples.feuille_semee import Semee

_ALARMES = "SELECT fichier, feuille, cellule, regle FROM collecte.anomalie WHERE gravite <> 'information'"


@pytest.fixture(scope="module")
def campagne(tmp_path_factory) -> tuple[list[Semee], set[tuple]]:
    """What was sown in 2025, and every alarm, (file, sheet, cell, control)."""
    dossier = tmp_path_factory.mktemp("coherence")
    classeurs = ecrire_campagne(dossier / "raw")
    semees = semer_des_incoherences(classeurs[2025], 2025, graine=2026)
    construire((dossier / "raw",), dossier_par_defaut(), dossier / "w.duckdb")
    with duckdb.connect(str(dossier / "w.duckdb"), read_only=True) as connexion:
        lues = connexion.execute(_ALARMES).fetchall()
    return semees, {(Path(fichier).name, *reste) for fichier, *reste in lues}


def test_chaque_sorte_est_semee(campagne):
    semees, _ = campagne
    assert set(GENRES) == set(comptes := Counter(semee.genre for semee in semees))
    assert all(2 <= nombre <= PAR_GENRE for nombre in comptes.values()), comptes


def test_chacune_est_dite_a_sa_cellule_par_son_controle(campagne):
    semees, alarmes = campagne
    manquees = [
        semee
        for semee in semees
        if (semee.fichier, semee.feuille, *semee.cellules, GENRES[semee.genre][0]) not in alarmes
    ]
    assert manquees == []


def test_rien_n_est_reproche_aux_autres_formulaires(campagne):
    semees, alarmes = campagne
    touchees = {(semee.fichier, semee.feuille) for semee in semees}
    assert [a for a in alarmes if a[:2] not in touchees] == []
