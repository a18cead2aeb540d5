"""Workbooks drawn at random: the accepted draft reads all of them, and of the next year nothing false."""

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.classeurs_libres.declaration.chargement import declaration
from etl.classeurs_libres.description.redaction import rediger
from etl.classeurs_libres.lecture.classeur import lire_selon
from tests.exemples.brouillon_accepte import accepter, choix_propose, valeurs_lues
from tests.exemples.classeur_libre import anomalies
from tests.exemples.classeurs_tires import abimer, en_classeur, tirer

CONVENTION = charger(dossier_par_defaut())
LOTS = [range(debut, debut + 10) for debut in range(0, 60, 10)]


@pytest.mark.parametrize("graines", LOTS, ids=str)
def test_le_brouillon_accepte_lit_tout_et_rien_d_autre(graines):
    for graine in graines:
        nom, feuilles, attendues = tirer(graine)
        lu = accepter(en_classeur(feuilles), nom, attendues, CONVENTION)
        assert (graine, lu.justes, lu.fausses) == (graine, len(attendues), {})


@pytest.mark.parametrize("graines", LOTS, ids=str)
def test_l_annee_d_apres_ce_qui_est_lu_est_vrai_et_ce_qui_ne_l_est_pas_est_dit(graines):
    for graine in graines:
        nom, feuilles, attendues = tirer(graine)
        texte = rediger(choix_propose(list(en_classeur(feuilles).feuilles), nom, CONVENTION))
        suite = en_classeur(abimer(feuilles, graine))
        lecture = lire_selon(declaration(texte, "suivi", CONVENTION), suite, nom, CONVENTION)
        lues = valeurs_lues(lecture)
        assert (graine, {cle: v for cle, v in lues.items() if attendues.get(cle) != v}) == (graine, {})
        assert len(lues) == len(attendues) or anomalies(lecture)
