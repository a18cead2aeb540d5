"""What people write beside a number, from the cell of a filled form to what is said of it."""

import re
import shutil

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.canevas.lecture.classeur import lire
from etl.canevas.redaction.ecriture import ecrire
from tests.exemples.formulaire_rempli import remplir

ADMIS, PLACES = "i:PE-2.0.2-b", "v:places"  # the first counts children, the second counts none


@pytest.fixture(scope="module")
def referentiel():
    return charger(dossier_par_defaut())


@pytest.fixture(scope="module")
def vierge(referentiel, tmp_path_factory):
    chemins = ecrire(referentiel, 2025, tmp_path_factory.mktemp("v"), structure="verriere-enchantee")
    return chemins[0]


@pytest.fixture
def lue(vierge, referentiel, tmp_path):
    """Read one cell filled alone, with its remark: (cell, anomalies)."""

    def lire_une(lu, cle=ADMIS, precision=None):
        chemin = shutil.copy(vierge, tmp_path / "f.xlsx")
        saisies = {(cle, "valeur"): lu} | ({(cle, "remarque"): precision} if precision else {})
        remplir(chemin, saisies)
        (formulaire,) = lire(chemin, referentiel).formulaires
        objet = cle.partition(":")[2]
        (cellule,) = (c for c in formulaire.cellules if c.objet_id == objet and c.modalite is None)
        return cellule, formulaire

    return lire_une


def test_environ_est_charge_comme_une_estimation(lue):
    cellule, formulaire = lue("environ 120", precision="à la rentrée")
    assert (cellule.valeur, cellule.estime, formulaire.statut) == (120, True, "accepte")
    assert cellule.remarque == "à la rentrée ; environ"
    (anomalie,) = formulaire.anomalies
    assert (anomalie.regle, anomalie.gravite) == ("nombre_estime", "information")
    assert "« environ 120 » a été lu 120, comme une estimation" in anomalie.message


def test_les_mots_qui_entourent_un_nombre_restent_a_cote_de_lui(lue):
    cellule, _ = lue("30 (dont 12 filles)")
    assert (cellule.valeur, cellule.remarque, cellule.remarque_a_relire) == (30, "dont 12 filles", False)


@pytest.mark.parametrize("lu", ["12 (dont 3 filles)", "12 dont deux filles", "12 (dont 10 filles)"])
def test_un_petit_effectif_dit_a_cote_d_un_nombre_reste_dans_son_fichier(lue, lu):
    cellule, formulaire = lue(lu)
    assert (cellule.valeur, cellule.remarque_a_relire) == (12, True)
    (anomalie,) = formulaire.anomalies
    assert anomalie.valeur_lue == "(non montré : petit effectif possible)"
    assert not re.search(r"[0-9]|deux", anomalie.message)


def test_a_cote_de_ce_qui_ne_compte_personne_rien_ne_se_tait(lue):
    cellule, formulaire = lue("60 (dont 3 d’urgence)", cle=PLACES)
    assert (cellule.valeur, cellule.remarque_a_relire) == (60, False)
    assert "« 60 (dont 3 d’urgence) »" in formulaire.anomalies[0].message


@pytest.mark.parametrize(
    ("lu", "etat", "regle", "gravite"),
    [
        ("n.c.", "manquant", "sans_reponse", "information"),
        ("—", "manquant", "sans_reponse", "information"),
        ("néant", "manquant", "neant", "a_confirmer"),
        ("aucun", "valeur", "aucun_lu_zero", "a_confirmer"),
        ("30 enfants", "valeur", "nombre_avec_mots", "a_confirmer"),
        ("plus de 100", "refuse", "nombre_borne", "bloquant"),
        ("#N/A", "refuse", "cellule_en_erreur", "bloquant"),
    ],
)
def test_chaque_issue_est_dite(lue, lu, etat, regle, gravite):
    cellule, formulaire = lue(lu)
    assert cellule.etat == etat
    assert [(a.regle, a.gravite) for a in formulaire.anomalies] == [(regle, gravite)]
    assert formulaire.statut == ("accepte_partiel" if gravite == "bloquant" else "accepte")
