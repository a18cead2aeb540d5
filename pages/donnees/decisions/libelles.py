"""Wordings close to those of the forms: which ones are the same question."""

from collections.abc import Iterable

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
            "Quand un formulaire revient avec des libellés récrits, les lignes dont le libellé a changé "
            "se confirment ici.",
        )
        return
    figure.afficher(rapprochements.propositions(lignes, annee, fictif))
    if fictif:
        st.markdown(
            "Un libellé confirmé vaudrait aussi pour une campagne réelle : ici, rien ne s’enregistre."
        )
        return
    proposes = zip(lignes["libelle"], lignes["cle"], lignes["propose"], strict=True)
    confirmes = demander(proposes, f"libelles_{annee}", "Confirmer et recharger")
    if confirmes:
        enregistrer(lambda: ecrire(confirmes), formats.compter(len(confirmes), "libellés confirmés"))


def demander(proposes: Iterable[tuple[str, str, str]], cle: str, geste: str) -> list[dict[str, str]]:
    """Ask which wordings mean what is proposed, as (wording, key, question); the lines of the register."""
    proposes = {libelle: (cle_de_ligne, question) for libelle, cle_de_ligne, question in proposes}
    with st.form(cle, enter_to_submit=False):
        choisis = st.multiselect(
            "Libellés à confirmer",
            list(proposes),
            format_func=lambda libelle: f"« {libelle} » veut dire « {proposes[libelle][1]} »",
            placeholder="Choisir",
            key=f"choix_{cle}",
        )
        st.markdown("Un libellé confirmé est reconnu ensuite dans tous les formulaires.")
        fonction, raison = qui_et_pourquoi(cle, exemple="Facultatif")
        demande = st.form_submit_button(geste, icon=":material/check:", type="primary")
    if demande and not choisis:
        st.error("Choisir au moins un libellé.", icon=":material/error:")
    if not demande:
        return []
    return [
        {"libelle": libelle, "cle": proposes[libelle][0], "fonction": fonction, "raison": raison}
        for libelle in choisis
    ]


def ecrire(confirmes: list[dict[str, str]]) -> None:
    """Append what was confirmed. Raises SaisieRefusee, OSError."""
    for ligne in confirmes:
        saisies.ajouter("libelles", ligne)
