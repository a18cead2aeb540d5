"""The form that writes a stage: who decides, which day, why; and the sentence that ends it."""

import datetime as dt

import streamlit as st

from etl.saisies.decisions import declarer_etape
from pages.commun import donnees
from pages.donnees.decisions.enregistrement import convention, enregistrer, marque_fictive, qui_et_pourquoi

_NOMS = {
    "confirmee": "Confirmation {}e",
    "validee": "Validation {}e",
    "aval": "Aval de la Caf {}",
    "diffusee": "Diffusion {}e",
}
# what a gesture did, by act and stage
FAITS = {
    (acte, etape): nom.format(participe)
    for etape, nom in _NOMS.items()
    for acte, participe in (("atteinte", "déclaré"), ("retiree", "retiré"))
} | {("changement", "aval"): "Changement admis par la Caf"}


def declarer(
    lignes: list[dict[str, object]],
    dit: str,
    etape: str | None,
    axe: str | None = None,
    acte: str = "atteinte",
) -> None:
    """Ask for the function, the day and the reason, then write `lignes` in etapes.csv, and say `dit`; several
    lines say the same of several structures.

    `etape`, `axe`: what the functions offered must be allowed to declare; None, any.
    """
    # not by structure: what is typed stays while others are chosen
    cle = "_".join(str(valeur) for nom, valeur in lignes[0].items() if nom != "repondant_id")
    with st.form(f"declarer_{cle}"):
        fonction, raison = qui_et_pourquoi(
            cle,
            etape,
            axe,
            exemple="Dit en réunion" if acte == "atteinte" else "Obligatoire pour retirer ou admettre",
        )
        jour = None
        if acte == "atteinte":
            aujourd_hui = dt.date.today()
            jour = st.date_input(
                "Jour de la décision",
                aujourd_hui,
                max_value=aujourd_hui,
                format="DD/MM/YYYY",
                key=f"jour_{cle}",
            )
        # the same place held the form that declared it
        geste = "Retirer et recharger" if acte == "retiree" else "Enregistrer et recharger"
        demande = st.form_submit_button(geste, icon=":material/check:", type="primary")
    if demande:
        dite = {"fonction": fonction, "raison": raison, "fictif": marque_fictive()}
        if jour and jour != dt.date.today():
            dite["decide_le"] = jour.isoformat()
        enregistrer(
            lambda: [declarer_etape(donnees.entrepot(), convention(), ligne | dite) for ligne in lignes], dit
        )
