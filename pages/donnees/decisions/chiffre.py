"""Correct one figure: find it, see its file and cell, type the new value, see what changes, confirm."""

import pandas as pd
import streamlit as st

from ctg import decisions
from ctg.collecte import CODES
from ctg.entrepot import chemin_par_defaut
from ctg.referentiel import dossier_par_defaut
from etl import saisies
from etl.construction import apercu
from etl.inventaire import dossiers_lus
from etl.saisies.decisions import Case, cases, montrer_saisie
from pages.commun import donnees, figure
from pages.commun.textes import echapper, vide
from pages.donnees.decisions import enregistrement

_APERCU = "correction_apercue"
_MESURE = "mesure_a_corriger"


def afficher(annee: int, fictif: bool) -> None:
    """The correction of a figure of the campaign, then those already made."""
    reponses = donnees.lire("decision_reponses", annee=annee)
    if reponses.empty:
        vide(f"Aucune réponse à corriger en {annee}.", "Rien n’a encore été reçu pour cette campagne.")
        return
    case, champs = _choisir(reponses, annee)
    if case:
        _saisir(case, champs | {"fictif": enregistrement.marque_fictive()}, fictif)
    faites = donnees.lire("decision_corrections", annee=annee)
    if len(faites):
        figure.afficher(decisions.corrections(faites, annee, fictif))


def _choisir(reponses: pd.DataFrame, annee: int) -> tuple[Case | None, dict[str, object]]:
    """The cell to correct: by respondent, measure, then cell; a link may name the measure."""
    demandee = st.query_params.get("chiffre")
    if demandee in set(reponses["indicateur_id"]):
        reponses = reponses[reponses["indicateur_id"] == demandee]
    noms = dict(zip(reponses["repondant_id"], reponses["repondant"], strict=True))
    gauche, droite = st.columns(2)
    repondant_id = gauche.selectbox(
        "Structure ou fiche", list(noms), format_func=noms.get, key=f"corriger_qui_{annee}"
    )
    siennes = reponses[reponses["repondant_id"] == repondant_id]
    mesures = {x.indicateur_id: f"{x.libelle} : {x.affichage}" for x in siennes.itertuples()}
    # a list drawn again under the same key keeps the words it showed: those of the former warehouse
    version = donnees.entrepot().empreinte[:12]
    gardee = st.session_state.get(_MESURE)
    indicateur_id = droite.selectbox(
        "Mesure, et ce qu’elle dit aujourd’hui",
        list(mesures),
        index=list(mesures).index(gardee) if gardee in mesures else 0,
        format_func=mesures.get,
        key=f"corriger_quoi_{annee}_{repondant_id}_{version}",
    )
    st.session_state[_MESURE] = indicateur_id
    trouvees = cases(donnees.entrepot(), enregistrement.convention(), repondant_id, annee, indicateur_id)
    if not trouvees:
        vide("Aucune case chiffrée n’a été reçue ici.", "La réponse se donne dans le formulaire.")
        return None, {}
    rang = st.selectbox(
        "Case",
        range(len(trouvees)),
        format_func=lambda n: _nommer(trouvees[n]),
        key=f"corriger_case_{annee}_{repondant_id}_{indicateur_id}_{version}",
    )
    case = trouvees[rang]
    return case, {"repondant_id": repondant_id, "annee": annee, "cle": case.cle, "code": case.code}


def _nommer(case: Case) -> str:
    return f"{case.libelle}, {CODES.get(case.code, case.code)} : {case.affichage}"


def _saisir(case: Case, champs: dict[str, object], fictif: bool) -> None:
    """Type the new value; what it would change is computed before anything is written."""
    ou = f"{case.source}, {case.fichier}, feuille {case.feuille}, cellule {case.cellule}"
    st.markdown(echapper(f"Valeur d’aujourd’hui : {case.affichage} · {ou}"))
    cle = f"{champs['repondant_id']}_{champs['annee']}_{case.cle}_{case.code}"
    with st.form(f"corriger_{cle}"):
        nouvelle = st.text_input(
            "Nouvelle valeur (vide : pas de réponse)", placeholder="1 234 ; 12,5 ; 85 % ; sans objet", key=cle
        )
        fonction, raison = enregistrement.qui_et_pourquoi(
            cle, exemple="Erreur de frappe, confirmée au téléphone"
        )
        demande = st.form_submit_button(
            "Voir ce qui changerait", icon=":material/visibility:", type="primary"
        )
    ligne = {**champs, "ancienne": case.contenu, "nouvelle": nouvelle, "fonction": fonction, "raison": raison}
    if demande:
        st.session_state.pop(_APERCU, None)
        enregistrement.essayer(lambda: _apercevoir(ligne))
    vu = st.session_state.get(_APERCU)
    if vu and vu[0] == ligne:
        _confirmer(case, ligne, vu[1], fictif)


def _apercevoir(ligne: dict[str, object]) -> None:
    with st.spinner("Les chiffres sont refaits à l’essai…"):
        lieux = (dossiers_lus(), dossier_par_defaut(), chemin_par_defaut())
        st.session_state[_APERCU] = ligne, apercu.apercevoir("valeurs", ligne, *lieux)


def _confirmer(case: Case, ligne: dict[str, object], changes: list, fictif: bool) -> None:
    """Before and after, then the one button that writes."""
    nouvelle = montrer_saisie(case, ligne["nouvelle"], enregistrement.convention())
    dit = f"{case.libelle} : {case.affichage} → {nouvelle}"
    if changes:
        figure.afficher(decisions.effets(changes, "effets_correction", fictif))
    else:
        st.markdown("Aucun chiffre publié ne change : la case compte dans un nombre masqué, ou incomplet.")
    if st.button("Enregistrer la correction et recharger", icon=":material/check:", type="primary"):
        enregistrement.enregistrer(
            lambda: saisies.ajouter("valeurs", ligne), f"Correction enregistrée : {dit}"
        )
