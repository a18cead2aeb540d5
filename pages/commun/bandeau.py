"""Head of every page: document title, title, question, and the strip saying what may be relied on."""

import streamlit as st

from ctg import formats
from pages.commun import diffusion, donnees, filtres
from pages.commun.textes import echapper


def phrase(annee: int | None) -> str:
    """The strip in plain text: « Campagne 2025 · 48 répondants sur 57 · provisoire, ne pas diffuser… »."""
    etat = donnees.lignes("bandeau", annee=annee)[0]
    morceaux = []
    if formats.est_connu(etat.annee):
        morceaux.append(f"Campagne {int(etat.annee)}")
        morceaux.append(formats.couverture(etat.nb_acceptes, etat.nb_attendus))
    morceaux.append(diffusion.de_la_page())
    morceaux.append(f"construit le {formats.date_longue(etat.construit_le)}")
    return " · ".join(morceaux)


def afficher(titre: str, question: str | None = None) -> None:
    """Open a page: unique document title, `titre` as h1, the question it answers, then the strip.

    Both texts may come from data: they are escaped.
    """
    st.set_page_config(page_title=f"{titre} — Convention territoriale globale, Dijon")
    st.title(echapper(titre), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="bandeau"):
        if donnees.fictif():
            st.badge("Données fictives", color="orange")
        st.markdown(echapper(phrase(filtres.courants().annee or filtres.campagne_par_defaut())))
    if question:
        st.markdown(f"**{echapper(question)}**")
