"""The unit of every page: finding, measure, chart, the same data as a table, coverage, source, download."""

import streamlit as st

from ctg.graphiques.figure import Figure
from ctg.graphiques.tableau import en_csv
from pages.commun import navigation
from pages.commun.textes import echapper

CONFIG = {"displayModeBar": False, "showTips": False, "scrollZoom": False, "doubleClick": False}


def afficher(figure: Figure) -> None:
    """Draw a figure whole. Its key must be unique in the page. Without a chart, its table stands open."""
    with st.container(border=True, key=f"figure_{figure.cle}"):
        st.subheader(echapper(figure.constat), anchor=False)
        st.markdown(echapper(figure.mesure))
        if figure.trace is None:
            _donnees(figure)
        else:
            st.plotly_chart(
                figure.trace, theme=None, config=CONFIG, alt=figure.alt, key=f"trace_{figure.cle}"
            )
            with st.expander("Les données du graphique"):
                _donnees(figure)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(echapper(f"{figure.couverture} · source : {figure.source}"))
            if figure.provenance:
                navigation.lien("collecte", "D’où viennent ces nombres ?", indicateur=figure.provenance)


def _donnees(figure: Figure) -> None:
    """The table and its download. Cells are markdown for Streamlit: those that come from data are escaped."""
    st.table(figure.tableau.map(echapper), hide_index=True, alt=figure.alt)
    st.download_button(
        "Télécharger (CSV)",
        lambda: en_csv(figure),
        file_name=f"{figure.cle}.csv",
        mime="text/csv",
        key=f"csv_{figure.cle}",
        on_click="ignore",
        icon=":material/download:",
    )
