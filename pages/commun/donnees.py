"""What the pages read: published queries, cached as long as the same warehouse stands."""

import pandas as pd
import streamlit as st

from ctg.entrepot import Entrepot, EntrepotAbsent, Signature, chemin_par_defaut, signature


def _a_jour(entrepot: Entrepot) -> bool:
    try:
        return entrepot.chemin == chemin_par_defaut() and entrepot.signature == signature(entrepot.chemin)
    except EntrepotAbsent:
        return False


@st.cache_resource(validate=_a_jour, max_entries=1, show_spinner=False)
def entrepot() -> Entrepot:
    """The warehouse as it stands now: a new one is seen at the next interaction.

    Raises EntrepotAbsent, EntrepotIllisible.
    """
    return Entrepot(chemin_par_defaut())


@st.cache_data(max_entries=1000, show_spinner=False)
def _lire(version: Signature, nom: str, _entrepot: Entrepot, **params: object) -> pd.DataFrame:
    return _entrepot.requete(nom, **params)


def lire(nom: str, **params: object) -> pd.DataFrame:
    """Answer of `ctg/requetes/<nom>.sql`: a DataFrame of its own, cached by version of the warehouse."""
    ouvert = entrepot()
    return _lire(ouvert.signature, nom, ouvert, **params)


def parametre(cle: str) -> str:
    """A setting of the convention, as text. Raises KeyError when it has none of that name."""
    reglages = lire("parametres")
    return dict(zip(reglages["cle"], reglages["valeur"], strict=True))[cle]


def fictif() -> bool:
    """Whether one number at least of the warehouse is made up."""
    return bool(lire("bandeau", annee=None)["fictif"].iat[0])
