"""A form that lost its identity is refused, and said to be there: never « plus dans ce classeur »."""

import pytest
from openpyxl import load_workbook

from ctg.referentiel import charger, dossier_par_defaut
from etl.canevas.lecture.classeur import lire
from etl.canevas.redaction.ecriture import ecrire
from tests.exemples.formulaire_rempli import rang_de

CONVENTION = charger(dossier_par_defaut())


@pytest.fixture
def association(tmp_path):
    """A workbook of three forms."""
    siennes = [s.structure_id for s in CONVENTION.structures.values() if s.expediteur_id == "leo-lagrange"]
    (chemin,) = ecrire(CONVENTION, 2025, tmp_path, reponses=dict.fromkeys(siennes, {}))
    return chemin


def modifier(chemin, geste):
    classeur = load_workbook(chemin)
    geste([f for f in classeur if str(f["A3"].value).startswith("ctg:structure")], classeur)
    classeur.save(chemin)


def dites(chemin):
    lecture = lire(chemin, CONVENTION)
    return [a.regle for a in lecture.anomalies], [[a.regle for a in f.anomalies] for f in lecture.formulaires]


def effacer(feuille, *cles):
    for cle in cles:
        feuille.cell(rang_de(feuille, cle), 6).value = None


def test_une_identite_perdue_se_dit_une_fois_et_sa_feuille_est_la(association):
    modifier(association, lambda f, _: effacer(f[0], "m:structure_id", "m:annee"))
    du_fichier, des_formulaires = dites(association)
    assert "feuille_retiree" not in du_fichier
    assert sorted(des_formulaires) == [[], [], ["annee_absente"]]


def test_renommee_de_surcroit_elle_n_est_pas_dite_retiree(association):
    def geste(feuilles, _):
        effacer(feuilles[0], "m:structure_id")
        feuilles[0].title = "Crèche du bas"

    modifier(association, geste)
    assert "feuille_retiree" not in dites(association)[0]


def test_un_identifiant_d_une_autre_ne_la_fait_pas_disparaitre(association):
    modifier(
        association,
        lambda f, _: setattr(f[0].cell(rang_de(f[0], "m:structure_id"), 6), "value", "maison-maladiere"),
    )
    du_fichier, des_formulaires = dites(association)
    assert "feuille_retiree" not in du_fichier
    assert ["identite_contredite"] in des_formulaires


def test_une_feuille_vraiment_retiree_se_dit_encore(association):
    def geste(feuilles, classeur):
        effacer(feuilles[0], "m:structure_id")
        classeur.remove(feuilles[1])

    modifier(association, geste)
    assert dites(association)[0].count("feuille_retiree") == 1
