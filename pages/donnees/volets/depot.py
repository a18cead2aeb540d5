"""« Déposer »: drop files, read what they would change, accept them or set them aside."""

import streamlit as st

from ctg import formats
from ctg.referentiel import ReferentielInvalide
from etl.inventaire import ReceptionsIllisibles
from etl.reception import lots
from etl.reception.constat import PARTIEL, REFUSE
from etl.reception.lots import Lot
from pages.commun import prose
from pages.commun.textes import echapper, vide
from pages.donnees import reconstruction, refus
from pages.donnees.depots import arrivees, dates, decision, ecartes, envois, lecture, phrases, pieces, recus

_RANG = "depot_rang"
# among twenty files, these are to be looked at
_D_ABORD = {REFUSE: 0, PARTIEL: 1}


def afficher(annee: int, fictif: bool) -> None:
    """Draw the drop zone, then what waits for a decision, then what the last deliveries changed."""
    ecartes.dire_ce_qui_vient_d_etre_fait()
    _zone()
    en_attente = lots.en_attente()
    if en_attente:
        _lot(_choisir(en_attente), fictif)
    arrivees.afficher(annee)
    recus.afficher(annee)
    ecartes.afficher()
    with st.expander("Comment un fichier entre dans le tableau de bord"):
        st.markdown(prose.lire("charger"))
    envois.derniers_changements(annee)


def _zone() -> None:
    """The place to drop: what is dropped is put down at once, whole, then the zone is empty again."""
    rang = st.session_state.setdefault(_RANG, 0)
    recus = st.file_uploader(
        "1. Déposez un ou plusieurs fichiers : classeurs, données ouvertes, archive .zip, message .eml avec "
        "ses pièces jointes (200 Mo au plus par fichier)",
        accept_multiple_files=True,
        key=f"depot_{rang}",
    )
    if not recus:
        return
    try:
        lots.deposer([(recu.name, recu.getvalue()) for recu in recus])
    except OSError as erreur:
        refus.dire("Rien n’a été déposé.", erreur)
        return
    st.session_state[_RANG] += 1
    st.rerun()


def _choisir(en_attente: list[Lot]) -> Lot:
    """The drop to look at: the last one, unless another is asked for."""
    if len(en_attente) == 1:
        return en_attente[0]
    # by their identifiers: a list would give back a drop as it stood when it was chosen
    lots_par_id = {lot.lot_id: lot for lot in en_attente}
    choisi = st.selectbox(
        f"{formats.compter(len(en_attente), 'dépôts')} en attente d’une décision",
        list(lots_par_id),
        format_func=lambda lot_id: _nommer(lots_par_id[lot_id]),
    )
    return lots_par_id[choisi]


def _nommer(lot: Lot) -> str:
    """Its title and its first file: two drops of one minute must not bear the same words in the list."""
    return f"{_titre(lot)} ({lot.pieces[0].nom})" if lot.pieces else _titre(lot)


def _titre(lot: Lot) -> str:
    heure = f"{lot.depose_le.hour} h {lot.depose_le.minute:02d}"
    return (
        f"Dépôt du {formats.date_longue(lot.depose_le)} à {heure} : "
        f"{formats.compter(len(lot.pieces), 'fichiers')}"
    )


def _lot(lot: Lot, fictif: bool) -> None:
    """One drop: what was left out of it, what each file would change, the decision."""
    st.subheader(echapper(f"2. {_titre(lot)}"), anchor=False)
    for dite in phrases.remarques(lot.remarques):
        st.markdown(echapper(dite))
    if not lot.pieces:
        vide("Rien à charger dans ce dépôt.", "Fermez-le.")
        if st.button("Fermer ce dépôt", key=f"fermer_{lot.lot_id}"):
            lots.fermer(lot)
            st.rerun()
        return
    if reconstruction.en_cours():  # what it would change is about to change
        st.markdown("Ce dépôt sera relu à la fin de la reconstruction.")
        return
    recus_le = {piece.nom: dates.choisie(lot, piece) for piece in lot.pieces}
    try:
        apercu = lecture.examiner(lot, recus_le)
    except (ReferentielInvalide, ReceptionsIllisibles, OSError) as erreur:
        refus.dire("Ce dépôt n’a pas pu être lu.", erreur)
        return
    lus = apercu.fichiers
    perdues = phrases.sans_effet(lus.values())
    st.markdown(f"{phrases.resume(lus.values())} {perdues}".strip())
    if fictif and phrases.un_rapport_reel(lus.values()):
        st.markdown(
            "Le premier rapport réel est là : une fois accepté, la campagne fictive disparaît de "
            "toutes les pages."
        )
    dates.demander_pour_tous(lot)
    gestes = st.container()  # above the files: with twenty of them, the bottom of the page is far
    ordonnees = sorted(lot.pieces, key=lambda piece: _D_ABORD.get(lus[piece.nom].etat, len(_D_ABORD)))
    coches = {piece.nom for piece in ordonnees if pieces.afficher(lot, piece, lus[piece.nom])}
    choisis = [piece for piece in lot.pieces if piece.nom in coches]
    with gestes:
        decision.afficher(lot, choisis, apercu, recus_le)
