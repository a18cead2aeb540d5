"""The two gestures under the queue: accept an anomaly as it is, withdraw an acceptance without object."""

import pandas as pd
import streamlit as st

from ctg import collecte, formats
from ctg.entrepot import chemin_par_defaut
from ctg.gravites import GRAVITES
from etl.controles import acceptation
from etl.controles.controle import controles
from etl.saisies import SaisieRefusee, acceptations
from pages.donnees import reconstruction
from pages.donnees.decisions.enregistrement import convention, convention_lisible, essayer

_LONGUEUR = 110  # of an anomaly named in a list


def accepter(lignes: pd.DataFrame, annee: int) -> None:
    """The form that keeps one anomaly as it is, with a function and a reason."""
    # a decision badly written is mended; what a control says of a figure entered by hand may be accepted
    jugees = lignes["regle"].isin([controle.regle for controle in controles()])
    lignes = lignes[jugees | ~lignes["fichier"].str.startswith(collecte.DECISIONS)]
    if lignes.empty or not convention_lisible():
        return
    with (
        st.expander("Accepter une anomalie, après vérification"),
        st.form(f"accepter_{annee}", enter_to_submit=False, border=False),
    ):
        st.markdown(
            "La valeur est gardée telle qu’elle a été lue ; si elle n’a pas pu l’être, la case reste sans "
            "valeur. L’anomalie ne compte plus, mais reste visible avec sa raison. Si la valeur change, "
            "l’acceptation tombe et le chargement le dit."
        )
        rangs = {ligne.id: ligne for ligne in lignes.itertuples()}
        choisie = st.selectbox("Anomalie", list(rangs), format_func=lambda i: _nommer(rangs[i]))
        fonction = _fonction("Fonction de qui accepte")
        raison = st.text_input(
            "Raison, sans nom de personne",
            placeholder="La structure confirme : un seul poste, à 80 %",
            key=f"raison_{annee}_{len(lignes)}",  # the reason of one anomaly is not that of the next
        )
        envoye = st.form_submit_button("Accepter et recharger", icon=":material/check:", type="primary")
    if envoye and essayer(lambda: _enregistrer(rangs[choisie], fonction, raison)):
        reconstruction.reconstruire("Anomalie acceptée")


def retirer(lignes: pd.DataFrame, annee: int, fictif: bool) -> None:
    """The form that withdraws an acceptance that no longer corresponds to anything."""
    if lignes.empty or not convention_lisible():
        return
    with (
        st.expander("Retirer une acceptation", expanded=True),
        st.form(f"retirer_{annee}", enter_to_submit=False, border=False),
    ):
        rangs = {int(ligne.cellule.split()[-1]): ligne for ligne in lignes.itertuples()}
        rang = st.selectbox(
            "Acceptation sans objet", list(rangs), format_func=lambda r: rangs[r].message[:_LONGUEUR]
        )
        fonction = _fonction("Fonction de qui retire")
        envoye = st.form_submit_button("Retirer et recharger", icon=":material/undo:", type="primary")
    marque = "oui" if fictif else "non"
    if envoye and essayer(
        lambda: acceptations.retirer(rang, fonction, "L’anomalie n’existe plus", marque, convention())
    ):
        reconstruction.reconstruire("Acceptation retirée")


def _fonction(label: str) -> str:
    fonctions = {f.fonction_id: f.libelle for f in convention().fonctions.values()}
    return st.selectbox(label, list(fonctions), format_func=fonctions.get)


def _nommer(ligne) -> str:
    qui = ligne.fichier if ligne.repondant == "—" else ligne.repondant  # nothing tells whose it is
    ou = " ".join(str(mot) for mot in (qui, ligne.cellule) if formats.est_connu(mot))
    dit = f"{GRAVITES[ligne.gravite]} · {ou} · {ligne.message}"
    return dit if len(dit) <= _LONGUEUR else f"{dit[: _LONGUEUR - 1]}…"


def _enregistrer(ligne, fonction: str, raison: str) -> None:
    if not raison.strip():
        raise SaisieRefusee("dire la raison, en une phrase")
    entree = acceptation.entree_pour(chemin_par_defaut(), ligne.id, ligne.message)
    acceptations.accepter({**entree, "raison": raison, "fonction": fonction}, convention())
