"""« Relancer » : who has been silent, since when, and the text ready to send to each."""

import streamlit as st

from ctg import formats, relances
from pages.commun import donnees, figure
from pages.commun.textes import vide


def afficher(annee: int, fictif: bool) -> None:
    """Draw who to write to, the text of one, and all of them in a zip."""
    campagne = relances.Campagne(
        annee,
        donnees.parametre("convention.titre"),
        donnees.parametre("convention.ville"),
        donnees.parametre("convention.partenaire"),
        donnees.lignes("bandeau", annee=annee)[0].construit_le.date(),
        fictif,
    )
    textes = relances.textes(
        campagne,
        donnees.lire("collecte_repondants", annee=annee),
        donnees.lire("collecte_points", annee=annee),
    )
    silences = donnees.lire("collecte_silences", annee=annee)
    silences = silences[silences["expediteur_id"].isin(textes)]
    if silences.empty:
        vide("Personne à relancer.", "Tout est arrivé, et rien de ce qui reste à corriger n’est à demander.")
        return
    noms = dict(zip(silences["expediteur_id"], silences["expediteur"], strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choisi = st.selectbox("À qui écrire", list(noms), format_func=noms.get, key=f"relance_{annee}")
        st.download_button(
            "Télécharger ce texte",
            textes[choisi],
            file_name=relances.nom_de_fichier(campagne, choisi),
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            f"Les {len(textes)} textes (zip)" if len(textes) > 1 else "Le texte (zip)",
            lambda: relances.archive(campagne, textes),
            file_name=formats.nom_de_fichier("relances", annee, extension="zip"),
            mime="application/zip",
            icon=":material/folder_zip:",
            on_click="ignore",
        )
    st.code(textes[choisi], language=None, wrap_lines=True)
    figure.afficher(relances.silences(silences, campagne))
