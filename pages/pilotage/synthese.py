"""Où en est la convention ? Its fiches at a glance, what is known and where, what changed."""

import streamlit as st

from ctg import etats, formats, phrases
from ctg.graphiques.chaleur import carte_chaleur
from ctg.graphiques.figure import Notice
from pages.commun import bandeau, donnees, fiches, figure, filtres, navigation
from pages.commun.textes import echapper, vide

choix = filtres.courants()
axe = choix.axe or "tous"
bandeau.afficher("Synthèse", "Où en est la convention ?")

axes = donnees.lire("synthese_axes", annee=choix.annee)
axes = axes if axe == "tous" else axes[axes["axe_id"] == axe]
lignes = donnees.lire("fiches", annee=choix.annee, axe=axe)
couverture = donnees.lire("couverture", annee=choix.annee, axe=axe)

st.header(echapper(phrases.convention(lignes["etat"].value_counts().to_dict())), anchor=False)
if couverture.empty:
    vide(
        f"Aucun rapport n’est arrivé pour la campagne {choix.annee}.",
        "Envoyez les canevas, puis déposez les réponses dans la page Collecte : les états apparaîtront ici.",
    )
    navigation.lien("collecte", "Aller à la collecte", annee=choix.annee)

for colonne, une in zip(st.columns(len(axes)), axes.itertuples(), strict=True):
    with colonne.container(border=True, height="stretch"):
        st.subheader(echapper(une.titre), anchor=False)
        comptes = [
            f"{etats.ETATS[code].symbole} {getattr(une, code)}"
            for code in fiches.COMPTES
            if getattr(une, code)
        ]
        st.markdown(
            echapper(f"{formats.compter(une.nb_fiches, 'fiches', feminin=True)} : {'  '.join(comptes)}")
        )
        taux = 100 * phrases.part(une.nb_repondantes, une.nb_attendues)
        st.markdown(f"**{formats.pourcentage(taux, 0)}** des réponses attendues")
        for fiche in lignes[lignes["axe_id"] == une.axe_id].itertuples():
            fiches.lien(fiche, annee=choix.annee)
        navigation.lien("axe", "Voir l’axe", icone="arrow_forward", axe=une.axe_id, annee=choix.annee)
st.markdown(echapper(" · ".join(etats.libelle(code) for code in fiches.COMPTES)))

st.header("Les fiches, une par une", anchor=False)
st.table(fiches.tableau(lignes).map(echapper), hide_index=True, alt="Les fiches projet, une par ligne")
st.markdown("\\* à périmètre constant : les répondants présents les deux années.")

if not couverture.empty:
    quartiers = donnees.lire("quartiers")
    ville = couverture[couverture["colonne"] == donnees.parametre("convention.ville_id")]
    places = [
        *quartiers[["quartier_id", "nom"]].itertuples(index=False, name=None),
        ("ville", "Ville entière"),
    ]
    montrees = couverture[couverture["colonne"].isin([code for code, _ in places])]
    muettes = int(((montrees["nb_attendues"] > 0) & (montrees["nb_repondantes"] == 0)).sum())
    repondantes, attendues = int(ville["nb_repondantes"].sum()), int(ville["nb_attendues"].sum())
    figure.afficher(
        carte_chaleur(
            montrees,
            Notice(
                cle="couverture",
                constat=phrases.couverture(repondantes, attendues, muettes),
                mesure=f"Répondants / attendus par fiche et quartier, {choix.annee} (s. o. : aucun acteur)",
                couverture=f"{repondantes} réponses sur {attendues} attendues",
                source="rapports annuels des structures et des référents",
                fictif=donnees.fictif(),
            ),
            lignes=[
                (f.fiche_id, f"{f.fiche_id} · {phrases.abreger(f.titre, 3)}") for f in lignes.itertuples()
            ],
            colonnes=places,
            entete="Fiche",
            accent=choix.quartier,
            maximum=100,
        )
    )

    st.header(f"Ce qui a changé depuis la campagne {choix.annee - 1}", anchor=False)
    changes = lignes[lignes["etat_precedent"].notna() & (lignes["etat_precedent"] != lignes["etat"])]
    for fiche in changes.itertuples():
        st.markdown(
            echapper(
                f"{fiche.fiche_id} : {etats.libelle(fiche.etat_precedent)} → {etats.libelle(fiche.etat)}"
            )
        )
    if changes.empty:
        st.markdown("Aucune fiche n’a changé d’état, ou la campagne précédente n’a pas de données.")
