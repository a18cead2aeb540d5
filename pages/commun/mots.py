"""The words of those who answer: quoted as written, under the heading of the form."""

from collections.abc import Sequence

import streamlit as st

from ctg import formats
from pages.commun.textes import echapper


def citer(mots: Sequence) -> None:
    """Quote the rows of `fiche_mots.sql` (rubrique_libelle, texte, structure), one heading per rubrique."""
    for titre in dict.fromkeys(mot.rubrique_libelle for mot in mots):
        st.markdown(f"**{echapper(titre)}**")
        for mot in (mot for mot in mots if mot.rubrique_libelle == titre):
            auteur = f" — {echapper(mot.structure)}" if formats.est_connu(mot.structure) else ""
            st.markdown(f"« {echapper(mot.texte)} »{auteur}")
