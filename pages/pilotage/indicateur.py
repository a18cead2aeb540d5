"""Que dit cette mesure, et comment la lire ? One measure under every angle, with its definition."""

import dataclasses

import streamlit as st

from ctg import formats, phrases
from ctg.graphiques import mesure as figures
from pages.commun import bandeau, donnees, figure, filtres, mesure, navigation
from pages.commun.textes import echapper, vide

NATURES = {
    "denombrement": "dénombrement",
    "taux": "taux, rapport de deux sommes",
    "evolution": "évolution calculée, jamais saisie",
    "satisfaction": "satisfaction, pondérée par les répondants",
    "jalon": "jalon",
    "qualitatif": "qualitatif : des mots, jamais un état calculé",
}
SENS = {"hausse": "hausse souhaitée", "baisse": "baisse souhaitée", "neutre": "aucun sens souhaité"}

choix = filtres.courants()
rattachements = donnees.lignes("indicateur", indicateur=choix.indicateur)
identite = rattachements[0]
bandeau.afficher(identite.libelle, "Que dit cette mesure, et comment la lire ?")

for lien in rattachements:
    if formats.est_connu(lien.ligne):
        source = phrases.source_imprimee(lien.ligne_source)
        st.markdown(f"Sous la ligne imprimée « {echapper(lien.ligne)} » ({echapper(source)})")
    else:
        st.markdown("Sans ligne imprimée dans la convention : mesure **proposée**, à valider.")
    navigation.lien(
        "fiche",
        echapper(f"{lien.fiche_id} · {lien.fiche}"),
        icone="description",
        fiche=lien.fiche_id,
        annee=choix.annee,
    )

description = [
    ("Identifiant", identite.indicateur_id),
    ("Nature", NATURES[identite.nature]),
    ("Unité", identite.unite),
    ("Sens", SENS[identite.sens]),
    ("Numérateur", identite.numerateur),
    ("Dénominateur", identite.denominateur),
    ("Qui répond", identite.repondant_libelle),
    ("Source existante", identite.source_existante),
    ("Année", "scolaire (septembre à août)" if identite.annee_type == "scolaire" else "civile"),
]
with st.expander("Comment cette mesure est définie", expanded=identite.definition != "arretee"):
    for titre, valeur in description:
        if formats.est_connu(valeur) and valeur:
            st.markdown(f"**{titre}** : {echapper(valeur)}")

if not mesure.se_dessine(identite.nature, identite.definition):
    if identite.definition != "arretee":
        vide(
            f"Définition à arrêter par : {identite.repondant_libelle}.",
            "Aucun nombre n’est demandé ni montré tant que la définition manque.",
        )
    else:
        vide(
            f"Cette mesure est de nature « {NATURES[identite.nature]} » : elle ne se dessine pas.",
            "Elle se lit dans la page de sa fiche, avec les jalons et les mots des répondants.",
        )
    st.stop()

lue = mesure.decrire(identite, choix)
mesure.detailler(lue, choix)
panneaux = mesure.quartiers_par_annee(lue, choix)
if panneaux:
    figure.afficher(panneaux)
vue = {"indicateur": lue.indicateur_id, "annee": choix.annee, "type": choix.type or "tous"}
ville = mesure.ville(lue, dataclasses.replace(choix, periode=None))
ventilations = donnees.lire("mesure_ventilations", **vue)
autres = [
    figures.ventilation(lue, ventilations[ventilations["ventilation"] == code], ville)
    for code in dict.fromkeys(
        ventilations.loc[ventilations["etat"].isin(["publie", "secret"]), "ventilation"]
    )
]
trimestres = donnees.lire("mesure_periodes", **vue)
if trimestres["etat"].isin(["publie", "secret"]).any():
    autres.append(figures.periodes(lue, trimestres, ville))
figure.cote_a_cote(autres)
