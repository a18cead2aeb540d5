"""Où en est la convention ? Its fiches at a glance, what is known and where, what changed."""

from collections import Counter

import streamlit as st

from ctg import etats, formats, phrases
from pages.commun import bandeau, donnees, fiches, figure, filtres, navigation
from pages.commun.textes import echapper, vide

choix = filtres.courants()
perimetre = choix.axe or "tous"
bandeau.afficher("Synthèse", "Où en est la convention ?")

axes = [
    axe for axe in donnees.lignes("synthese_axes", annee=choix.annee) if perimetre in ("tous", axe.axe_id)
]
lignes = donnees.lignes("fiches", annee=choix.annee, axe=perimetre)
carte = fiches.couverture(choix.annee, perimetre, choix.quartier)

st.header(echapper(phrases.convention(Counter(fiche.etat for fiche in lignes))), anchor=False)
if carte is None:
    vide(
        f"Aucun rapport n’est arrivé pour la campagne {choix.annee}.",
        "Envoyez les canevas, puis chargez les réponses (Collecte dit comment) : les états apparaîtront ici.",
    )
    navigation.lien("collecte", "Aller à la collecte", icone="inbox", annee=choix.annee)

for colonne, axe in zip(st.columns(len(axes)), axes, strict=True):
    with colonne.container(border=True, height="stretch"):
        st.subheader(echapper(axe.titre), anchor=False)
        st.markdown(echapper(fiches.compte(axe)))
        taux = 100 * phrases.part(axe.nb_repondantes, axe.nb_attendues)
        st.markdown(f"**{formats.pourcentage(taux, 0)}** des réponses attendues")
        for fiche in (fiche for fiche in lignes if fiche.axe_id == axe.axe_id):
            fiches.lien(fiche, annee=choix.annee)
        navigation.lien("axe", "Voir l’axe", icone="arrow_forward", axe=axe.axe_id, annee=choix.annee)
st.markdown(echapper(fiches.LEGENDE))

st.header("Les fiches, une par une", anchor=False)
figure.tableau(fiches.tableau(lignes), "Les fiches projet, une par ligne")
st.markdown("\\* à périmètre constant : entre parenthèses, les répondants présents les deux années.")

if carte is not None:
    figure.afficher(carte)
    st.header(f"Ce qui a changé depuis la campagne {choix.annee - 1}", anchor=False)
    changees = [fiche for fiche in lignes if fiche.etat_precedent not in (fiche.etat, None)]
    for fiche in changees:
        avant, apres = etats.libelle(fiche.etat_precedent), etats.libelle(fiche.etat)
        st.markdown(f"- {echapper(f'{fiche.fiche_id} · {fiche.titre} : {avant} → {apres}')}")
    if not changees:
        st.markdown("Aucune fiche n’a changé d’état, ou la campagne précédente n’a pas de données.")
