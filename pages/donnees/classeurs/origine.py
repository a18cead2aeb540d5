"""Step 4, its end: how this model of workbook is called, and what it is."""

from pathlib import Path

import streamlit as st

_NATURES = {
    "rapport": "Le rapport d’une structure ou d’un gestionnaire",
    "extrait": "L’extrait d’un logiciel ou d’une administration (Caf, ISAJE…)",
}


def demander(nom: str, cle: str) -> tuple[str, str, str | None, bool]:
    """Title, nature, source of an extract, and whether the rows of a structure add up."""
    gauche, droite = st.columns(2)
    with gauche:
        titre = st.text_input("Titre du modèle", Path(nom).stem.replace("_", " "), key=f"titre_{cle}")
        nature = st.radio("Ce classeur est", list(_NATURES), format_func=_NATURES.get, key=f"nature_{cle}")
    with droite:
        source = None
        if nature == "extrait":
            source = st.text_input("Source, en un mot sans accent", "isaje", key=f"source_{cle}")
        additionner = st.checkbox("Additionner les lignes d’une même structure", key=f"somme_{cle}")
    return titre, nature, source, additionner
