"""« Couverture » : what is known of each measure, by campaign and respondent, and why the rest is not."""

import streamlit as st

from ctg import couverture_collecte, evaluable
from ctg.entrepot import Entrepot, Signature
from ctg.exports import suivi
from pages.commun import donnees, figure
from pages.commun.textes import vide

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LECTURES = ("Axe ou fiche", "Indicateur", "Répondant")


@st.cache_data(max_entries=2, show_spinner=False)
def _classeur(version: Signature, _entrepot: Entrepot) -> bytes:
    return suivi.produire(_entrepot)


def afficher(annee: int, fictif: bool) -> None:
    """Draw one slice of the cube, every campaign side by side, and give the workbook of the evaluation."""
    if donnees.lire("collecte_campagnes").empty:
        vide("Aucune campagne n’est déclarée.", "Déclarez-en une dans parametres.yml (referentiel.md).")
        return
    entrepot = donnees.entrepot()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        lecture = st.segmented_control(
            "Lire par", LECTURES, default=LECTURES[0], required=True, key="couverture_lecture"
        )
        st.download_button(
            "Ce qui ne peut pas être évalué (Excel)",
            lambda: _classeur(entrepot.signature, entrepot),
            file_name=suivi.nom_de_fichier(entrepot),
            mime=XLSX,
            icon=":material/download:",
            on_click="ignore",
        )
    {LECTURES[0]: _par_fiche, LECTURES[1]: _par_indicateur, LECTURES[2]: _par_repondant}[lecture](fictif)


def _par_fiche(fictif: bool) -> None:
    noms = {("axe", ligne.code): f"Axe {ligne.libelle}" for ligne in _choix("axe")}
    noms |= {("fiche", ligne.code): ligne.libelle for ligne in _choix("fiche")}
    niveau, code = st.selectbox(
        "Axe ou fiche projet", list(noms), format_func=noms.get, key="couverture_fiche"
    )
    lignes = donnees.lire("couverture_indicateurs", **({"axe": "tous", "fiche": "tous"} | {niveau: code}))
    if lignes.empty:
        vide("Aucun indicateur sous cette fiche.", "La convention n’en imprime pas ; voir Méthode.")
        return
    jugements = evaluable.juger(lignes, float(donnees.parametre("couverture.seuil_etat")))
    figure.afficher(couverture_collecte.parts(jugements, noms[niveau, code], fictif))
    manques = couverture_collecte.pourquoi(jugements, noms[niveau, code], fictif)
    if manques:
        figure.afficher(manques)


def _par_indicateur(fictif: bool) -> None:
    noms = {ligne.code: ligne.libelle for ligne in _choix("indicateur")}
    code = st.selectbox("Indicateur", list(noms), format_func=noms.get, key="couverture_indicateur")
    lignes = donnees.lire("couverture_repondants", indicateur=code, repondant="tous")
    if lignes.empty:
        vide("Cet indicateur n’est demandé à personne.", "Sa définition reste à arrêter : voir Méthode.")
        return
    figure.afficher(couverture_collecte.par_repondant(lignes, noms[code], fictif))


def _par_repondant(fictif: bool) -> None:
    noms = {ligne.code: ligne.libelle for filtre in ("structure", "fiche") for ligne in _choix(filtre)}
    code = st.selectbox("Structure ou fiche", list(noms), format_func=noms.get, key="couverture_repondant")
    lignes = donnees.lire("couverture_repondants", indicateur="tous", repondant=code)
    if lignes.empty:
        vide("Rien n’est demandé à ce répondant.", "Aucun indicateur ne s’adresse à lui.")
        return
    figure.afficher(couverture_collecte.par_indicateur(lignes, noms[code], fictif))


def _choix(filtre: str) -> list:
    return [ligne for ligne in donnees.lignes("filtres") if ligne.filtre == filtre]
