"""Que produit cet axe, et où ? Its fiches side by side, by quartier, and what it cannot say yet."""

from collections import Counter

import streamlit as st

from ctg import formats, phrases
from pages.commun import bandeau, donnees, fiches, figure, filtres, mesure, navigation
from pages.commun.textes import echapper, vide

QUESTION = "Que produit cet axe, et où ?"

choix = filtres.courants()
axes = donnees.lignes("synthese_axes", annee=choix.annee)

if choix.axe is None:
    bandeau.afficher("Les axes de la convention", QUESTION)
    for colonne, axe in zip(st.columns(len(axes)), axes, strict=True):
        with colonne.container(border=True, height="stretch"):
            navigation.lien(
                "axe", echapper(axe.titre), icone="arrow_forward", axe=axe.axe_id, annee=choix.annee
            )
            st.markdown(formats.compter(axe.nb_fiches, "fiches", feminin=True))
    st.stop()

axe = next(axe for axe in axes if axe.axe_id == choix.axe)
bandeau.afficher(f"Axe {axe.titre}", QUESTION)
lignes = donnees.lignes("fiches", annee=choix.annee, axe=choix.axe)
st.header(echapper(phrases.convention(Counter(fiche.etat for fiche in lignes))), anchor=False)
taux = formats.pourcentage(100 * phrases.part(axe.nb_repondantes, axe.nb_attendues), 0)
st.markdown(echapper(f"{axe.referent} · {taux} des réponses attendues en {choix.annee}"))

for colonne, fiche in zip(st.columns(len(lignes)), lignes, strict=True):
    with colonne:
        fiches.carte(fiche, annee=choix.annee, quartier=choix.quartier)
st.markdown(echapper(fiches.LEGENDE))

st.header("La mesure phare de chaque fiche, par quartier", anchor=False)
sans_quartier, dessinees = [], {}
for dessin in donnees.lignes("axe_mesures", axe=choix.axe, annee=choix.annee):
    if not formats.est_connu(dessin.indicateur_id):
        sans_quartier.append(f"{dessin.fiche_id} ({dessin.phare})")
        continue
    defaut = "" if dessin.avec_phare else f" (à défaut de : {dessin.phare})"
    st.markdown(f"**{echapper(f'{dessin.fiche_id} · {dessin.titre}')}**{echapper(defaut)}")
    premiere = dessinees.setdefault(dessin.indicateur_id, dessin.fiche_id)
    if premiere != dessin.fiche_id:
        st.markdown(echapper(f"La même mesure que {premiere}, ci-dessus."))
        continue
    identite = donnees.lignes("indicateur", indicateur=dessin.indicateur_id)[0]
    lue = mesure.decrire(identite, choix)
    figure.afficher(mesure.quartiers_par_annee(lue, choix) or mesure.quartiers(lue, choix))
if sans_quartier:
    vide(
        f"Rien à montrer par quartier en {choix.annee} : {' ; '.join(sans_quartier)}.",
        "Mesures de la ville entière, ou encore sans réponse : elles se lisent dans la page de leur fiche.",
    )

st.header("Ce que l’axe ne peut pas encore dire", anchor=False)
muets = donnees.lignes("axe_muets", axe=choix.axe, annee=choix.annee)
for muet in muets:
    st.markdown(f"- **{echapper(f'{muet.fiches} · {muet.libelle}')}** : {echapper(muet.raison)}")
if not muets:
    st.markdown("Toutes ses mesures ont reçu assez de réponses pour être lues.")
else:
    navigation.lien("collecte", "Voir ce qui manque dans la collecte", icone="inbox", annee=choix.annee)
