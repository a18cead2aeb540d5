"""Qu’a fait cette structure, qu’en dit-elle ?"""

import streamlit as st

from ctg import rapport_structure as rapport
from pages.commun import bandeau, donnees, figure, filtres, navigation
from pages.commun.textes import echapper, vide

QUESTION = "Qu’a fait cette structure, qu’en dit-elle ?"


def presentation(fiche, rapports, annee: int) -> None:
    """Who it is, and where its last report stands."""
    dits = rapport.identite(fiche)
    attendu = rapports[rapports["annee"] == annee]
    if len(attendu):
        dits.append((f"Rapport {annee}", rapport.etat(attendu.iloc[0])))
    st.markdown("  \n".join(f"**{nom}** : {echapper(texte)}" for nom, texte in dits))
    with st.container(horizontal=True):
        if fiche["quartier_id"] not in {"ville", "hors-dijon"}:
            navigation.lien(
                "quartier", "Voir son quartier", "location_city", quartier=fiche["quartier_id"], annee=annee
            )
        navigation.lien("collecte", "Voir la collecte", "inbox", annee=annee)


def actions(fiche, annee: int, fictif: bool) -> None:
    """Its measures against its own past and the median of its type."""
    st.header("Ce qu’elle a fait", anchor=False)
    lignes = donnees.lire(
        "structure_mesures", structure=fiche["structure_id"], minimum=rapport.MINIMUM_MEDIANE
    )
    lignes = lignes[lignes["annee"] <= annee]
    if lignes.empty:
        vide(
            "Aucune mesure à montrer pour cette structure.",
            f"Soit aucun rapport n’est arrivé jusqu’en {annee}, soit la convention ne demande pas "
            "encore de mesure "
            f"à ce type ({fiche['type_libelle']}).",
        )
        return
    noms = dict(zip(lignes["indicateur_id"], lignes["libelle"], strict=True))
    codes = list(noms)
    choisie = st.selectbox(
        "Regarder une mesure de près",
        codes,
        index=codes.index(rapport.premiere_lisible(lignes)),
        format_func=noms.get,
        key=f"mesure_{fiche['structure_id']}_{annee}",
    )
    figure.afficher(rapport.une_mesure(lignes[lignes["indicateur_id"] == choisie], fictif))
    figure.afficher(rapport.mesures(lignes, fiche["type_libelle"], fictif))


def mots(fiche, annee: int) -> None:
    """Strengths, weaknesses and stakes in its own words; the other headings folded."""
    st.header("Ce qu’elle en dit", anchor=False)
    lignes = donnees.lire("structure_mots", structure=fiche["structure_id"])
    dits = lignes[lignes["annee"] == annee]
    if dits.empty:
        autres = ", ".join(str(int(a)) for a in dict.fromkeys(lignes["annee"]))
        vide(
            f"Aucun texte de cette structure en {annee}.",
            f"Elle s’est exprimée en {autres} : changez de campagne."
            if autres
            else "Ses rapports n’ont pas de texte, ou ils attendent une relecture avant d’être montrés.",
        )
        return
    premiers = dits[dits["rubrique"].isin(rapport.MOTS_PREMIERS)]
    for colonne, ligne in zip(st.columns(max(len(premiers), 1)), premiers.itertuples(), strict=False):
        with colonne.container(border=True, height="stretch"):
            st.subheader(echapper(ligne.rubrique_libelle), anchor=False)
            st.markdown(f"« {echapper(ligne.texte)} »")
    reste = dits[~dits["rubrique"].isin(rapport.MOTS_PREMIERS)]
    if len(reste):
        with st.expander(f"Le reste du rapport {annee}, dans ses mots"):
            for ligne in reste.itertuples():
                st.markdown(f"**{echapper(ligne.rubrique_libelle)}**  \n« {echapper(ligne.texte)} »")


def une_structure(code: str, annee: int) -> None:
    """The page of one structure."""
    fiche = donnees.lire("structure_identite", structure=code).iloc[0]
    fictif = donnees.fictif()
    bandeau.afficher(fiche["nom"], QUESTION)
    rapports = donnees.lire("structure_rapports", structure=code)
    presentation(fiche, rapports, annee)
    actions(fiche, annee, fictif)
    comptes = donnees.lire("structure_chiffres", structure=code, annee=annee)
    vie = donnees.lire("structure_vie", structure=code)
    st.header("Ses moyens", anchor=False)
    if comptes.empty and vie.empty:
        vide(
            f"Aucun chiffre clef dans le rapport {annee}.",
            "Changez de campagne, ou relancez la structure : Collecte.",
        )
    if len(comptes):
        figure.afficher(rapport.chiffres_clefs(comptes, annee, fictif))
    if len(vie):
        figure.afficher(rapport.vie(vie, fictif))
    mots(fiche, annee)
    st.header("Ses rapports", anchor=False)
    if rapports.empty:
        vide("Aucune campagne ne lui demande de rapport.", "Voyez ses dates d’ouverture dans le référentiel.")
    else:
        figure.afficher(rapport.rapports(rapports))


choix = filtres.courants()
if choix.structure:
    une_structure(choix.structure, choix.annee)
else:
    bandeau.afficher("Structure", QUESTION)
    vide("Aucune structure dans la convention chargée.", "Vérifiez structures.csv dans le référentiel.")
