"""What goes back to whoever sent a dropped file: the marked copy, and the mail that goes with it."""

import datetime as dt
import tempfile
from pathlib import Path

import streamlit as st

from etl.reception.constat import Examen
from etl.reception.lots import Lot, Piece
from etl.renvois import courrier, retours


def proposer(lot: Lot, piece: Piece, examen: Examen) -> None:
    """The copy and the mail, to download; `examen.renvoi` is what they say."""
    cle = f"{lot.lot_id}_{piece.nom}"
    copie = f"{Path(piece.nom).stem}_a_corriger{examen.copie}" if examen.copie else None
    texte = courrier.message(examen.renvoi, copie, dt.date.today())
    with st.container(horizontal=True):
        if copie:
            st.download_button(
                f"Télécharger la copie annotée ({examen.copie})",
                lambda: _copie(piece, examen.renvoi),
                file_name=copie,
                key=f"copie_{cle}",
                on_click="ignore",
                icon=":material/download:",
            )
        st.download_button(
            "Télécharger le message (.txt)",
            texte,
            file_name=f"{Path(piece.nom).stem}_a_corriger.txt",
            key=f"message_{cle}",
            on_click="ignore",
            icon=":material/download:",
        )
    st.text_area("Message à copier", texte, height=240, key=f"texte_{cle}")


def _copie(piece: Piece, renvoi: courrier.Renvoi) -> bytes:
    with tempfile.TemporaryDirectory() as atelier:
        retour = retours.ecrire(renvoi, piece.chemin, Path(atelier), dt.date.today())
        return retour.copie.read_bytes()
