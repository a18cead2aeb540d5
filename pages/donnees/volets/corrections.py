"""« À corriger » : the queue of anomalies, one sender or all, what to accept as it is, what to send back."""

import pandas as pd
import streamlit as st

from ctg import collecte, formats
from ctg.graphiques.tableau import en_csv
from pages.commun import diffusion, donnees, figure
from pages.commun.textes import vide
from pages.donnees import acceptations
from pages.donnees.depots import envois

_TOUS = "*"  # no sender bears such a code


def afficher(annee: int, fictif: bool) -> None:
    """Draw the queue of a campaign, worst first, what goes back to its senders, then what was accepted."""
    lignes = donnees.lire("collecte_anomalies", annee=annee)
    gardees = lignes[lignes["acceptee"]]
    file = lignes[~lignes["acceptee"]]
    if file.empty:
        vide("Aucune anomalie.", "Rien à corriger dans ce qui a été chargé pour cette campagne.")
    else:
        _file(file, annee, fictif)
        envois.a_renvoyer(annee)
    if len(gardees):
        with st.expander(f"{formats.compter(len(gardees), 'anomalies acceptées', feminin=True)}"):
            figure.afficher(collecte.acceptees(gardees, fictif))


def _file(lignes: pd.DataFrame, annee: int, fictif: bool) -> None:
    # not None: the list would then offer to clear what it shows
    noms = {_TOUS: "Tous les expéditeurs"} | dict(
        zip(lignes["expediteur_id"], lignes["expediteur"], strict=True)
    )
    choisi = st.selectbox("Expéditeur", list(noms), format_func=noms.get, key=f"anomalies_{annee}")
    siennes = lignes if choisi == _TOUS else lignes[lignes["expediteur_id"] == choisi]
    figure.afficher(collecte.anomalies(siennes, collecte.FILE_MONTREE, fictif))
    if len(siennes) > collecte.FILE_MONTREE:
        st.download_button(
            "Télécharger toute la file (CSV)",
            lambda: en_csv(diffusion.marquer(collecte.anomalies(siennes, len(siennes), fictif))),
            file_name=formats.nom_de_fichier("anomalies", annee, extension="csv"),
            icon=":material/download:",
            on_click="ignore",
        )
    acceptations.accepter(siennes[siennes["gravite"].isin(("bloquant", "a_confirmer"))], annee)
    acceptations.retirer(lignes[lignes["regle"] == "acceptation_sans_objet"], annee, fictif)
