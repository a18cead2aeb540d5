"""Round trip of a whole campaign: 57 clean forms raise no alarm, 240 sown errors are found at their cell."""

from pathlib import Path

import duckdb
import pytest

from ctg.referentiel import dossier_par_defaut
from etl.construction.entrepot import construire
from tests.exemples.campagne_propre import ecrire_campagne
from tests.exemples.erreurs_semees import GENRES, Semee, semer

ERREURS = 240
GRAINE = 2026
_ALARMES = "SELECT fichier, feuille, cellule, regle, message FROM collecte.anomalie"


@pytest.fixture(scope="module")
def campagne(tmp_path_factory) -> tuple[list[tuple], list[tuple], list[Semee]]:
    """The anomalies of the clean campaign, those once errors were sown in its last year, and these errors."""
    dossier = tmp_path_factory.mktemp("campagne")
    classeurs = ecrire_campagne(dossier / "raw")
    propres = _anomalies(dossier)
    semees = semer(classeurs[2025], 2025, ERREURS, GRAINE)
    return propres, _anomalies(dossier), semees


def _anomalies(dossier: Path) -> list[tuple]:
    construire((dossier / "raw",), dossier_par_defaut(), dossier / "w.duckdb")
    with duckdb.connect(str(dossier / "w.duckdb"), read_only=True) as connexion:
        return connexion.execute(_ALARMES).fetchall()


def test_57_formulaires_propres_ne_levent_aucune_alarme(campagne):
    propres, _, _ = campagne
    assert propres == []


def test_les_erreurs_semees_sont_trouvees_a_leur_cellule(campagne):
    _, trouvees, semees = campagne
    dites = {(Path(fichier).name, feuille, cellule) for fichier, feuille, cellule, _, _ in trouvees}
    manquees = [
        semee
        for semee in semees
        if not any((semee.fichier, semee.feuille, c) in dites for c in semee.cellules)
    ]
    assert len(semees) == ERREURS
    assert {semee.genre for semee in semees} == set(GENRES)
    assert len(manquees) <= ERREURS // 100, manquees


def test_rien_d_autre_n_est_reproche(campagne):
    """A false alarm teaches the officer to stop reading: none in a form nothing was sown in."""
    _, trouvees, semees = campagne
    touchees = {(semee.fichier, semee.feuille) for semee in semees}
    ailleurs = [a for a in trouvees if a[1] is not None and (Path(a[0]).name, a[1]) not in touchees]
    assert [a for a in ailleurs if "/2025/" in f"/{a[0]}"] == []
