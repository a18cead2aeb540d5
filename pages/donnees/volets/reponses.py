"""« Qui a répondu » : the matrix of senders, then every form."""

import streamlit as st

from ctg import collecte
from pages.commun import donnees, figure
from pages.commun.textes import vide


def afficher(annee: int, fictif: bool) -> None:
    """Draw the follow-up of a campaign."""
    expediteurs = donnees.lire("collecte_expediteurs", annee=annee)
    if expediteurs.empty:
        vide(f"Aucun formulaire n’est attendu en {annee}.", "Déclarez la campagne dans parametres.yml.")
        return
    figure.afficher(collecte.matrice(expediteurs, annee, fictif))
    with st.expander("Formulaire par formulaire"):
        figure.afficher(collecte.repondants(donnees.lire("collecte_repondants", annee=annee), annee, fictif))
