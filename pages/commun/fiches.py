"""How a fiche projet is shown from afar: its line in a table, its card, its link."""

import pandas as pd
import streamlit as st

from ctg import etats, formats, phrases
from pages.commun import navigation
from pages.commun.textes import echapper

COMPTES = ("atteint", "en_progres", "a_surveiller", "sans_cible", "decale", "donnees_insuffisantes")


def etat(code: str) -> str:
    """State of a fiche as read: « ● En progrès »."""
    return etats.libelle(code)


def evolution(fiche) -> str:
    """Change of the chosen measure with its perimeter: « + 9 % depuis 2023 (13 communs sur 30) »."""
    if not formats.est_connu(fiche.evolution):
        return "pas encore comparable"
    communs = int(fiche.nb_communes)
    detail = f" ({communs} {formats.accorder('communs', communs)} sur {int(fiche.evolution_attendues)})"
    seul = fiche.evolution_attendues == 1
    return f"{fiche.evolution} depuis {int(fiche.annee_base)}{'' if seul else detail}"


def tableau(fiches: pd.DataFrame) -> pd.DataFrame:
    """The answer of `fiches.sql` as French text, one row per fiche."""
    return pd.DataFrame(
        [
            {
                "Fiche": f"{f.fiche_id} · {phrases.abreger(f.titre, 9)}",
                "État": etat(f.etat),
                "Mesure phare": f.mesure if formats.est_connu(f.mesure) else "à choisir",
                "Valeur": f.affichage if formats.est_connu(f.affichage) else formats.INCONNU,
                "Évolution*": evolution(f),
                "Répondu": f"{int(f.nb_repondantes)} / {int(f.nb_attendues)}",
                "Prochain jalon": f.prochain_jalon if formats.est_connu(f.prochain_jalon) else "—",
            }
            for f in fiches.itertuples()
        ]
    )


def lien(fiche, mots: int = 8, **filtres: object) -> None:
    """A link to the page of the fiche, its state first."""
    symbole = etats.ETATS[fiche.etat].symbole
    titre = f"{symbole} {fiche.fiche_id} · {phrases.abreger(fiche.titre, mots)}"
    navigation.lien("fiche", echapper(titre), fiche=fiche.fiche_id, **filtres)


def carte(fiche, **filtres: object) -> None:
    """One fiche in a box: link, state, chosen measure, value, change, coverage."""
    with st.container(border=True, height="stretch"):
        lien(fiche, **filtres)
        st.markdown(f"**{etat(fiche.etat)}**")
        if formats.est_connu(fiche.mesure):
            valeur = fiche.affichage if formats.est_connu(fiche.affichage) else formats.INCONNU
            st.markdown(f"{echapper(fiche.mesure)}  \n**{echapper(valeur)}**")
            st.markdown(echapper(evolution(fiche)))
        st.markdown(echapper(formats.couverture(fiche.nb_repondantes, fiche.nb_attendues)))
