"""Step 2, its unticked rows: the tables that are not read, named once so that nobody asks again each year."""

from collections.abc import Mapping, Sequence

import pandas as pd

from etl.classeurs import Feuille
from etl.classeurs_libres.description.choix import TableauLaisse
from etl.classeurs_libres.description.proposition import TableauPropose
from etl.classeurs_libres.lecture.entetes import noms_a


def non_coches(
    coches: Mapping[int, object], proposes: Sequence[TableauPropose], feuilles: Sequence[Feuille]
) -> tuple[TableauLaisse, ...]:
    """The tables found that are not ticked, by the words of their header; `coches`: rank → its box, without
    those whose row was taken away."""
    par_nom = {feuille.nom: feuille for feuille in feuilles}
    laisses = []
    for rang, repere in enumerate(propose.repere for propose in proposes):
        coche = coches.get(rang, False)
        noms = noms_a(par_nom[repere.feuilles[0]], repere.rang, repere.hauteur)
        mots = tuple(noms[c] for c in repere.colonnes if c in noms)
        if mots and not pd.isna(coche) and not coche:
            laisses.append(TableauLaisse(repere.feuilles, mots, repere.hauteur))
    return tuple(laisses)
