"""« Décider » : correct a figure, declare a stage, choose a source, confirm a wording; by function."""

import streamlit as st

from pages.donnees.decisions import chiffre, etapes, libelles, sources
from pages.donnees.decisions.enregistrement import convention_lisible, marque_fictive

_CLE = "decision_ouverte"
_GENRES = {
    "chiffre": "Corriger un chiffre",
    "etapes": "Étapes et aval",
    "sources": "Deux sources",
    "libelles": "Libellés à confirmer",
}
_ADRESSE = "decider"


def afficher(annee: int, fictif: bool) -> None:
    """Draw the four kinds of decision, one at a time; the address may name it, or a measure to correct."""
    if not convention_lisible():
        return
    demande = st.query_params.get(_ADRESSE)
    if _CLE not in st.session_state:
        st.session_state[_CLE] = demande if demande in _GENRES else "chiffre"
    choisi = st.segmented_control(
        "Que décider ?", list(_GENRES), format_func=_GENRES.get, key=_CLE, label_visibility="collapsed"
    )
    if marque_fictive() == "oui":
        st.markdown(
            "La campagne affichée est fictive : ce qui se décide ici ne vaudra pas pour une campagne réelle."
        )
    module = {"etapes": etapes, "sources": sources, "libelles": libelles}.get(choisi, chiffre)
    module.afficher(annee, fictif)
