"""What correcting a date of reception, or withdrawing a file, would change; then the button that does it."""

import datetime as dt

import streamlit as st

from ctg import essais, formats
from etl.reception import arrivees, retraits
from etl.reception.essai import Effet
from etl.reception.reprises import retirer_les_avals, verifier_le_retrait
from pages.commun import figure
from pages.commun.textes import echapper
from pages.donnees.decisions.enregistrement import convention, marque_fictive
from pages.donnees.depots import reprise

DATER, RETIRER = "Corriger la date de réception", "Retirer ce fichier"


def montrer(geste: str, fait: str, effet: Effet) -> bool:
    """What would change, then the one button that does it, at the foot of the screen: whether it was clicked.

    `fait`: the gesture in a line."""
    changes, signales = effet.apercu.changes, [s for s in effet.apercu.signalements if s.sort != "leve"]
    for phrase in essais.suivis(effet.suivis):
        st.markdown(echapper(f"— {phrase}"))
    if effet.perdues or effet.changees:
        st.markdown(
            f"— Données ouvertes : {formats.compter(effet.perdues, 'valeurs')} ne seraient plus là, "
            f"{formats.compter(effet.changees, 'valeurs changées', feminin=True)}."
        )
    if signales:
        figure.afficher(essais.signalements(signales, "controles_recu", fictif=False))
    if changes:
        figure.afficher(essais.effets(changes, "effets_recu", fictif=False))
    reprise.detailler(effet.reprises)
    with st.bottom:
        if effet.fictive:
            st.warning(
                "C’est le seul rapport réel : sans lui, les pages reviendraient à la campagne fictive.",
                icon=":material/warning:",
            )
        if effet.reprises:
            st.warning(echapper(reprise.constat(effet.reprises)), icon=":material/approval:")
        elif effet.apercu.approbations:
            st.warning(echapper(essais.approbations(effet.apercu.approbations)), icon=":material/approval:")
        st.markdown(f"**{echapper(fait)}** · {echapper(essais.resume(changes, signales))}")
        return st.button(
            "Enregistrer la date et recharger" if geste == DATER else "Retirer ce fichier et recharger",
            icon=":material/check:",
            type="primary",
        )


def faire(recu, geste: str, date: dt.datetime | None, signature: dict[str, str], effet: Effet) -> None:
    """Do it, then take back the avals given to other figures, for the same reason."""
    fonction, raison = signature["fonction"], signature["raison"]
    verifier_le_retrait(effet.reprises, fonction, raison, convention())
    if geste == DATER:
        arrivees.dater(recu.fichier, recu.sha256, date, signature=signature)
    else:
        retraits.retirer(recu.fichier, recu.sha256, date, signature)
    retirer_les_avals(effet.reprises, fonction, raison, marque_fictive(), convention())
