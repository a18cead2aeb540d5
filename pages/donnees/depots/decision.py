"""What becomes of a drop: accepted, set aside with a reason, closed."""

import datetime as dt
import hashlib

import streamlit as st

from ctg import formats
from ctg.essais import approbations
from ctg.referentiel import ReferentielInvalide
from etl.inventaire import ReceptionsIllisibles
from etl.reception import acceptation, lots
from etl.reception.constat import DEJA
from etl.reception.examen import Apercu
from etl.reception.lots import Lot, Piece
from etl.reception.reprises import retirer_les_avals, verifier_le_retrait
from etl.saisies import SaisieRefusee
from pages.commun.textes import echapper
from pages.donnees import reconstruction, refus
from pages.donnees.decisions.enregistrement import convention, marque_fictive
from pages.donnees.depots import ecartes, lecture, reprise


def afficher(lot: Lot, choisis: list[Piece], apercu: Apercu, dates: dict[str, dt.datetime]) -> None:
    """Here, what accepting would take back and the reason to set the rest aside; accepting is at the foot of
    the screen, in sight however many files there are."""
    deja = [piece for piece in lot.pieces if apercu.fichiers[piece.nom].etat == DEJA]
    autres = [piece for piece in lot.pieces if piece not in choisis and piece not in deja]
    try:
        effet = lecture.examiner_le_choix(lot, choisis, apercu, dates)
    except (ReferentielInvalide, ReceptionsIllisibles, OSError) as erreur:
        refus.dire("Ce choix n’a pas pu être lu.", erreur)
        return
    cle = _cle(lot, choisis, effet, dates)
    if choisis:
        if approuves := approbations(effet.approbations):
            st.markdown(echapper(approuves))
        reprise.detailler(effet.reprises)
    if autres:
        ecartes.demander(lot, autres, not choisis, cle)
    with st.bottom:
        if not choisis and not autres:
            if st.button("Fermer ce dépôt : tout est déjà reçu", key=f"fermer_{cle}"):
                lots.retirer(lot, deja)
                st.rerun()
        elif (dite := _demander(lot, choisis, effet, cle)) is not None:
            _accepter(lot, [*choisis, *deja], effet, dates, *dite)


def _demander(lot: Lot, choisis: list[Piece], effet: Apercu, cle: str) -> tuple[str, ...] | None:
    """The button that accepts; what was said to whoever asks for a reason, nothing as long as it waits."""
    geste = f"3. Accepter {formats.compter(len(choisis), 'fichiers')}" if choisis else "3. Accepter"
    if choisis and effet.reprises:
        return reprise.demander(effet.reprises, geste, lot.lot_id, cle)
    demande = st.button(
        geste, type="primary", disabled=not choisis, icon=":material/check:", key=f"accepter_{cle}"
    )
    return () if demande else None


def _cle(lot: Lot, choisis: list[Piece], effet: Apercu, dates: dict[str, dt.datetime]) -> str:
    """What the gestures are about: a click made on what another tab has changed since is made on nothing."""
    vu = (lot.lot_id, [piece.nom for piece in lot.pieces], [piece.nom for piece in choisis], dates, effet)
    return hashlib.sha256(repr(vu).encode()).hexdigest()


def _accepter(
    lot: Lot,
    pieces: list[Piece],
    effet: Apercu,
    dates: dict[str, dt.datetime],
    fonction: str = "",
    raison: str = "",
) -> None:
    """Check the reason, let the files in, write the reason, rebuild.

    In that order: killed in between, the fiche is suspended and « Décider » asks for the reason; the other
    way round, an aval would be withdrawn for a change that did not happen.
    """
    try:
        verifier_le_retrait(effet.reprises, fonction, raison, convention())
        fait = acceptation.accepter(lot, {piece.nom: dates[piece.nom] for piece in pieces})
    except SaisieRefusee as refusee:
        refus.dire("Rien n’a été accepté, le dépôt attend toujours :", refusee)
        return
    except OSError as erreur:
        refus.dire("Rien n’a été accepté, rien n’est perdu.", erreur)
        return
    rapports = sum(
        rapport.retenu and not rapport.extrait
        for nom in fait.entres
        if nom in effet.fichiers
        for rapport in effet.fichiers[nom].rapports
    )
    dit = (
        formats.compter(rapports, "rapports chargés")
        if rapports
        else formats.compter(len(fait.entres), "fichiers reçus")
    )
    if effet.reprises and fait.entres:  # none enters when another tab accepted them a moment ago
        dit += _reprendre(effet, fonction, raison)
    reconstruction.reconstruire(dit)


def _reprendre(effet: Apercu, fonction: str, raison: str) -> str:
    """Take the fiches back before their aval; the words that follow « 1 rapport chargé »."""
    fiches = reprise.nommer(effet.reprises)
    try:
        retirer_les_avals(effet.reprises, fonction, raison, marque_fictive(), convention())
    except (SaisieRefusee, OSError):
        return f", {fiches} : la raison n’a pas pu être gardée, la dire dans « Décider »"
    return f", {fiches} de retour avant l’aval"
