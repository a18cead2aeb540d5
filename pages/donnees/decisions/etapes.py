"""Where each fiche stands; declare or withdraw a stage, admit a change after the aval."""

import pandas as pd
import streamlit as st

from ctg import decisions, vie
from pages.commun import donnees, figure
from pages.donnees.decisions import confirmation
from pages.donnees.decisions.declaration import FAITS, declarer


def afficher(annee: int, fictif: bool) -> None:
    """The matrix fiche × stage, then what may be declared."""
    lignes = donnees.lire("decision_etapes", annee=annee)
    figure.afficher(decisions.etapes(lignes, annee, fictif))
    gauche, droite = st.columns(2)
    with gauche:
        st.subheader("Faire avancer une fiche", anchor=False)
        _fiche(lignes, annee, fictif)
    with droite:
        st.subheader("La confirmation des structures", anchor=False)
        confirmation.afficher(annee)


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
    elif etape == "confirmee" and acte == "atteinte" and fiche.nb_confirmees < fiche.nb_structures:
        st.markdown(
            f"{decisions.confirmees(fiche)} : enregistrer ci-contre ce qu’elles confirment, ou déclarer la "
            "fiche sans les attendre, et la raison est nécessaire."
        )
    dit = f"{FAITS[acte, etape]} pour {fiche_id}, campagne {annee}"
    declarer([champs], dit, None if acte == "retiree" else etape, fiche.axe_id, acte)


def _actes(fiche) -> dict[tuple[str, str], str]:
    """{(act, stage): its words} that the fiche allows today; the next stage first."""
    actes = {}
    if fiche.nb_changements > 0:
        actes["changement", "aval"] = "admettre le changement survenu après l’aval"
        actes["retiree", "aval"] = f"retirer « {vie.LIBELLES['aval']} »"
    elif prochaine := vie.prochaine(fiche.atteintes):
        actes["atteinte", prochaine] = f"déclarer « {vie.LIBELLES[prochaine]} »"
    if a_redire := next((etape for etape in vie.LIBELLES if etape in fiche.perimees), None):
        actes["atteinte", a_redire] = f"déclarer de nouveau « {vie.LIBELLES[a_redire]} »"
    actes |= {
        ("retiree", etape): f"retirer « {vie.LIBELLES[etape]} »"
        for etape in reversed(list(vie.LIBELLES)[2:])
        if etape in fiche.atteintes or etape in fiche.perimees
    }
    return actes


def _attente(fiche) -> str:
    if "recue" not in fiche.atteintes:
        return "Aucune réponse reçue pour cette fiche : rien à déclarer."
    return "Des cellules de ses réponses sont refusées : les faire corriger, ou les corriger ici."
