"""Cette fiche tient-elle ses promesses ? Objectives, jalons, every printed line with its measures, words."""

import streamlit as st

from ctg import etats, formats, phrases
from ctg.graphiques.figure import Notice
from ctg.graphiques.frise import frise
from pages.commun import bandeau, donnees, figure, filtres, lignes, mots, navigation
from pages.commun.textes import echapper, vide

EFFETS = ["effets_attendus", "effets_inattendus_positifs", "effets_negatifs", "participation_habitants"]
MOYENS = ["moyens_humains", "moyens_financiers"]
TITRES = {"objectif": "Objectifs", "resultat": "Résultats attendus"}

choix = filtres.courants()
vue = {"fiche": choix.fiche, "annee": choix.annee}
fiche = next(donnees.lire("fiche", **vue).itertuples())
bandeau.afficher(f"{fiche.fiche_id} · {fiche.titre}", "Cette fiche tient-elle ses promesses ?")

st.header(etats.libelle(fiche.etat), anchor=False)
if formats.est_connu(fiche.raison):
    st.markdown(f"**{echapper(fiche.raison)}**")
if formats.est_connu(fiche.phrase_declaree):
    st.markdown(f"> {echapper(fiche.phrase_declaree)}")
pilote = fiche.referent_libelle if formats.est_connu(fiche.referent_libelle) else fiche.referent
repondu = formats.couverture(fiche.nb_repondantes, fiche.nb_attendues)
st.markdown(echapper(f"Axe {fiche.axe} · {pilote} · {repondu} en {choix.annee}"))

textes = donnees.lire("fiche_textes", fiche=choix.fiche)
for colonne, (rubrique, titre) in zip(st.columns(2), TITRES.items(), strict=True):
    with colonne:
        st.subheader(titre, anchor=False)
        imprimes = textes[textes["rubrique"] == rubrique]
        for texte in imprimes.itertuples():
            st.markdown(f"- {echapper(texte.texte)} ({echapper(phrases.source_imprimee(texte.source))})")
        if imprimes.empty:
            st.markdown("Illisible dans le document de la convention.")
operationnels = textes[textes["rubrique"] == "objectif_operationnel"]
if not operationnels.empty:
    with st.expander(f"Objectifs opérationnels ({len(operationnels)})"):
        for texte in operationnels.itertuples():
            st.markdown(f"- {echapper(texte.texte)} ({echapper(phrases.source_imprimee(texte.source))})")

jalons = donnees.lire("fiche_jalons", **vue)
if not jalons.empty:
    faits = int((jalons["etat"] == "realise").sum())
    renseignes = int((jalons["etat"] != "non_renseigne").sum())
    figure.afficher(
        frise(
            jalons,
            Notice(
                cle=formats.cle_ascii("jalons", choix.fiche, choix.annee),
                constat=phrases.jalons(len(jalons), faits),
                mesure=f"Prévu (cercle vide), réalisé (cercle plein), campagne {choix.annee}",
                couverture=f"{renseignes} sur {len(jalons)} jalons renseignés",
                source=f"formulaire de la fiche, {pilote}",
                fictif=donnees.fictif(),
            ),
            debut=int(donnees.parametre("convention.debut")),
            fin=int(donnees.parametre("convention.fin")),
        )
    )

mesures = donnees.lire("fiche_mesures", type=choix.type or "tous", **vue)
st.header("Ce que la convention a prévu de mesurer", anchor=False)
if fiche.sans_ligne:
    raison = f" {fiche.remarque}" if formats.est_connu(fiche.remarque) else ""
    vide(
        f"Aucune ligne d’indicateur n’est lisible dans la convention pour cette fiche.{raison}",
        "Les jalons et les mesures ci-dessous sont proposés : aux partenaires de les valider.",
    )
for ligne in donnees.lire("fiche_lignes", fiche=choix.fiche).itertuples():
    lignes.imprimee(ligne, mesures[mesures["ligne_id"] == ligne.ligne_id], choix, fiche.mesure_phare)
proposees = mesures[mesures["ligne_id"].isna() & (mesures["nature"] != "jalon")]
if not proposees.empty:
    lignes.proposees(proposees, choix, fiche.mesure_phare)

ecrits = donnees.lire("fiche_mots", **vue)
if ecrits.empty:
    vide(
        f"Rien n’a encore été écrit sur cette fiche pour la campagne {choix.annee}.",
        f"Le formulaire de la fiche est à demander à : {pilote}.",
    )
    navigation.lien("collecte", "Aller à la collecte", icone="inbox", annee=choix.annee)
deja = [*EFFETS, *MOYENS, "suites", "phrase"]
for titre, choisis in (
    ("Ce qui a changé, attendu ou non", ecrits[ecrits["rubrique"].isin(EFFETS)]),
    ("Les mots des rapports", ecrits[~ecrits["rubrique"].isin(deja)]),
    ("Les moyens", ecrits[ecrits["rubrique"].isin(MOYENS)]),
    ("Ce qui vient", ecrits[ecrits["rubrique"] == "suites"]),
):
    if not choisis.empty:
        st.header(titre, anchor=False)
        mots.citer(choisis)

repondants = donnees.lire("fiche_repondants", **vue)
st.header("Qui répond", anchor=False)
st.table(lignes.repondants(repondants).map(echapper), hide_index=True, alt="Qui répond à la fiche")
