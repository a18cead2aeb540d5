"""« Déposer » : where the files received go."""

import streamlit as st

from pages.commun import prose


def afficher(annee: int, fictif: bool) -> None:
    """Say how files are loaded."""
    st.markdown(prose.lire("charger"))
