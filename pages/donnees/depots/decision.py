"""What becomes of a drop: accepted, set aside with a reason, closed."""

import datetime as dt

import streamlit as st

from ctg import formats
from etl.reception import acceptation, lots
from etl.reception.examen import DEJA, Examen
from etl.reception.lots import Lot, Piece
from pages.commun.textes import echapper
from pages.donnees import reconstruction, refus

_DIT = "depot_dit"


def afficher(lot: Lot, choisis: list[Piece], lus: dict[str, Examen], dates: dict[str, dt.datetime]) -> None:
    """Accept what is chosen, or set the rest aside with a reason."""
    deja = [piece for piece in lot.pieces if lus[piece.nom].etat == DEJA]
    autres = [piece for piece in lot.pieces if piece not in choisis and piece not in deja]
    gauche, droite = st.columns(2, vertical_alignment="bottom")
    with gauche:
        libelle = f"3. Accepter {formats.compter(len(choisis), 'fichiers')}" if choisis else "3. Accepter"
        if st.button(libelle, type="primary", disabled=not choisis, icon=":material/check:"):
            _accepter(lot, [*choisis, *deja], lus, dates)
    with droite:
        if not autres and not choisis:
            if st.button("Fermer ce dépôt : tout est déjà reçu"):
                lots.retirer(lot, deja)
                st.rerun()
        elif autres:
            raison = st.text_input("Pourquoi écarter les autres ?", key=f"raison_{lot.lot_id}")
            if st.button(f"Écarter {formats.compter(len(autres), 'fichiers')}", disabled=not raison.strip()):
                _ecarter(lot, autres, raison)


def _accepter(lot: Lot, pieces: list[Piece], lus: dict[str, Examen], dates: dict[str, dt.datetime]) -> None:
    try:
        fait = acceptation.accepter(lot, {piece.nom: dates[piece.nom] for piece in pieces})
    except OSError as erreur:
        refus.dire("Rien n’a été accepté, rien n’est perdu.", erreur)
        return
    rapports = sum(rapport.retenu for nom in fait.entres for rapport in lus[nom].rapports)
    dit = (
        formats.compter(rapports, "rapports chargés")
        if rapports
        else formats.compter(len(fait.entres), "fichiers reçus")
    )
    reconstruction.reconstruire(dit)


def _ecarter(lot: Lot, pieces: list[Piece], raison: str) -> None:
    try:
        lots.ecarter(lot, pieces, raison.strip())
    except OSError as erreur:
        refus.dire("Rien n’a été écarté.", erreur)
        return
    st.session_state[_DIT] = f"{formats.compter(len(pieces), 'fichiers écartés')}, gardés avec votre raison."
    st.rerun()


def dire_ce_qui_vient_d_etre_fait() -> None:
    """Say once what the last decision did."""
    if dit := st.session_state.pop(_DIT, None):
        st.success(echapper(dit), icon=":material/check:")
