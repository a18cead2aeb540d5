"""The new value of a figure: typed with its function and reason, its effects shown, then written or not."""

import streamlit as st

from ctg import essais
from ctg.entrepot import chemin_par_defaut
from ctg.referentiel import dossier_par_defaut
from etl.construction import apercu
from etl.inventaire import dossiers_lus
from etl.saisies import SaisieRefusee, lire
from etl.saisies.cases import Case
from etl.saisies.corrections import RECUE
from etl.saisies.demande import corriger, lecture_a_verifier, montrer_saisie, verifier_correction
from pages.commun import donnees, figure
from pages.commun.textes import echapper
from pages.donnees.decisions import enregistrement
from pages.donnees.decisions.noms import detailler

_APERCU = "correction_apercue"


def demander(case: Case, qui: str, champs: dict[str, object], fictif: bool) -> None:
    """Ask for the new value of a figure of `qui`; its effects are computed before anything is written."""
    cle = "_".join(str(champs[nom]) for nom in ("repondant_id", "annee", "cle", "code")) + f"_{case.decidee}"
    with st.form(f"corriger_{cle}"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            nouvelle = st.text_input(
                "Nouvelle valeur (« n.c. » retire le chiffre)",
                placeholder="1 234 ; 12,5 ; 85 % ; sans objet",
                key=f"valeur_{cle}",
            )
            fonction, raison = enregistrement.qui_et_pourquoi(
                cle, exemple="Erreur de frappe, confirmée au téléphone"
            )
        with st.container(horizontal=True):
            voir = st.form_submit_button(
                "Voir ce qui changerait", icon=":material/visibility:", type="primary"
            )
            reprendre = case.reprenable and st.form_submit_button(
                "Reprendre la valeur reçue", icon=":material/undo:"
            )
    ligne = {**champs, "ancienne": case.contenu, "fonction": fonction, "raison": raison}
    if voir or reprendre:
        st.session_state.pop(_APERCU, None)
        demandee = {**ligne, "nouvelle": RECUE if reprendre else nouvelle.strip()}
        enregistrement.essayer(lambda: _apercevoir(demandee))
    if vu := st.session_state.get(_APERCU):
        _reprendre_l_apercu(case, qui, ligne, *vu, fictif)


def _apercevoir(ligne: dict[str, object]) -> None:
    """Compute the effects of a line. Raises SaisieRefusee: it cannot be taken, or would change nothing."""
    if not ligne["nouvelle"]:
        raise SaisieRefusee("écrire la nouvelle valeur ; « n.c. » s’il faut retirer le chiffre")
    if not str(ligne["raison"]).strip():
        raise SaisieRefusee("dire la raison, en une phrase")
    convention = enregistrement.convention()
    verifier_correction(donnees.entrepot(), convention, ligne, lire("valeurs", convention))
    with st.spinner("Les chiffres et les contrôles sont refaits à l’essai…"):
        lieux = (dossiers_lus(), dossier_par_defaut(), chemin_par_defaut())
        st.session_state[_APERCU] = ligne, apercu.apercevoir("valeurs", ligne, *lieux)


def _reprendre_l_apercu(
    case: Case,
    qui: str,
    ligne: dict[str, object],
    vue: dict[str, object],
    effets: apercu.Apercu,
    fictif: bool,
) -> None:
    """Confirm what was looked at, if it is still about this figure as it stands."""
    if any(vue[nom] != ligne[nom] for nom in ("repondant_id", "annee", "cle", "code", "fictif")):
        return
    if vue["ancienne"] != case.contenu:
        st.session_state.pop(_APERCU)
        st.warning(
            echapper(
                f"Rien n’a été enregistré : ce chiffre a changé entre-temps, il est maintenant : "
                f"{case.affichage}. Le corriger de nouveau s’il le faut encore."
            ),
            icon=":material/warning:",
        )
        return
    _confirmer(case, qui, vue, effets, fictif)


def _confirmer(case: Case, qui: str, ligne: dict[str, object], effets: apercu.Apercu, fictif: bool) -> None:
    """Before and after, what the controls would say, then the one button that writes."""
    convention = enregistrement.convention()
    nouvelle = montrer_saisie(case, ligne["nouvelle"], convention)
    quoi = f"{case.ligne.objet}, {detailler(case, ligne['annee'])}"
    dit = f"{qui} : {quoi} : {case.affichage} → {nouvelle}"
    if effets.signalements:
        figure.afficher(essais.signalements(effets.signalements, "controles_correction", fictif))
    if effets.changes:
        figure.afficher(essais.effets(effets.changes, "effets_correction", fictif))
    else:
        st.markdown("Aucun chiffre publié ne change : la case compte dans un nombre masqué, ou incomplet.")
    # at the foot of the screen, in sight however long what comes above is
    with st.bottom:
        st.markdown(f"**{echapper(dit)}** · {echapper(essais.resume(effets.changes, effets.signalements))}")
        if a_verifier := lecture_a_verifier(case, ligne["nouvelle"], convention):
            st.warning(echapper(a_verifier), icon=":material/help:")
        for phrase in essais.avals(effets.avals):
            st.warning(echapper(phrase), icon=":material/approval:")
        if effets.approbations:
            st.warning(echapper(essais.approbations(effets.approbations)), icon=":material/approval:")
        demande = st.button("Enregistrer la correction et recharger", icon=":material/check:", type="primary")
    if demande:
        st.session_state.pop(_APERCU, None)
        enregistrement.enregistrer(
            lambda: corriger(donnees.entrepot(), convention, ligne), f"Correction enregistrée : {dit}"
        )
