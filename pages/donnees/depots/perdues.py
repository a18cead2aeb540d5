"""The figures corrected by hand that a dropped file would make void, named before it is accepted."""

import streamlit as st

from ctg import formats
from ctg.codes import CODES
from etl.reception.corrections_perdues import Perdue
from pages.commun import figure


def afficher(perdues: tuple[Perdue, ...], fichier: str) -> None:
    """Each of them with its two values, its date and its function; nothing when there is none."""
    if not perdues:
        return
    with st.expander(f"Corrections à la main qui ne vaudraient plus : {len(perdues)}", expanded=True):
        figure.tableau(
            [
                {
                    "Chiffre": f"{perdue.repondant}, {perdue.annee} : {perdue.objet}, "
                    f"{CODES.get(perdue.code, perdue.code)}",
                    "Avant": perdue.ancienne,
                    "Corrigé en": perdue.nouvelle,
                    "Le": formats.date_courte(perdue.le),
                    "Par": perdue.fonction,
                }
                for perdue in perdues
            ],
            f"Corrections que {fichier} rendrait sans effet",
        )
        st.markdown(
            "Ce fichier ne dit plus ce qui avait été corrigé : une fois chargé, c’est lui qui compte. "
            "S’il se trompe, corriger de nouveau dans « Décider »."
        )
