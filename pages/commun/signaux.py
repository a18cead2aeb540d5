"""The signals of the social watch, read once and shown alike on every page."""

import streamlit as st

from ctg import veille
from pages.commun import donnees, navigation
from pages.commun.textes import echapper


@donnees.retenue
def de_la_veille() -> tuple[veille.Signal, ...]:
    """Every signal the open data give, strongest first."""
    return tuple(
        veille.reperer(
            donnees.lire("veille_evolutions"),
            seuil_stable=float(donnees.parametre("evolution.seuil_stable")),
            seuil_couverture=float(donnees.parametre("couverture.seuil_etat")),
        )
    )


def afficher(signal: veille.Signal) -> None:
    """One signal: its sentence, its series, what it rests on, the fiches that should hear of it."""
    with st.container(border=True):
        st.markdown(f"**{echapper(signal.phrase)}**")
        st.markdown(
            f"Signal {signal.degre} · {echapper(signal.serie)} · {echapper(signal.certitude)} · "
            f"source : {echapper(signal.source)}"
        )
        with st.container(horizontal=True):
            for fiche in signal.fiches:
                navigation.lien("fiche", f"Fiche {echapper(fiche)}", "description", fiche=fiche)
