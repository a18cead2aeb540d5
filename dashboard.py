"""The frame of every page: language, menu, shared filters. Run with `streamlit run dashboard.py`."""

import streamlit as st

from pages.commun import navigation

# before the slow imports: the English notice must not wait for them to be taken away
navigation.reparer_la_premiere_adresse()

from ctg.entrepot import EntrepotAbsent, EntrepotIllisible  # noqa: E402
from pages.commun import document, donnees, filtres, renouvellement, textes  # noqa: E402

st.set_page_config(
    page_title="Convention territoriale globale, Dijon",
    page_icon=navigation.ICONE,
    layout="wide",
    initial_sidebar_state=220,
)
document.preparer()
page = st.navigation(navigation.menu())
en_place = renouvellement.en_place()
try:
    donnees.ouvrir()
except (EntrepotAbsent, EntrepotIllisible) as erreur:
    renouvellement.suivre(en_place)
    textes.entrepot_absent(erreur)
    st.stop()
renouvellement.suivre(donnees.entrepot().signature)
filtres.barre(navigation.declaration(page.title))
page.run()
