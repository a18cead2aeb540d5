"""The frame of every page: language, menu, shared filters. Run with `streamlit run dashboard.py`."""

import streamlit as st

from pages.commun import navigation

# before the slow imports: the English notice must not wait for them to be taken away
navigation.reparer_la_premiere_adresse()

from ctg.entrepot import EntrepotAbsent, EntrepotIllisible  # noqa: E402
from pages.commun import document, donnees, filtres, textes  # noqa: E402

st.set_page_config(
    page_title="Convention territoriale globale, Dijon",
    page_icon=navigation.ICONE,
    layout="wide",
    initial_sidebar_state=220,
)
document.preparer()
page = st.navigation(navigation.menu())
try:
    donnees.ouvrir()
except (EntrepotAbsent, EntrepotIllisible) as erreur:
    textes.entrepot_absent(erreur)
    st.stop()
filtres.barre(navigation.declaration(page.title))
page.run()
