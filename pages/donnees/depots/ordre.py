"""Two submissions of one day: which came last, said by the person who received them."""

import datetime as dt

import streamlit as st

from etl.reception.examen import Examen, Voisin
from etl.reception.lots import Lot, Piece
from pages.commun.textes import echapper

_APRES = dt.timedelta(seconds=1)


def instant(lot: Lot, piece: Piece, jour: dt.date) -> dt.datetime | None:
    """When it came that day, as somebody said « after this other one »; None when nobody did."""
    dit = st.session_state.get(_cle(lot, piece))
    return dit[0] if dit and dit[0].date() == jour else None


def demander(lot: Lot, piece: Piece, examen: Examen, recu_le: dt.datetime) -> None:
    """Offer to say that it came after those of its day that keep it from counting, or to take it back."""
    dit = st.session_state.get(_cle(lot, piece))
    if dit is None or dit[0] != recu_le:
        voisins = _du_meme_jour(examen, recu_le)
        if not voisins:
            return
        dernier = max(voisins, key=lambda voisin: voisin.recu_le)
        dit = (dernier.recu_le + _APRES, dernier.fichier)
    st.checkbox(
        echapper(f"Arrivé le même jour, après « {dit[1]} » : c’est lui qui compte"),
        value=dit[0] == recu_le,
        key=f"{_cle(lot, piece)}_{dit[0] == recu_le}",
        on_change=_retenir,
        args=(_cle(lot, piece), None if dit[0] == recu_le else dit),
    )


def _du_meme_jour(examen: Examen, recu_le: dt.datetime) -> list[Voisin]:
    """What keeps one of its reports from counting, the same day, by its date alone."""
    return [
        voisin
        for rapport in examen.rapports
        if rapport.depasse or rapport.a_departager
        for voisin in rapport.voisins
        if voisin.recu_le and voisin.recu_le.date() == recu_le.date()
    ]


def _retenir(cle: str, dit: tuple[dt.datetime, str] | None) -> None:
    if dit is None:
        del st.session_state[cle]
    else:
        st.session_state[cle] = dit


def _cle(lot: Lot, piece: Piece) -> str:
    return f"apres_{lot.lot_id}_{piece.nom}"
