"""Correct or enter one figure: find it, and see whence it comes; then those already corrected."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ctg import decisions
from etl.saisies.cases import Case, cases
from pages.commun import donnees, figure
from pages.commun.textes import echapper, vide
from pages.donnees.decisions import enregistrement, saisie
from pages.donnees.decisions.noms import EXERCICE_DE_L_ANNEE, nommer_case, nommer_questions

_MESURE = "mesure_a_corriger"


def afficher(annee: int, fictif: bool) -> None:
    """The correction of a figure of the campaign, then those already made."""
    repondants = donnees.lire("decision_repondants", annee=annee)
    if repondants.empty:
        vide(f"Aucun formulaire n’est attendu en {annee}.", "Choisir une autre campagne.")
        return
    colonnes = st.columns([2, 3, 2])
    with colonnes[0]:
        repondant_id = _choisir_qui(repondants, annee)
    case = _choisir_case(repondant_id, annee, *colonnes[1:])
    if case:
        champs = {"repondant_id": repondant_id, "annee": annee, "cle": case.cle, "code": case.code}
        nom = repondants.set_index("repondant_id")["repondant"][repondant_id]
        qui = f"{nom}, {annee}"
        saisie.demander(case, qui, champs | {"fictif": enregistrement.marque_fictive()}, fictif)
    faites = donnees.lire("decision_corrections", annee=annee)
    if len(faites):
        figure.afficher(decisions.corrections(faites, annee, fictif))


def _choisir_qui(repondants: pd.DataFrame, annee: int) -> str:
    """The respondent; a link may name a measure (those that are asked it), and a respondent."""
    demandee, lie = st.query_params.get("chiffre"), st.query_params.get("repondant")
    convention = enregistrement.convention()
    # one taken out of the convention since is still in the warehouse
    connus = {*convention.structures, *convention.fiches}
    repondants = repondants[repondants["repondant_id"].isin(connus)]
    if demandee in convention.indicateurs:
        interroges = {
            s.structure_id
            for s in convention.structures.values()
            if convention.indicateurs[demandee] in convention.indicateurs_de_structure(s, annee)
        } or {convention.fiche_de(demandee)}
        demandes = repondants[repondants["repondant_id"].isin(interroges)]
        repondants = demandes if len(demandes) else repondants
    noms = {
        x.repondant_id: x.repondant + ("" if x.recu else " (aucun rapport)") for x in repondants.itertuples()
    }
    codes = list(noms)
    return st.selectbox(
        "Structure ou fiche",
        codes,
        index=codes.index(lie) if lie in noms else 0,
        format_func=noms.get,
        key=f"corriger_qui_{annee}",
    )


def _choisir_case(
    repondant_id: str, annee: int, gauche: DeltaGenerator, droite: DeltaGenerator
) -> Case | None:
    """The question, with what it says today, then its cell where it has several."""
    trouvees = cases(donnees.entrepot(), enregistrement.convention(), repondant_id, annee)
    demandee = st.query_params.get("chiffre")
    if siennes := [c for c in trouvees if c.ligne.cle.objet_id == demandee]:
        trouvees = siennes
    if not trouvees:
        vide("Aucun chiffre n’est demandé ici.", "Les textes se corrigent dans le formulaire.")
        return None
    fiche = repondant_id in enregistrement.convention().fiches
    reponses = donnees.lire("decision_reponses", annee=annee, repondant=repondant_id, fiche=fiche)
    questions = nommer_questions(trouvees, dict(reponses.itertuples(index=False, name=None)))
    # a list drawn again under the same key keeps the words it showed: those of the former warehouse
    version = donnees.entrepot().empreinte[:12]
    gardee = st.session_state.get(_MESURE)
    objet = gauche.selectbox(
        "Question, et ce qu’elle dit aujourd’hui",
        list(questions),
        index=list(questions).index(gardee) if gardee in questions else 0,
        format_func=questions.get,
        key=f"corriger_quoi_{annee}_{repondant_id}_{version}",
    )
    st.session_state[_MESURE] = objet
    siennes = [c for c in trouvees if (c.ligne.cle.rubrique, c.ligne.cle.objet_id) == objet]
    rang = droite.selectbox(
        "Case",
        range(len(siennes)),
        index=next((n for n, c in enumerate(siennes) if c.code == EXERCICE_DE_L_ANNEE), 0),
        format_func=lambda n: nommer_case(siennes[n], annee),
        key=f"corriger_case_{annee}_{repondant_id}_{':'.join(objet)}_{version}",
    )
    case = siennes[rang]
    st.markdown(echapper(f"Aujourd’hui, campagne {annee} : {case.affichage} · {case.origine}"))
    return case
