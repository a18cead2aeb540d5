"""The wordings of a form that waits, confirmed where it stands: it is read again at once."""

import streamlit as st

from ctg import formats
from etl.reception.constat import Examen
from etl.reception.lots import Lot, Piece
from pages.donnees.decisions import libelles
from pages.donnees.decisions.enregistrement import essayer


def confirmer(lot: Lot, piece: Piece, examen: Examen) -> None:
    """Offer to confirm them; not for a fictional form: what is confirmed counts for a real campaign too."""
    if not examen.libelles or any(rapport.fictif for rapport in examen.rapports):
        return
    with st.expander(f"À confirmer avant lecture : {formats.compter(len(examen.libelles), 'libellés')}"):
        confirmes = libelles.demander(
            examen.libelles, f"libelles_{lot.lot_id}_{piece.nom}", "Confirmer et relire"
        )
        if confirmes and essayer(lambda: libelles.ecrire(confirmes)):
            st.rerun()
