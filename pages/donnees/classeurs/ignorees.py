"""Step 4, beside its end: the sheets that the declaration names as not read, with their reason."""

from collections.abc import Collection, Iterable, Sequence

import streamlit as st

from etl.classeurs import Feuille
from etl.classeurs_libres.description.ignorees import CHOISIE, a_ignorer
from pages.donnees.classeurs.colonnes import Decrit
from pages.donnees.classeurs.noms import Noms

_PASSEE = "total, ou structure qui n’est pas à lire"


def demander(feuilles: Sequence[Feuille], lues: Collection[str], cle: str) -> dict[str, str]:
    """Sheet → why it is not read; those of a notice or of lists are proposed, the officer corrects."""
    restantes = [f.nom for f in feuilles if f.nom not in lues]
    if not restantes:
        return {}
    proposees = a_ignorer(feuilles, lues)
    retenues = st.multiselect(
        "Feuilles à ne pas lire, année après année",
        restantes,
        list(proposees),
        help="Les autres feuilles sans tableau décrit sont signalées à chaque lecture.",
        placeholder="Aucune",
        key=f"ignorees_{cle}",
    )
    return {nom: proposees.get(nom, CHOISIE) for nom in retenues}


def passees(decrits: Iterable[Decrit], noms: Noms, feuilles_de_structure: bool) -> dict[str, str]:
    """Sheet → why it is not read, of those whose name was declared to be passed over: a total, a copy."""
    noms_passes = [f for d in decrits for f in d.propose.repere.feuilles if f in noms.a_passer]
    return dict.fromkeys(noms_passes if feuilles_de_structure else (), _PASSEE)
