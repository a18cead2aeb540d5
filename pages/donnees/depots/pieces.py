"""One dropped file: its box, what it is and would change, its date, its details."""

import streamlit as st

from ctg import formats
from etl.reception.constat import DEJA, Examen
from etl.reception.lots import Lot, Piece
from pages.commun import figure, navigation
from pages.commun.textes import echapper
from pages.donnees.depots import dates, libelles, ordre, perdues, phrases, retour, tableaux

# nothing describes it yet: somebody can, in « Décrire un classeur »
_INCONNUS = ("classeur_inconnu", "document_inconnu", "source_inconnue")


def _cle(lot: Lot, piece: Piece, quoi: str) -> str:
    return f"{quoi}_{lot.lot_id}_{piece.nom}"


def afficher(lot: Lot, piece: Piece, examen: Examen) -> bool:
    """One file: its box, what it is and would change, its date, its details. Says whether it is chosen."""
    with st.container(border=True, key=f"piece_{lot.pieces.index(piece)}"):
        gauche, droite = st.columns([5, 1], vertical_alignment="center")
        with gauche:
            choisi = _nommer(lot, piece, examen)
            dits = [phrases.nature(examen), phrases.contenu(examen), phrases.points(examen)]
            if piece.origine:
                dits.append(f"dans « {piece.origine} »")
            st.markdown(echapper(" · ".join(filter(None, dits))))
            ordre.demander(lot, piece, examen, dates.choisie(lot, piece))
        if examen.etat != DEJA:
            with droite:
                dates.demander(lot, piece, examen)
        if any(anomalie.regle in _INCONNUS for anomalie in examen.anomalies):
            navigation.lien(
                "collecte",
                "Décrire ce classeur, sans le déposer à nouveau",
                "table_edit",
                volet="decrire",
                depose=f"{lot.lot_id}/{piece.nom}",
            )
        libelles.confirmer(lot, piece, examen)
        perdues.afficher(examen.perdues, piece.nom)
        _details(lot, piece, examen)
    return choisi


def _nommer(lot: Lot, piece: Piece, examen: Examen) -> bool:
    """Its name and what becomes of it, with a box when it may be chosen; says whether it is."""
    nom = f"**{echapper(piece.nom)}** — {echapper(phrases.ETATS[examen.etat])}"
    if examen.etat == DEJA or piece.refus:
        st.markdown(nom)
        return False
    return st.checkbox(
        nom,
        value=examen.utile,
        # a date written since may have made it useful: it is then ticked, as one just dropped
        key=_cle(lot, piece, "utile" if examen.utile else "inutile"),
    )


def _details(lot: Lot, piece: Piece, examen: Examen) -> None:
    """What is wrong, what changes, what to send back; nothing when there is nothing to see."""
    if examen.differences:
        with st.expander(
            f"Ce qui change : {formats.compter(len(examen.differences), 'réponses', feminin=True)}"
        ):
            montrees = examen.differences[: tableaux.MONTREES]
            figure.tableau(tableaux.differences(montrees), "Réponses qui changent, avant et après")
            if len(examen.differences) > len(montrees):
                st.markdown(f"Les {len(montrees)} premières sur {len(examen.differences)}.")
    deja_dit = [anomalie.message for anomalie in examen.anomalies] == [examen.message]
    if examen.anomalies and not (deja_dit and examen.renvoi is None):
        titre = "Ce qui ne va pas, et le message à renvoyer" if examen.renvoi else "Ce qui ne va pas"
        with st.expander(f"{titre} : {phrases.points(examen)}"):
            figure.tableau(tableaux.anomalies(examen), f"Anomalies de {piece.nom}")
            if len(examen.anomalies) > tableaux.MONTREES:
                st.markdown(
                    f"Les {tableaux.MONTREES} premières sur {len(examen.anomalies)}, la pire d’abord."
                )
            if examen.renvoi is not None:
                retour.proposer(lot, piece, examen)
