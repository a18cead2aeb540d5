"""Several submissions of one respondent and year: which would count and why; of one day, a person says."""

import datetime as dt

import streamlit as st

from ctg import formats
from etl.jugement.depots import COPIE_CORRIGEE, PLUS_RECENT
from etl.reception import lots
from etl.reception.constat import Examen, Rapport, Voisin
from etl.reception.lots import Lot, Piece
from pages.commun.textes import echapper
from pages.donnees import refus

_APRES = dt.timedelta(seconds=1)


def dire(rapport: Rapport) -> str | None:
    """Which of the submissions of this respondent and year counts, and why; None when it is the only one."""
    # the last one received is the one that counts today
    voisins = sorted(rapport.voisins, key=lambda v: v.recu_le or dt.datetime.min, reverse=True)
    cites = formats.citer([f"« {v.fichier} » ({_pourquoi(v)})" for v in voisins])
    if rapport.a_departager:
        dates = all(voisin.recu_le for voisin in rapport.voisins)
        geste = "Dire ci-dessous lequel est arrivé après l’autre" if dates else "Le dater dans receptions.csv"
        return (
            f"même répondant et même année que {cites} : rien ne dit lequel est arrivé le dernier. Acceptés "
            f"ainsi, aucun ne compterait, même déjà chargé. {geste}"
        )
    if not rapport.voisins:
        return None
    if rapport.retenu:
        return f"compterait à la place de {cites}"
    if rapport.depasse:
        return f"ne compterait pas : {cites} est plus récent"
    if (rapport.message or "").endswith(COPIE_CORRIGEE):
        return f"ne compterait pas : {cites} est sa copie corrigée"
    return None


def _pourquoi(voisin: Voisin) -> str:
    """« reçu le 1er mars 2026, plus ancien » : its date, and why it gives way when it does."""
    dit = f"reçu {quand(voisin.recu_le)}"
    if (voisin.message or "").endswith(PLUS_RECENT):
        return f"{dit}, plus ancien"
    if (voisin.message or "").endswith(COPIE_CORRIGEE):
        return f"{dit}, dont voici la copie corrigée"
    return dit


def quand(recu_le: dt.datetime | None) -> str:
    """« le 21 novembre 2026 à 9 h 05 »; without its hour when only the day was written."""
    if recu_le is None:
        return "à une date inconnue"
    heure = f" à {recu_le.hour} h {recu_le.minute:02d}" if recu_le.time() != dt.time() else ""
    return f"le {formats.date_longue(recu_le)}{heure}"


def l_heure_compte(examen: Examen, recu_le: dt.datetime) -> bool:
    """Whether another submission of the same day counts, or not, by its hour alone."""
    remplaces = [
        voisin
        for rapport in examen.rapports
        if rapport.retenu
        for voisin in rapport.voisins
        if (voisin.message or "").endswith(PLUS_RECENT) and _du_jour(voisin, recu_le)
    ]
    return bool(remplaces or _du_meme_jour(examen, recu_le))


def demander(lot: Lot, piece: Piece, examen: Examen, recu_le: dt.datetime) -> None:
    """Offer to say that it came after those of its day that keep it from counting, or to take it back."""
    dit = st.session_state.get(_cle(lot, piece))
    if dit is None or dit[0] != recu_le:
        voisins = _du_meme_jour(examen, recu_le)
        if not voisins:
            return
        dernier = max(voisins, key=lambda voisin: voisin.recu_le)
        dit = (dernier.recu_le + _APRES, dernier.fichier, piece.dit_le)
    st.checkbox(
        echapper(f"Arrivé le même jour, après « {dit[1]} » : c’est lui qui compte"),
        value=dit[0] == recu_le,
        key=f"{_cle(lot, piece)}_{dit[0] == recu_le}",
        on_change=_retenir,
        args=(lot, piece, *dit, dit[0] != recu_le),
    )


def _du_meme_jour(examen: Examen, recu_le: dt.datetime) -> list[Voisin]:
    """What keeps one of its reports from counting, the same day, by its date alone."""
    return [
        voisin
        for rapport in examen.rapports
        if rapport.depasse or rapport.a_departager
        for voisin in rapport.voisins
        if _du_jour(voisin, recu_le)
    ]


def _du_jour(voisin: Voisin, recu_le: dt.datetime) -> bool:
    return voisin.recu_le is not None and voisin.recu_le.date() == recu_le.date()


def _retenir(
    lot: Lot, piece: Piece, apres: dt.datetime, fichier: str, avant: dt.datetime | None, coche: bool
) -> None:
    """Give it the instant that follows the other one, or back the date it had."""
    try:
        lots.dater(lot, piece.nom, apres if coche else avant)
    except OSError as erreur:
        refus.dire("L’ordre n’a pas été gardé.", erreur)
        return
    st.session_state[_cle(lot, piece)] = (apres, fichier, avant)


def _cle(lot: Lot, piece: Piece) -> str:
    return f"apres_{lot.lot_id}_{piece.nom}"
