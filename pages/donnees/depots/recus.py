"""The files received: what became of each, when it came, and the way to a gesture on one of them."""

import datetime as dt
from pathlib import PurePosixPath

import streamlit as st

from ctg import formats
from etl.inventaire import ReceptionsIllisibles
from etl.reception import arrivees
from etl.reception.arrivees import Dite
from pages.commun import donnees
from pages.commun.textes import echapper
from pages.donnees import refus
from pages.donnees.decisions.enregistrement import convention, convention_lisible
from pages.donnees.depots import gestes
from pages.donnees.depots.ordre import quand

_STATUTS = {
    "accepte": "chargé",
    "accepte_partiel": "chargé en partie",
    "refuse": "refusé",
    "remplace": "remplacé par un autre envoi",
    "ignore": "mis de côté, rien n’en est chargé",
}


def afficher(annee: int) -> None:
    """One file of the campaign or of the open data, at the choice of the reader; nothing before any came."""
    recus = {
        ligne.fichier: ligne
        for ligne in donnees.lignes("collecte_recus", annee=annee)
        if arrivees.est_la(ligne.fichier)
    }
    if not recus:
        return
    with st.expander(f"Reçus : corriger une date, retirer un fichier ({formats.nombre(len(recus))})"):
        choisi = st.selectbox(
            "Fichier reçu",
            list(recus),
            index=None,
            format_func=lambda fichier: _nommer(recus[fichier]),
            placeholder="Choisir un fichier",
            key=f"recu_{annee}",
        )
        if choisi and convention_lisible():
            _un(recus[choisi])


def _nommer(recu) -> str:
    """« L’Archipel · archipel.xlsx · 20/06/2026 »."""
    dits = [
        formats.citer(list(recu.noms)) if len(recu.noms) else _source(recu),
        PurePosixPath(recu.fichier).name,
    ]
    if len(recu.noms) and formats.est_connu(recu.recu_le):
        dits.append(formats.date_courte(recu.recu_le))
    return " · ".join(filter(None, dits))


def _source(recu) -> str:
    return recu.source if formats.est_connu(recu.source) else "Non reconnu"


def _un(recu) -> None:
    """What it is, all that was said of its date, then what may be done."""
    try:
        dites = [dite for dite in arrivees.histoire(recu.fichier, recu.sha256) if not dite.retire]
    except (ReceptionsIllisibles, OSError) as erreur:
        refus.dire("Les dates de réception n’ont pas pu être lues.", erreur)
        return
    sort = formats.liste([_STATUTS[statut] for statut in recu.statuts])
    st.markdown(echapper(f"{recu.fichier} : {sort}, {_date(recu, dites)}."))
    for dite in dites:
        if dite.le:
            st.markdown(echapper(_correction(dite)))
    if not len(recu.noms):  # a report has its anomalies in « À corriger »
        for ligne in donnees.lignes("collecte_recu_doutes", fichier=recu.fichier):
            st.markdown(echapper(f"— {ligne.message}"))
    gestes.proposer(recu, dites)


def _date(recu, dites: list[Dite]) -> str:
    if dites and dites[-1].recu_le:
        return f"reçu {quand(dites[-1].recu_le)}"
    if len(recu.noms) and formats.est_connu(recu.recu_le):
        return f"sans date de réception : celle écrite sur le formulaire compte, {quand(recu.recu_le)}"
    return "sans date de réception"


def _correction(dite: Dite) -> str:
    fonction = convention().fonctions.get(dite.fonction)
    qui = fonction.libelle if fonction else dite.fonction
    le = formats.date_courte(dt.datetime.fromisoformat(dite.le))
    return f"— Date corrigée le {le} ({qui}) : reçu {quand(dite.recu_le)}. {dite.raison}"
