"""The words of those who answer: quoted as written, under the heading of the form."""

import pandas as pd
import streamlit as st

from ctg import formats
from pages.commun.textes import echapper


def citer(mots: pd.DataFrame) -> None:
    """Quote the rows of `fiche_mots.sql` (rubrique_libelle, texte, structure), one heading per rubrique."""
    for titre in dict.fromkeys(mots["rubrique_libelle"]):
        st.markdown(f"**{echapper(titre)}**")
        for mot in mots[mots["rubrique_libelle"] == titre].itertuples():
            auteur = f" — {echapper(mot.structure)}" if formats.est_connu(mot.structure) else ""
            st.markdown(f"« {echapper(mot.texte)} »{auteur}")
