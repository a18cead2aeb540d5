"""What the labels of the rows become in a declaration: what is counted, and its detail."""

from dataclasses import replace

from etl.classeurs_libres.declaration.modele import TOTAL
from etl.classeurs_libres.description.choix import ColonneChoisie
from etl.classeurs_libres.description.ebauche import ColonneProposee
from etl.classeurs_libres.description.ventilations import est_un_detail
from etl.classeurs_libres.mots import est_un_total
from pages.donnees.classeurs.noms import Noms


def colonne(
    choisie: ColonneChoisie, proposee: ColonneProposee, noms: Noms, detaillee: bool
) -> ColonneChoisie:
    """The column with its labels tied, the rows of the others passed over; `detaillee`: another column of the
    table says the detail, what is counted is then written once for its rows."""
    if choisie.donne == "mesure":
        siens = {mot: noms.mesures[mot].cle for mot in proposee.libelles if mot in noms.mesures}
        recopier = detaillee and proposee.lacunes
    else:
        dites = {mot: m.cle for mot in proposee.libelles if (m := noms.mesures.get(mot)) and est_un_detail(m)}
        totaux = {mot: TOTAL for mot in proposee.libelles if est_un_total(mot)}
        siens, recopier = dites | totaux | ({"": TOTAL} if proposee.lacunes else {}), False
    a_passer = tuple(mot for mot in proposee.libelles if mot not in siens)
    return replace(choisie, noms=siens, a_passer=a_passer, recopier=recopier)
