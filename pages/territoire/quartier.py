"""Que vivent les habitants ici, que fait la convention ici ?"""

import streamlit as st

from ctg import bilan_quartier, portrait, questions
from pages.commun import bandeau, diagnostic, donnees, figure, filtres, navigation, signaux
from pages.commun.textes import echapper, vide

QUESTION = "Que vivent les habitants ici, que fait la convention ici ?"
# what is placed in no quartier, and why its figures stay out of the nine
AILLEURS = {
    "ville": (
        "Structures de toute la ville",
        "Elles n’ont pas un quartier mais plusieurs sites : chacune répond quartier par quartier "
        "quand elle le "
        "peut. Ce qu’elle ne sait pas répartir compte pour la ville, et n’est jamais étalé sur "
        "les quartiers.",
    ),
    "hors-dijon": (
        "Structures hors de Dijon",
        "Elles accueillent des familles de la convention hors de la commune : elles comptent "
        "pour la ville, dans "
        "aucun quartier.",
    ),
}


def bilan(mesures, contexte: bilan_quartier.Contexte) -> None:
    """Right: what the structures did, by axis."""
    st.header("Ce que fait la convention", anchor=False)
    if mesures.empty:
        vide(
            f"Aucun rapport {contexte.annee} ne parle de {contexte.nom}.",
            "Choisissez une autre campagne ou tous les axes ; sinon, voyez dans Collecte qui n’a "
            "pas répondu.",
        )
        return
    parts = bilan_quartier.parts(mesures, contexte)
    for une in ([parts] if parts else []) + bilan_quartier.essentiel(mesures, contexte):
        figure.afficher(une)


def un_quartier(code: str, choix: filtres.Filtres) -> None:
    """The page of one quartier: diagnostic and action side by side, then what is missing."""
    identite = donnees.lire("quartier_identite", quartier=code).iloc[0]
    nom, annee = identite["nom"], choix.annee
    bandeau.afficher(f"Quartier {nom}", QUESTION)
    signes = [portrait.certitude(int(identite["nb_iris"]), int(identite["nb_a_confirmer"]))]
    signes += ["quartier prioritaire (QPV)"] if identite["qpv"] else []
    signes += ["Cité éducative"] if identite["cite_educative"] else []
    st.markdown(echapper(" · ".join(signes)))

    sommes = donnees.lire("quartier_portrait", quartier=code, variables=list(portrait.SOMMES))
    contexte = bilan_quartier.Contexte(
        nom=nom,
        annee=annee,
        seuil=float(donnees.parametre("couverture.seuil_etat")),
        fictif=donnees.fictif(),
        part_habitants=portrait.part_habitants(sommes),
    )
    mesures = donnees.lire("quartier_mesures", quartier=code, annee=annee, axe=choix.axe)
    gauche, droite = st.columns(2, gap="medium")
    with gauche:
        diagnostic.afficher(nom, code, sommes)
    with droite:
        bilan(mesures, contexte)

    if len(mesures):
        with st.expander("Toutes les mesures du quartier, axe par axe"):
            for une in bilan_quartier.par_axe(mesures, contexte):
                figure.afficher(une)

    st.header("Ce qui manque, et qui est là", anchor=False)
    fiches = donnees.lire("quartier_fiches", quartier=code, annee=annee, axe=choix.axe)
    fiches = fiches if len(mesures) else fiches.head(0)
    if len(fiches):
        figure.afficher(bilan_quartier.fiches(fiches, contexte))
    lieux = donnees.lire("quartier_structures", quartier=code, annee=annee)
    figure.afficher(bilan_quartier.structures(lieux, contexte))
    with st.container(horizontal=True):
        for lieu in lieux.itertuples():
            navigation.lien("structure", echapper(lieu.nom), structure=lieu.structure_id, annee=annee)

    st.header("Trois questions pour le séminaire", anchor=False)
    ici = [signal for signal in signaux.de_la_veille() if signal.quartier_id == code]
    posees = questions.pour_le_seminaire(ici, fiches, mesures, lieux, seuil=contexte.seuil)
    for rang, question in enumerate(posees, start=1):
        st.markdown(f"**{rang}.** {echapper(question)}")

    diagnostic.ecoles(code)


def toute_la_ville(choix: filtres.Filtres) -> None:
    """No quartier chosen: the nine side by side, then what belongs to none of them."""
    bandeau.afficher("Quartiers", QUESTION)
    st.markdown("Choisissez un quartier dans les filtres, ou ici :")
    quartiers = donnees.lire("quartier_panorama", variable=portrait.HABITANTS, annee=choix.annee)
    with st.container(horizontal=True):
        for quartier in quartiers.itertuples():
            navigation.lien("quartier", echapper(quartier.libelle), quartier=quartier.code, annee=choix.annee)
    figure.afficher(portrait.panorama(quartiers, choix.annee))
    for code, (titre, raison) in AILLEURS.items():
        st.header(titre, anchor=False)
        st.markdown(raison)
        lieux = donnees.lire("quartier_structures", quartier=code, annee=choix.annee)
        contexte = bilan_quartier.Contexte(nom=titre, annee=choix.annee, seuil=0, fictif=donnees.fictif())
        if len(lieux):
            figure.afficher(bilan_quartier.structures(lieux, contexte))


choix = filtres.courants()
if choix.quartier:
    un_quartier(choix.quartier, choix)
else:
    toute_la_ville(choix)
