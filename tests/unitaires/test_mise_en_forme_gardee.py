"""What a cell shows goes on with it: in the copy sent back, and in a workbook declared in thousands."""

import io

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.canevas.lecture.journal import Journal
from etl.canevas.plan import lignes, plan_structure
from etl.canevas.reponse.nombres import Nature
from etl.canevas.retour.recopie import recopier
from etl.classeurs import Classeur, Feuille
from etl.classeurs.affichage import montrer
from etl.classeurs.ouverture import lire_octets
from etl.classeurs.passages import TexteBarre, barrer
from etl.classeurs_libres.lecture.releve import Prise
from etl.classeurs_libres.lecture.valeurs import lire_prise

CELLULES = [
    TexteBarre("27", "30"),
    barrer("30"),
    montrer(412.5, '0.0" k€"'),
    montrer(412500.0, "#,##0,"),
    montrer(0.85, "0%"),
    12.0,
    "12⁵",
]


def test_la_copie_montre_ce_que_montrait_le_classeur():
    copie, _ = recopier(Classeur("ods", (Feuille("F", [[cellule] for cellule in CELLULES]),)))
    sortie = io.BytesIO()
    copie.save(sortie)
    (feuille,) = lire_octets(sortie.getvalue(), ".xlsx").feuilles
    vues = [getattr(rangee[0], "montre", rangee[0]) for rangee in feuille.rangees]
    assert [str(vue).strip() for vue in vues] == [str(getattr(c, "montre", c)).strip() for c in CELLULES]


@pytest.mark.parametrize(
    "lu", [412.5, "412,5", "412,5 k€", montrer(412.5, '0.0" k€"'), montrer(412500.0, '0.0," k€"')]
)
def test_une_colonne_declaree_en_milliers_n_est_multipliee_qu_une_fois(lu):
    referentiel = charger(dossier_par_defaut())
    plan = plan_structure(referentiel, referentiel.structures["maison-maladiere"], 2025)
    ligne = lignes(plan)["c:total-produits"]
    prise = Prise("F", (0, 0), lu, {}, facteur=1000.0)
    assert lire_prise(prise, ligne, Nature.MONTANT, (), False, 5, Journal("F")).valeur == 412500
