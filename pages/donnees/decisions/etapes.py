"""Declare or withdraw a stage of a fiche, record what a structure confirms, admit a change after the aval."""

import pandas as pd
import streamlit as st

from ctg import decisions, vie
from etl.saisies.decisions import declarer_etape
from pages.commun import donnees, figure
from pages.donnees.decisions.enregistrement import convention, enregistrer, marque_fictive, qui_et_pourquoi


def afficher(annee: int, fictif: bool) -> None:
    """The matrix fiche × stage, then what may be declared."""
    lignes = donnees.lire("decision_etapes", annee=annee)
    figure.afficher(decisions.etapes(lignes, annee, fictif))
    gauche, droite = st.columns(2)
    with gauche:
        st.subheader("Faire avancer une fiche", anchor=False)
        _fiche(lignes, annee, fictif)
    with droite:
        st.subheader("La confirmation d’une structure", anchor=False)
        _structure(annee)


def _fiche(lignes: pd.DataFrame, annee: int, fictif: bool) -> None:
    par_fiche = {ligne.fiche_id: ligne for ligne in lignes.itertuples()}
    a_decider = next((rang for rang, fiche in enumerate(par_fiche.values()) if fiche.nb_changements), 0)
    fiche_id = st.selectbox(
        "Fiche",
        list(par_fiche),
        index=a_decider,
        format_func=lambda f: f"{f} · {par_fiche[f].titre}",
        key=f"etape_fiche_{annee}",
    )
    fiche = par_fiche[fiche_id]
    changes = donnees.lire("decision_changements", annee=annee, fiche=fiche_id)
    if len(changes):
        figure.afficher(decisions.changements(changes, fiche_id, annee, fictif))
    actes = _actes(fiche)
    if not actes:
        st.markdown(_attente(fiche))
        return
    choisi = st.selectbox("Décision", list(actes), format_func=actes.get, key=f"etape_{annee}_{fiche_id}")
    acte, etape = choisi
    champs = {"annee": annee, "fiche_id": fiche_id, "etape": etape, "acte": acte}
    if acte == "changement":
        st.markdown(
            "Admettre un changement, c’est redonner l’aval aux nouveaux chiffres : la parole enregistrée est "
            "celle de la Caf, avec la raison qu’elle en donne. Sans elle, retirer l’aval."
        )
    _declarer(
        champs, f"{fiche_id} : {actes[choisi]}", None if acte == "retiree" else etape, fiche.axe_id, acte
    )


def _actes(fiche) -> dict[tuple[str, str], str]:
    """{(act, stage): its words} that the fiche allows today; the next stage first."""
    actes = {}
    tombee = fiche.nb_changements > 0
    if tombee:
        actes["changement", "aval"] = "admettre le changement survenu après l’aval"
        actes["retiree", "aval"] = f"retirer « {vie.LIBELLES['aval']} »"
    elif prochaine := vie.prochaine(fiche.atteintes):
        actes["atteinte", prochaine] = f"déclarer « {vie.LIBELLES[prochaine]} »"
    actes |= {
        ("retiree", etape): f"retirer « {vie.LIBELLES[etape]} »"
        for etape in reversed(list(vie.LIBELLES)[2:])
        if etape in fiche.atteintes
    }
    return actes


def _attente(fiche) -> str:
    if "recue" not in fiche.atteintes:
        return "Aucune réponse reçue pour cette fiche : rien à déclarer."
    return "Des cellules de ses réponses sont refusées : les faire corriger, ou les corriger ici."


def _structure(annee: int) -> None:
    repondants = donnees.lire("decision_repondants", annee=annee)
    ayant_repondu = repondants[repondants["repond"] & (repondants["formulaire"] == "structure")]
    structures = dict(zip(ayant_repondu["repondant_id"], ayant_repondu["repondant"], strict=True))
    if not structures:
        st.markdown("Aucune structure n’a répondu : rien à confirmer.")
        return
    faites = {x.repondant_id for x in donnees.lignes("decision_confirmations", annee=annee)}
    repondant_id = st.selectbox(
        "Structure",
        list(structures),
        format_func=lambda s: structures[s] + (" (a confirmé)" if s in faites else ""),
        key=f"confirme_{annee}",
    )
    acte = "retiree" if repondant_id in faites else "atteinte"
    champs = {"annee": annee, "repondant_id": repondant_id, "etape": "confirmee", "acte": acte}
    dit = "confirmation retirée" if acte == "retiree" else "a confirmé ses chiffres"
    _declarer(champs, f"{structures[repondant_id]} : {dit}", "confirmee" if acte == "atteinte" else None)


def _declarer(
    champs: dict[str, object], dit: str, etape: str | None, axe: str | None = None, acte: str = "atteinte"
) -> None:
    """Ask for the function and the reason, then write."""
    cle = "_".join(str(valeur) for valeur in champs.values())
    with st.form(f"declarer_{cle}"):
        fonction, raison = qui_et_pourquoi(
            cle,
            etape,
            axe,
            exemple="Dit en réunion" if acte == "atteinte" else "Obligatoire pour retirer ou admettre",
        )
        demande = st.form_submit_button("Enregistrer et recharger", icon=":material/check:", type="primary")
    if demande:
        ligne = champs | {"fonction": fonction, "raison": raison, "fictif": marque_fictive()}
        enregistrer(lambda: declarer_etape(donnees.entrepot(), convention(), ligne), dit)
