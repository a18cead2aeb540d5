"""The unit of every page: finding, measure, chart, the same data as a table, coverage, source, download."""

from itertools import zip_longest

import pandas as pd
import streamlit as st

from ctg.graphiques.figure import Figure, empreinte
from ctg.graphiques.tableau import en_csv
from pages.commun import diffusion, navigation
from pages.commun.textes import echapper, echapper_cellule

CONFIG = {"displayModeBar": False, "showTips": False, "scrollZoom": False, "doubleClick": False}


def afficher(figure: Figure) -> None:
    """Draw a figure whole. Its key must be unique in the page. Without a chart, its table stands open."""
    figure = diffusion.marquer(figure)
    with st.container(border=True, height="stretch", key=f"figure_{figure.cle}"):
        st.subheader(echapper(figure.constat), anchor=False)
        st.markdown(echapper(figure.mesure))
        if figure.trace is None:
            _donnees(figure)
        else:
            _tracer(figure.empreinte, figure.trace, figure.alt)
            with st.expander("Les données du graphique"):
                _donnees(figure)
        with st.container(horizontal=True, vertical_alignment="center"):
            pied = (figure.couverture, f"source : {figure.source}", figure.diffusion)
            st.markdown(echapper(" · ".join(filter(None, pied))))
            if figure.provenance:
                navigation.lien("collecte", "D’où viennent ces nombres ?", provenance=figure.provenance)


def _donnees(figure: Figure) -> None:
    """The table and its download."""
    _tabler(figure.empreinte, figure.tableau, figure.alt)
    st.download_button(
        "Télécharger (CSV)",
        lambda: en_csv(figure),
        file_name=f"{figure.cle}.csv",
        mime="text/csv",
        key=f"csv_{figure.cle}",
        on_click="ignore",
        icon=":material/download:",
    )


def tableau(lignes: list[dict[str, str]], alt: str) -> None:
    """Draw a table of French texts, the same keys in each row, under its text alternative."""
    _tabler(empreinte(lignes), lignes, alt)


# Streamlit replays what a cached function drew: neither plotly nor Arrow works again on the same content.
@st.cache_data(max_entries=1000, show_spinner=False)
def _tracer(empreinte: bytes, _trace: dict, alt: str) -> None:
    st.plotly_chart(_trace, theme=None, config=CONFIG, alt=alt)


@st.cache_data(max_entries=1000, show_spinner=False)
def _tabler(empreinte: bytes, _lignes: pd.DataFrame | list[dict[str, str]], alt: str) -> None:
    # cells are markdown for Streamlit: those that come from data are escaped
    st.table(pd.DataFrame(_lignes).map(echapper_cellule), hide_index=True, alt=alt)


def cote_a_cote(figures: list[Figure]) -> None:
    """Draw figures two by two; the last one alone takes the whole width."""
    for premiere, seconde in zip_longest(figures[::2], figures[1::2]):
        if seconde is None:
            afficher(premiere)
            continue
        gauche, droite = st.columns(2)
        with gauche:
            afficher(premiere)
        with droite:
            afficher(seconde)
