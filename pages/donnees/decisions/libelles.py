"""Wordings close to those of the forms: which ones are the same question."""

import streamlit as st

from ctg import formats, rapprochements
from etl import saisies
from pages.commun import donnees, figure
from pages.commun.textes import vide
from pages.donnees.decisions.enregistrement import enregistrer, qui_et_pourquoi


def afficher(annee: int, fictif: bool) -> None:
    """The proposals, then which of them a person confirms, once for all the forms to come."""
    lignes = donnees.lire("decision_rapprochements", annee=annee)
    if lignes.empty:
        vide(
            f"Aucun libellé à confirmer en {annee}.",
            "Quand un formulaire revient sans ses identifiants cachés, les lignes dont le libellé a changé "
            "se confirment ici.",
        )
        return
    figure.afficher(rapprochements.propositions(lignes, annee, fictif))
    if fictif:
        st.markdown(
            "Un libellé confirmé vaudrait aussi pour une campagne réelle : ici, rien ne s’enregistre."
        )
        return
    cles = dict(zip(lignes["libelle"], lignes["cle"], strict=True))
    proposes = dict(zip(lignes["libelle"], lignes["propose"], strict=True))
    with st.form(f"libelles_{annee}", enter_to_submit=False):
        choisis = st.multiselect(
            "Libellés à confirmer",
            list(cles),
            format_func=lambda libelle: f"« {libelle} » veut dire « {proposes[libelle]} »",
            placeholder="Choisir",
        )
        st.markdown("Un libellé confirmé est reconnu ensuite dans tous les formulaires.")
        fonction, raison = qui_et_pourquoi(f"libelles_{annee}", exemple="Facultatif")
        demande = st.form_submit_button("Confirmer et recharger", icon=":material/check:", type="primary")
    if demande and not choisis:
        st.error("Choisir au moins un libellé.", icon=":material/error:")
    elif demande:
        dit = formats.compter(len(choisis), "libellés confirmés")
        enregistrer(lambda: _ajouter(choisis, cles, fonction, raison), dit)


def _ajouter(libelles: list[str], cles: dict[str, str], fonction: str, raison: str) -> None:
    for libelle in libelles:
        ligne = {"libelle": libelle, "cle": cles[libelle], "fonction": fonction, "raison": raison}
        saisies.ajouter("libelles", ligne)
