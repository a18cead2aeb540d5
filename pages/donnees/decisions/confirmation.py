"""Record that a structure confirms its figures, or takes it back."""

import streamlit as st

from ctg import formats
from pages.commun import donnees
from pages.donnees.decisions.declaration import declarer

_STRUCTURE = "structure_qui_confirme"


def afficher(annee: int) -> None:
    """The structure, among those that answered, and what it says."""
    repondants = donnees.lire("decision_repondants", annee=annee)
    ayant_repondu = repondants[repondants["repond"] & (repondants["formulaire"] == "structure")]
    structures = dict(zip(ayant_repondu["repondant_id"], ayant_repondu["repondant"], strict=True))
    if not structures:
        st.markdown("Aucune structure n’a répondu : rien à confirmer.")
        return
    confirmations = {x.repondant_id: x for x in donnees.lignes("decision_confirmations", annee=annee)}
    gardee = st.session_state.get(_STRUCTURE)
    repondant_id = st.selectbox(
        "Structure",
        list(structures),
        index=list(structures).index(gardee) if gardee in structures else 0,
        format_func=lambda s: structures[s] + _confirmation(confirmations.get(s)),
        # a list drawn again under the same key keeps the words it showed: those of the former warehouse
        key=f"confirme_{annee}_{donnees.entrepot().empreinte[:12]}",
    )
    st.session_state[_STRUCTURE] = repondant_id
    faite = confirmations.get(repondant_id)
    acte = "retiree" if faite is not None and not faite.perimee else "atteinte"
    champs = {"annee": annee, "repondant_id": repondant_id, "etape": "confirmee", "acte": acte}
    dit = f"{structures[repondant_id]} : confirmation {'retirée' if acte == 'retiree' else 'enregistrée'}"
    declarer(champs, dit, "confirmee" if acte == "atteinte" else None, acte=acte)


def _confirmation(une) -> str:
    """What stands beside the name of a structure: « (a confirmé le 21/11/2026) »."""
    if une is None:
        return ""
    dite = f"a confirmé le {formats.date_courte(une.atteinte_le)}"
    if une.perimee:
        dite += " ; ses chiffres ont changé depuis : à confirmer de nouveau"
    return f" ({dite})"
