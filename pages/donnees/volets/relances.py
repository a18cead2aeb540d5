"""« Relancer » : a text ready to copy for each sender who misses something."""

import streamlit as st

from ctg import collecte, etats, formats
from pages.commun import donnees
from pages.commun.textes import vide


def afficher(annee: int, fictif: bool) -> None:
    """Draw the reminder of one sender."""
    formulaires = donnees.lire("collecte_repondants", annee=annee)
    a_relancer = formulaires[formulaires["statut"].isin((*etats.ABSENTS, "a_corriger"))]
    if a_relancer.empty:
        vide("Personne à relancer.", "Tous les formulaires attendus sont arrivés, sans anomalie bloquante.")
        return
    noms = dict(zip(a_relancer["expediteur_id"], a_relancer["expediteur"], strict=True))
    choisi = st.selectbox("À qui écrire", list(noms), format_func=noms.get, key=f"relance_{annee}")
    points = donnees.lire("collecte_anomalies", annee=annee)
    texte = collecte.relance(
        collecte.Campagne(
            annee,
            donnees.parametre("convention.titre"),
            donnees.parametre("convention.ville"),
            donnees.parametre("convention.partenaire"),
            fictif,
        ),
        formulaires[formulaires["expediteur_id"] == choisi],
        points[(points["expediteur_id"] == choisi) & (points["gravite"] == "bloquant")],
    )
    st.text_area("Texte à copier", texte, height=360, key=f"texte_{annee}_{choisi}")
    st.download_button(
        "Télécharger le texte",
        texte,
        file_name=formats.nom_de_fichier("relance", choisi, annee, extension="txt"),
        icon=":material/download:",
        on_click="ignore",
    )
