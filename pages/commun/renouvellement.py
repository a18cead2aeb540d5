"""A page left open follows the warehouse: drawn again once another one took its place, and it says so."""

import streamlit as st

from ctg.entrepot import EntrepotAbsent, Signature, chemin_par_defaut, signature

_RYTHME = 4  # seconds between two looks at the warehouse
_ARRIVE = "entrepot_arrive"


def en_place() -> Signature | None:
    """The version of the warehouse that stands now; None when there is none."""
    try:
        return signature(chemin_par_defaut())
    except EntrepotAbsent:
        return None


def suivre(vue: Signature | None) -> None:
    """Draw the page again when the warehouse is no longer the one it shows (`vue`, see `en_place`)."""
    if st.session_state.pop(_ARRIVE, False):
        st.toast("De nouvelles données viennent d’arriver : cette page est à jour.", icon=":material/update:")
    _guetter(vue)


@st.fragment(run_every=_RYTHME)
def _guetter(vue: Signature | None) -> None:
    if en_place() != vue:
        st.session_state[_ARRIVE] = True
        st.rerun()
