"""Submissions of one respondent already received the same day: a person says which came last."""

import datetime as dt
from itertools import groupby

import streamlit as st

from ctg import formats
from etl.inventaire import ReceptionsIllisibles
from etl.jugement.depots import PLUS_RECENT
from etl.reception import arrivees
from pages.commun import donnees
from pages.commun.textes import echapper
from pages.donnees import reconstruction, refus
from pages.donnees.depots import ordre


def afficher(annee: int) -> None:
    """One question by respondent; open as long as one of them counts for nothing, for want of an order."""
    lignes = [
        ligne
        for ligne in donnees.lignes("collecte_meme_jour", annee=annee, plus_recent=PLUS_RECENT)
        if arrivees.est_la(ligne.fichier)
    ]
    groupes = [list(envois) for _, envois in groupby(lignes, key=lambda ligne: ligne.repondant_id)]
    if not groupes:
        return
    sans_ordre = [envois for envois in groupes if not any(envoi.compte for envoi in envois)]
    titre = f"Reçus le même jour : {formats.compter(len(groupes), 'répondants')}"
    with st.expander(titre, expanded=bool(sans_ordre)):
        for envois in groupes:
            _un(envois, annee)


def _un(envois: list, annee: int) -> None:
    """One respondent: what came that day, which counts, and the gesture that says which came last."""
    noms = [envoi.fichier for envoi in envois]
    compte = next((rang for rang, envoi in enumerate(envois) if envoi.compte), None)
    cites = formats.liste([f"« {envoi.fichier} » (reçu {ordre.quand(envoi.recu_le)})" for envoi in envois])
    dit = (
        "rien ne dit lequel est arrivé le dernier, aucun ne compte"
        if compte is None
        else f"« {noms[compte]} » compte"
    )
    st.markdown(f"**{echapper(envois[0].repondant)}** — {echapper(f'{cites} : {dit}.')}")
    cle = f"{annee}_{envois[0].repondant_id}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        dernier = st.selectbox(
            "Arrivé le dernier : c’est lui qui compte",
            range(len(envois)),
            index=compte,
            format_func=noms.__getitem__,
            placeholder="Choisir un fichier",
            key=f"dernier_{cle}_{compte}",
        )
        demande = st.button(
            "Garder cet ordre et recharger", disabled=dernier in (None, compte), key=f"ordonner_{cle}"
        )
    if demande:
        _garder(envois, dernier)


def _garder(envois: list, dernier: int) -> None:
    """Date the last one right after the others, and rebuild."""
    apres = max(envoi.recu_le for envoi in envois) + dt.timedelta(seconds=1)
    try:
        arrivees.dater(envois[dernier].fichier, envois[dernier].sha256, apres)
    except (ReceptionsIllisibles, OSError) as erreur:
        refus.dire("L’ordre n’a pas été gardé.", erreur)
        return
    reconstruction.reconstruire(f"« {envois[dernier].fichier} » compte, arrivé le dernier")
