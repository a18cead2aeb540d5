"""Record that structures confirm their figures, as many as said so, or that one takes it back."""

import streamlit as st

from ctg import formats
from pages.commun import donnees
from pages.donnees.decisions.declaration import declarer


def afficher(annee: int) -> None:
    """The structures that answered: those that may confirm, then those that did."""
    repondants = donnees.lire("decision_repondants", annee=annee)
    ayant_repondu = repondants[repondants["repond"] & (repondants["formulaire"] == "structure")]
    noms = dict(zip(ayant_repondu["repondant_id"], ayant_repondu["repondant"], strict=True))
    if not noms:
        st.markdown("Aucune structure n’a répondu : rien à confirmer.")
        return
    dites = {x.repondant_id: x for x in donnees.lignes("decision_confirmations", annee=annee)}
    faites = {s: une for s, une in dites.items() if s in noms and not une.perimee}
    _confirmer({s: nom + _perimee(dites.get(s)) for s, nom in noms.items() if s not in faites}, annee)
    if faites:
        with st.expander(f"Retirer une confirmation ({formats.nombre(len(faites))})"):
            _retirer(
                {s: f"{noms[s]} (le {formats.date_courte(u.atteinte_le)})" for s, u in faites.items()}, annee
            )


def _confirmer(a_dire: dict[str, str], annee: int) -> None:
    """One word for all that confirmed alike; `a_dire`: structure → its name."""
    if not a_dire:
        st.markdown("Toutes les structures qui ont répondu ont confirmé.")
        return
    # chosen anew after each record: those that confirmed leave the list
    choisies = st.multiselect(
        "Structures qui confirment",
        list(a_dire),
        format_func=a_dire.get,
        placeholder="Choisir",
        key=f"confirment_{annee}_{len(a_dire)}",
    )
    if not choisies:
        return
    lignes = [_ligne(annee, structure, "atteinte") for structure in choisies]
    declarer(lignes, formats.compter(len(lignes), "confirmations enregistrées", feminin=True), "confirmee")


def _retirer(faites: dict[str, str], annee: int) -> None:
    structure = st.selectbox("Structure", list(faites), format_func=faites.get, key=f"se_reprend_{annee}")
    dit = f"{faites[structure]} : confirmation retirée"
    declarer([_ligne(annee, structure, "retiree")], dit, None, acte="retiree")


def _ligne(annee: int, structure: str, acte: str) -> dict[str, object]:
    return {"annee": annee, "repondant_id": structure, "etape": "confirmee", "acte": acte}


def _perimee(une) -> str:
    """What stands beside the name of a structure whose figures changed since it confirmed them."""
    if une is None:
        return ""
    return f" (a confirmé le {formats.date_courte(une.atteinte_le)} ; ses chiffres ont changé depuis)"
