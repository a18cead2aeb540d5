"""What the pages read: published queries, cached as long as the same warehouse stands."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from ctg.entrepot import Entrepot, EntrepotAbsent, Signature, chemin_par_defaut, signature

T = TypeVar("T")
_OUVERT = "entrepot_ouvert"


def _a_jour(entrepot: Entrepot) -> bool:
    try:
        return entrepot.chemin == chemin_par_defaut() and entrepot.signature == signature(entrepot.chemin)
    except EntrepotAbsent:
        return False


@st.cache_resource(validate=_a_jour, max_entries=1, show_spinner=False)
def _dernier() -> Entrepot:
    return Entrepot(chemin_par_defaut())


def ouvrir() -> None:
    """Take the warehouse as it stands for the whole run; a new one is seen at the next run.

    Without it, a replacement in the middle of a run would put two versions on one screen.
    Raises EntrepotAbsent, EntrepotIllisible.
    """
    st.session_state[_OUVERT] = _dernier()


def depasses() -> bool:
    """Whether another warehouse has taken the place of the one this run reads."""
    return not _a_jour(entrepot())


def entrepot() -> Entrepot:
    """The warehouse of this run."""
    return st.session_state[_OUVERT]


@st.cache_resource(max_entries=2000, show_spinner=False)
def _lire(version: Signature, nom: str, _entrepot: Entrepot, **params: object) -> pd.DataFrame:
    return _entrepot.requete(nom, **params)


def lire(nom: str, **params: object) -> pd.DataFrame:
    """Answer of `ctg/requetes/<nom>.sql`: a DataFrame of its own, cached by version of the warehouse.

    The copy is shallow: pandas copies on write, so that nobody can spoil the cached answer, and nobody waits
    for a copy it does not need.
    """
    ouvert = entrepot()
    return _lire(ouvert.signature, nom, ouvert, **params).copy(deep=False)


@st.cache_resource(max_entries=4000, show_spinner=False)
def _retenir(version: Signature, nom: str, _fonction: Callable[..., Any], *arguments: object) -> Any:
    return _fonction(*arguments)


def retenue(fonction: Callable[..., T]) -> Callable[..., T]:
    """Keep the results of a pure reading function as long as the same warehouse stands.

    Its arguments are positional and hashable; nobody may change what it returns, since everybody shares it.
    """
    nom = f"{fonction.__module__}.{fonction.__qualname__}"

    @functools.wraps(fonction)
    def appel(*arguments: object) -> T:
        return _retenir(entrepot().signature, nom, fonction, *arguments)

    return appel


@st.cache_resource(max_entries=2000, show_spinner=False)
def _lignes(version: Signature, nom: str, _entrepot: Entrepot, **params: object) -> tuple:
    return tuple(_entrepot.requete(nom, **params).itertuples(index=False, name="Ligne"))


def lignes(nom: str, **params: object) -> tuple:
    """The same answer as `lire`, as named tuples: for the pages that write it row by row."""
    ouvert = entrepot()
    return _lignes(ouvert.signature, nom, ouvert, **params)


@retenue
def _parametres() -> dict[str, str]:
    return {ligne.cle: ligne.valeur for ligne in lignes("parametres")}


def parametre(cle: str) -> str:
    """A setting of the convention, as text. Raises KeyError when it has none of that name."""
    return _parametres()[cle]


def fictif() -> bool:
    """Whether one number at least of the warehouse is made up."""
    return bool(lignes("bandeau", annee=None)[0].fictif)
