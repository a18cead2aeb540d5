"""« Qui a répondu » : the follow-up of a campaign, by sender, quartier or type, then every form."""

import pandas as pd
import streamlit as st

from ctg import suivi
from pages.commun import donnees, figure, navigation
from pages.commun.textes import echapper, vide


def afficher(annee: int, fictif: bool) -> None:
    """Draw the follow-up of a campaign, and say which other campaign is open."""
    campagnes = donnees.lire("collecte_campagnes")
    courante = campagnes[campagnes["annee"] == annee]
    if courante.empty:
        vide("Aucun formulaire n’est attendu.", "Déclarez la campagne dans parametres.yml (referentiel.md).")
        return
    _autres_ouvertes(campagnes, annee)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        par = st.segmented_control(
            "Compter par",
            list(suivi.GROUPES),
            format_func=lambda code: suivi.GROUPES[code][1],
            default="expediteur",
            required=True,
            key="suivi_par",
        )
        st.markdown(echapper(suivi.calendrier(courante.iloc[0])))
    groupes = donnees.lire("collecte_suivi", annee=annee, par=par)
    figure.afficher(suivi.matrice(groupes, par, annee, fictif))
    with st.expander("Formulaire par formulaire"):
        formulaires = donnees.lire("collecte_repondants", annee=annee)
        figure.afficher(suivi.formulaires(formulaires, annee, fictif))
        navigation.lien(
            "collecte", "Corriger une date de réception", "edit_calendar", volet="deposer", annee=annee
        )


def _autres_ouvertes(campagnes: pd.DataFrame, annee: int) -> None:
    """A campaign that received nothing yet is not the one the page opens on: a link says it exists."""
    for _, campagne in campagnes[(campagnes["annee"] > annee) & (campagnes["nb_recus"] == 0)].iterrows():
        navigation.lien("collecte", suivi.ouverte(campagne), icone="schedule", annee=campagne["annee"])
