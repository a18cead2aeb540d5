"""What could not be done, said on the page for the person who can repair it."""

import streamlit as st

from ctg import erreurs_du_systeme
from pages.commun.textes import echapper


def dire(constat: str, erreur: Exception) -> None:
    """« Rien n’a été déposé. Le disque est plein. … »: `constat`, then why; ours say their own sentence."""
    raison = erreurs_du_systeme.phrase(erreur) if isinstance(erreur, OSError) else str(erreur)
    st.error(echapper(f"{constat} {raison}".strip()), icon=":material/error:")
