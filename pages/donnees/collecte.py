"""Qui a répondu, que faut-il corriger ce matin ?"""

import streamlit as st

from ctg import collecte, etats, formats
from ctg.graphiques.tableau import en_csv
from pages.commun import bandeau, donnees, figure, filtres, prose, provenance
from pages.commun.textes import vide

QUESTION = "Qui a répondu, que faut-il corriger ce matin ?"
ONGLETS = ("Qui a répondu", "À corriger", "Relances", "D’où vient ce nombre ?", "Charger des fichiers")


def reponses(annee: int, fictif: bool) -> None:
    """The matrix of senders, then every form."""
    expediteurs = donnees.lire("collecte_expediteurs", annee=annee)
    if expediteurs.empty:
        vide(f"Aucun formulaire n’est attendu en {annee}.", "Déclarez la campagne dans parametres.yml.")
        return
    figure.afficher(collecte.matrice(expediteurs, annee, fictif))
    with st.expander("Formulaire par formulaire"):
        figure.afficher(collecte.repondants(donnees.lire("collecte_repondants", annee=annee), annee, fictif))


def corrections(annee: int, fictif: bool) -> None:
    """The queue of anomalies, one sender or all."""
    lignes = donnees.lire("collecte_anomalies", annee=annee)
    if lignes.empty:
        vide("Aucune anomalie.", "Rien à corriger dans ce qui a été chargé pour cette campagne.")
        return
    noms = {None: "Tous les expéditeurs"} | dict(
        zip(lignes["expediteur_id"], lignes["expediteur"], strict=True)
    )
    choisi = st.selectbox("Expéditeur", list(noms), format_func=noms.get, key=f"anomalies_{annee}")
    siennes = lignes if choisi is None else lignes[lignes["expediteur_id"] == choisi]
    figure.afficher(collecte.anomalies(siennes.head(collecte.FILE_MONTREE), len(siennes), fictif))
    if len(siennes) > collecte.FILE_MONTREE:
        st.download_button(
            "Télécharger toute la file (CSV)",
            lambda: en_csv(collecte.anomalies(siennes, len(siennes), fictif)),
            file_name=formats.nom_de_fichier("anomalies", annee, extension="csv"),
            icon=":material/download:",
            on_click="ignore",
        )


def relances(annee: int) -> None:
    """A text ready to copy for each sender who misses something."""
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
            donnees.fictif(),
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


choix = filtres.courants()
demande = st.query_params.get("provenance")
bandeau.afficher("Collecte", QUESTION)
onglets = st.tabs(ONGLETS, default=ONGLETS[3] if demande else ONGLETS[0])
fictif = donnees.fictif()
with onglets[0]:
    reponses(choix.annee, fictif)
with onglets[1]:
    corrections(choix.annee, fictif)
with onglets[2]:
    relances(choix.annee)
with onglets[3]:
    provenance.chercher(choix.annee, fictif, demande)
with onglets[4]:
    st.markdown(prose.lire("charger"))
