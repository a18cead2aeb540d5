"""Cette fiche tient-elle ses promesses ? Objectives, jalons, every printed line with its measures, words."""

import streamlit as st

from ctg import etats, formats, phrases, vie
from ctg.graphiques.figure import Notice
from ctg.graphiques.frise import frise
from pages.commun import bandeau, donnees, figure, filtres, lignes, mots, navigation
from pages.commun.textes import echapper, vide

EFFETS = ["effets_attendus", "effets_inattendus_positifs", "effets_negatifs", "participation_habitants"]
MOYENS = ["moyens_humains", "moyens_financiers"]
TITRES = {"objectif": "Objectifs", "resultat": "Résultats attendus"}

choix = filtres.courants()
vue = {"fiche": choix.fiche, "annee": choix.annee}
fiche = donnees.lignes("fiche", **vue)[0]
bandeau.afficher(f"{fiche.fiche_id} · {fiche.titre}", "Cette fiche tient-elle ses promesses ?")

st.header(etats.libelle(fiche.etat), anchor=False)
if formats.est_connu(fiche.raison):
    st.markdown(f"**{echapper(fiche.raison)}**")
if formats.est_connu(fiche.phrase_declaree):
    st.markdown(f"« {echapper(fiche.phrase_declaree)} »")
pilote = fiche.referent_libelle if formats.est_connu(fiche.referent_libelle) else fiche.referent
repondu = formats.couverture(fiche.nb_repondantes, fiche.nb_attendues)
st.markdown(echapper(f"Axe {fiche.axe} · {pilote} · {repondu} en {choix.annee}"))

textes = donnees.lignes("fiche_textes", fiche=choix.fiche)
for colonne, (rubrique, titre) in zip(st.columns(2), TITRES.items(), strict=True):
    with colonne:
        st.subheader(titre, anchor=False)
        imprimes = [texte for texte in textes if texte.rubrique == rubrique]
        for texte in imprimes:
            st.markdown(f"- {echapper(texte.texte)} ({echapper(phrases.source_imprimee(texte.source))})")
        if not imprimes:
            st.markdown("Illisible dans le document de la convention.")
operationnels = [texte for texte in textes if texte.rubrique == "objectif_operationnel"]
if operationnels:
    with st.expander(f"Objectifs opérationnels ({len(operationnels)})"):
        for texte in operationnels:
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
                couverture=f"{renseignes} sur {len(jalons)} jalons renseignés"
                + vie.depuis_l_aval(jalons, "libelle"),
                source=f"formulaire de la fiche, {pilote}",
                fictif=donnees.fictif(),
            ),
            debut=int(donnees.parametre("convention.debut")),
            fin=int(donnees.parametre("convention.fin")),
        )
    )

mesures = donnees.lignes("fiche_mesures", type=choix.type or "tous", **vue)
st.header("Ce que la convention a prévu de mesurer", anchor=False)
if fiche.sans_ligne:
    raison = f" {fiche.remarque}" if formats.est_connu(fiche.remarque) else ""
    vide(
        f"Aucune ligne d’indicateur n’est lisible dans la convention pour cette fiche.{raison}",
        "Les jalons et les mesures de cette page sont proposés : aux partenaires de les valider.",
    )
ouverte = lignes.a_ouvrir(mesures, fiche.mesure_phare)
for ligne in donnees.lignes("fiche_lignes", fiche=choix.fiche):
    sous_la_ligne = [m for m in mesures if m.ligne_id == ligne.ligne_id]
    lignes.imprimee(ligne, sous_la_ligne, choix, ouverte)
proposees = [m for m in mesures if not formats.est_connu(m.ligne_id) and m.nature != "jalon"]
if proposees:
    lignes.proposees(proposees, choix, ouverte)

ecrits = donnees.lignes("fiche_mots", **vue)
if not ecrits:
    vide(
        f"Rien n’a encore été écrit sur cette fiche pour la campagne {choix.annee}.",
        f"Le formulaire de la fiche est à demander à : {pilote}.",
    )
    navigation.lien("collecte", "Aller à la collecte", icone="inbox", annee=choix.annee)
deja = [*EFFETS, *MOYENS, "suites", "phrase"]
for titre, choisis in (
    ("Ce qui a changé, attendu ou non", [mot for mot in ecrits if mot.rubrique in EFFETS]),
    ("Les mots des rapports", [mot for mot in ecrits if mot.rubrique not in deja]),
    ("Les moyens", [mot for mot in ecrits if mot.rubrique in MOYENS]),
    ("Ce qui vient", [mot for mot in ecrits if mot.rubrique == "suites"]),
):
    if choisis:
        st.header(titre, anchor=False)
        mots.citer(choisis)

repondants = donnees.lignes("fiche_repondants", **vue)
st.header("Qui répond", anchor=False)
figure.tableau(lignes.repondants(repondants), "Qui répond à la fiche")
