"""When a dropped file was received: its day, and its hour when another submission came the same day."""

import datetime as dt

import streamlit as st

from etl.reception import lots
from etl.reception.constat import Examen
from etl.reception.lots import Lot, Piece
from pages.donnees import refus
from pages.donnees.depots import ordre

_MINUTE = 60  # seconds
_LARGEUR = 360  # pixels


def choisie(lot: Lot, piece: Piece) -> dt.datetime:
    """When it was received: as somebody wrote, else the message's date, else that of the drop."""
    return piece.dit_le or piece.recu_le or lot.depose_le


def demander_pour_tous(lot: Lot) -> None:
    """One day for all the files that no message dates: a folder handed over weeks after the deadline."""
    sans_date = [piece for piece in lot.pieces if piece.recu_le is None]
    if len(sans_date) < 2:
        return
    reste = "" if len(sans_date) == len(lot.pieces) else " ceux qu’aucun message ne date"
    cle = f"dates_{lot.lot_id}"
    st.date_input(
        f"Reçus le, pour tous{reste}",
        lot.depose_le.date(),
        max_value=dt.date.today(),
        format="DD/MM/YYYY",
        key=cle,
        width=_LARGEUR,
        on_change=_changer_tous,
        args=(lot, sans_date, cle),
    )


def _changer_tous(lot: Lot, pieces: list[Piece], cle: str) -> None:
    if jour := st.session_state[cle]:
        for piece in pieces:
            _garder(lot, piece, _ce_jour(lot, piece, jour))


def demander(lot: Lot, piece: Piece, examen: Examen) -> None:
    """Ask for the day; for the hour as well, where it tells which of two submissions is the last."""
    recu_le = choisie(lot, piece)
    cle = f"date_{lot.lot_id}_{piece.nom}"
    st.session_state[cle] = recu_le.date()  # as kept: another tab may have written it
    st.date_input(
        "Reçu le",
        max_value=dt.date.today(),
        format="DD/MM/YYYY",
        key=cle,
        on_change=_changer_de_jour,
        args=(lot, piece, cle),
    )
    if ordre.l_heure_compte(examen, recu_le):
        cle = f"heure_{lot.lot_id}_{piece.nom}"
        # without the seconds, that the field does not hold; midnight: only the day is known
        heure = recu_le.time().replace(second=0, microsecond=0)
        st.session_state[cle] = None if recu_le.time() == dt.time() else heure
        st.time_input("Heure", step=_MINUTE, key=cle, on_change=_changer_d_heure, args=(lot, piece, cle))


def _changer_de_jour(lot: Lot, piece: Piece, cle: str) -> None:
    """Keep the day that was just written; its own day gives it back its hour."""
    jour = st.session_state[cle] or (piece.recu_le or lot.depose_le).date()
    _garder(lot, piece, _ce_jour(lot, piece, jour))


def _ce_jour(lot: Lot, piece: Piece, jour: dt.date) -> dt.datetime | None:
    """What to keep of a day that was written: nothing when it is the one already known, hour and all."""
    depart = piece.recu_le or lot.depose_le
    return None if jour == depart.date() else dt.datetime.combine(jour, dt.time())


def _changer_d_heure(lot: Lot, piece: Piece, cle: str) -> None:
    """Keep the hour that was just written; none leaves the day alone."""
    heure = st.session_state[cle] or dt.time()
    _garder(lot, piece, dt.datetime.combine(choisie(lot, piece).date(), heure))


def _garder(lot: Lot, piece: Piece, dit_le: dt.datetime | None) -> None:
    try:
        lots.dater(lot, piece.nom, dit_le)
    except OSError as erreur:
        refus.dire("La date n’a pas été gardée.", erreur)
