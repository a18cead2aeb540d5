"""Qu’a fait cette structure, qu’en dit-elle ?"""

import streamlit as st

from pages.commun import bandeau, figure, filtres, navigation, structure
from pages.commun.textes import echapper, vide

QUESTION = "Qu’a fait cette structure, qu’en dit-elle ?"


def presentation(lecture: structure.Lecture, annee: int) -> None:
    """Who it is, and where its last report stands."""
    st.markdown("  \n".join(f"**{nom}** : {echapper(texte)}" for nom, texte in lecture.identite))
    with st.container(horizontal=True):
        if lecture.quartier_id not in {"ville", "hors-dijon"}:
            navigation.lien(
                "quartier", "Voir son quartier", "location_city", quartier=lecture.quartier_id, annee=annee
            )
        navigation.lien("collecte", "Voir la collecte", "inbox", annee=annee)


def actions(code: str, lecture: structure.Lecture, annee: int) -> None:
    """Its measures against its own past and the median of its type."""
    st.header("Ce qu’elle a fait", anchor=False)
    if lecture.mesures is None:
        vide(
            "Aucune mesure à montrer pour cette structure.",
            f"Soit aucun rapport n’est arrivé jusqu’en {annee}, soit la convention ne demande pas encore de "
            f"mesure à ce type ({lecture.type_libelle}).",
        )
        return
    codes = list(lecture.noms_des_mesures)
    choisie = st.selectbox(
        "Regarder une mesure de près",
        codes,
        index=codes.index(lecture.premiere_mesure),
        format_func=lecture.noms_des_mesures.get,
        key=f"mesure_{code}_{annee}",
    )
    figure.afficher(structure.une_mesure(code, annee, choisie))
    figure.afficher(lecture.mesures)


def mots(lecture: structure.Lecture, annee: int) -> None:
    """Strengths, weaknesses and stakes in its own words; the other headings folded."""
    st.header("Ce qu’elle en dit", anchor=False)
    if not lecture.premiers_mots and not lecture.autres_mots:
        autres = ", ".join(str(autre) for autre in lecture.annees_des_mots)
        vide(
            f"Aucun texte de cette structure en {annee}.",
            f"Elle s’est exprimée en {autres} : changez de campagne."
            if autres
            else "Ses rapports n’ont pas de texte, ou ils attendent une relecture avant d’être montrés.",
        )
        return
    colonnes = st.columns(max(len(lecture.premiers_mots), 1))
    for colonne, (rubrique, texte) in zip(colonnes, lecture.premiers_mots, strict=False):
        with colonne.container(border=True, height="stretch"):
            st.subheader(echapper(rubrique), anchor=False)
            st.markdown(f"« {echapper(texte)} »")
    if lecture.autres_mots:
        with st.expander(f"Le reste du rapport {annee}, dans ses mots"):
            for rubrique, texte in lecture.autres_mots:
                st.markdown(f"**{echapper(rubrique)}**  \n« {echapper(texte)} »")


def une_structure(code: str, annee: int) -> None:
    """The page of one structure."""
    lecture = structure.lire(code, annee)
    bandeau.afficher(lecture.nom, QUESTION)
    presentation(lecture, annee)
    actions(code, lecture, annee)
    st.header("Ses moyens", anchor=False)
    if not lecture.moyens:
        vide(
            f"Aucun chiffre clef dans le rapport {annee}.",
            "Changez de campagne, ou relancez la structure : Collecte.",
        )
    for une in lecture.moyens:
        figure.afficher(une)
    mots(lecture, annee)
    st.header("Ses rapports", anchor=False)
    if lecture.rapports is None:
        vide(
            "Aucune campagne ne lui demande de rapport.",
            "Voyez ses dates d’ouverture dans le référentiel.",
        )
    else:
        figure.afficher(lecture.rapports)


choix = filtres.courants()
if choix.structure:
    une_structure(choix.structure, choix.annee)
else:
    bandeau.afficher("Structure", QUESTION)
    vide("Aucune structure dans la convention chargée.", "Vérifiez structures.csv dans le référentiel.")
