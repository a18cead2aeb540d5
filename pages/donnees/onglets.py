"""The tabs of a page: one module each, drawn only when it is looked at, opened by a link."""

from dataclasses import dataclass
from typing import Protocol

import streamlit as st

_CLE = "volet_ouvert"
_ADRESSE = "volet"


class _Module(Protocol):
    def afficher(self, annee: int, fictif: bool) -> None: ...


@dataclass(frozen=True)
class Volet:
    """One tab: `code` stands in the address (`?volet=relancer`), `titre` on the screen."""

    code: str
    titre: str
    module: _Module


def afficher(volets: tuple[Volet, ...], annee: int, fictif: bool) -> None:
    """Draw the tabs, and the content of the one that is open. The address wins: an unknown code is ignored.

    A link to the cells of a measure (`?provenance=PE-1.0.1-a`) opens the tab of that code.
    """
    voulu = next(
        (v for v in volets if v.code == st.query_params.get(_ADRESSE)),
        next((v for v in volets if v.code in st.query_params), volets[0]),
    )
    st.session_state[_CLE] = voulu.titre
    conteneurs = st.tabs([v.titre for v in volets], key=_CLE, on_change=_retenir, args=(volets,))
    for volet, conteneur in zip(volets, conteneurs, strict=True):
        if conteneur.open:
            with conteneur:
                volet.module.afficher(annee, fictif)


def _retenir(volets: tuple[Volet, ...]) -> None:
    """Write the tab just opened in the address, so that it can be sent."""
    st.query_params[_ADRESSE] = next(v.code for v in volets if v.titre == st.session_state[_CLE])
