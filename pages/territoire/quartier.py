"""Que vivent les habitants ici, que fait la convention ici ?"""

import streamlit as st

from pages.commun import bandeau, donnees, figure, filtres, navigation, prose, quartier
from pages.commun.textes import echapper, vide

QUESTION = "Que vivent les habitants ici, que fait la convention ici ?"
# what is placed in no quartier, and why its figures stay out of the nine
AILLEURS = {
    "ville": (
        "Structures de toute la ville",
        "Elles n’ont pas un quartier mais plusieurs sites : chacune répond quartier par quartier quand elle "
        "le peut. Ce qu’elle ne sait pas répartir compte pour la ville, et n’est jamais étalé sur les "
        "quartiers.",
    ),
    "hors-dijon": (
        "Structures hors de Dijon",
        "Elles accueillent des familles de la convention hors de la commune : elles comptent pour la ville, "
        "dans aucun quartier.",
    ),
}


def diagnostic(lecture: quartier.Lecture) -> None:
    """Left: what the inhabitants live, from open data."""
    st.header("Ce que vivent les habitants", anchor=False)
    if not lecture.diagnostic:
        vide(
            "Aucune donnée ouverte chargée pour ce quartier.",
            "Déposez les fichiers de la Caf et de l’Insee dans data/raw, puis lancez python -m etl : voir "
            "Collecte.",
        )
    elif donnees.fictif():
        st.markdown(prose.OUVERTES)
    for une in lecture.diagnostic:
        figure.afficher(une)


def bilan(lecture: quartier.Lecture, annee: int) -> None:
    """Right: what the structures did, by axis."""
    st.header("Ce que fait la convention", anchor=False)
    if not lecture.essentiel:
        vide(
            f"Aucun rapport {annee} ne parle de {lecture.nom}.",
            "Choisissez une autre campagne ou tous les axes ; sinon, voyez dans Collecte qui n’a pas "
            "répondu.",
        )
    for une in lecture.essentiel:
        figure.afficher(une)


def un_quartier(code: str, choix: filtres.Filtres) -> None:
    """The page of one quartier: diagnostic and action side by side, then what is missing."""
    lecture = quartier.lire(code, choix.annee, choix.axe)
    bandeau.afficher(f"Quartier {lecture.nom}", QUESTION)
    st.markdown(echapper(lecture.signes))
    gauche, droite = st.columns(2, gap="medium")
    with gauche:
        diagnostic(lecture)
    with droite:
        bilan(lecture, choix.annee)
    if lecture.mesures:
        with st.expander("Toutes les mesures du quartier, axe par axe"):
            for une in lecture.mesures:
                figure.afficher(une)

    st.header("Ce qui manque, et qui est là", anchor=False)
    if lecture.fiches:
        figure.afficher(lecture.fiches)
    figure.afficher(lecture.structures)
    with st.container(horizontal=True):
        for structure_id, nom in lecture.lieux:
            navigation.lien("structure", echapper(nom), structure=structure_id, annee=choix.annee)

    st.header("Trois questions pour le séminaire", anchor=False)
    for rang, question in enumerate(lecture.questions, start=1):
        st.markdown(f"**{rang}.** {echapper(question)}")

    if lecture.ecoles:
        with st.expander("Les écoles et collèges de la ville, un par un"):
            figure.afficher(lecture.ecoles)


def toute_la_ville(annee: int) -> None:
    """No quartier chosen: the nine side by side, then what belongs to none of them."""
    bandeau.afficher("Quartiers", QUESTION)
    st.markdown("Choisissez un quartier dans les filtres, ou ici :")
    noms, panorama = quartier.panorama(annee)
    with st.container(horizontal=True):
        for code, nom in noms:
            navigation.lien("quartier", echapper(nom), quartier=code, annee=annee)
    figure.afficher(panorama)
    for code, (titre, raison) in AILLEURS.items():
        structures = quartier.ailleurs(code, titre, annee)
        if structures:
            st.header(titre, anchor=False)
            st.markdown(raison)
            figure.afficher(structures)


choix = filtres.courants()
if choix.quartier:
    un_quartier(choix.quartier, choix)
else:
    toute_la_ville(choix.annee)
