"""« D’où vient ce nombre ? »: from a number shown to the cells of the files it comes from."""

import streamlit as st

from ctg import collecte
from pages.commun import donnees, figure, navigation
from pages.commun.textes import vide


def afficher(annee: int, fictif: bool) -> None:
    """Ask for a measure and a place, show the cells behind the number; a link names its measure."""
    demande = st.query_params.get("provenance")
    indicateurs = donnees.lire("filtres").query("filtre == 'indicateur'")
    noms = dict(zip(indicateurs["code"], indicateurs["libelle"], strict=True))
    codes = list(noms)
    depart = codes.index(demande) if demande in noms else 0
    indicateur = st.selectbox("Indicateur", codes, index=depart, format_func=noms.get, key="provenance")
    lieux = donnees.lire("collecte_territoires", indicateur=indicateur, annee=annee)
    if lieux.empty:
        vide(
            f"Aucun nombre pour cet indicateur en {annee}.",
            "Changez de campagne, ou d’indicateur : celui-ci n’a pas encore été demandé, ou pas "
            "encore répondu.",
        )
        return
    places = dict(zip(zip(lieux["niveau"], lieux["territoire_id"], strict=True), lieux["nom"], strict=True))
    place = st.selectbox(
        "Territoire ou structure", list(places), format_func=places.get, key=f"lieu_{indicateur}"
    )
    ventilations = st.toggle("Montrer aussi les ventilations", key="provenance_ventilations")
    cible = {"indicateur": indicateur, "niveau": place[0], "territoire": place[1], "annee": annee}
    mesures = donnees.lire("collecte_mesure", **cible)
    cellules = donnees.lire("collecte_provenance", **cible, ventilations=ventilations)
    if cellules.empty or mesures.empty:
        vide("Aucune cellule derrière ce nombre.", "Personne n’y a encore répondu : voyez « Relancer ».")
        return
    figure.afficher(collecte.cellules(cellules, mesures.iloc[0], places[place], indicateur, annee, fictif))
    navigation.lien(
        "collecte",
        "Corriger un de ces chiffres",
        "edit",
        volet="decider",
        chiffre=indicateur,
        repondant=place[1] if place[0] == "structure" else None,
        annee=annee,
    )
