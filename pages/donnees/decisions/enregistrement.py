"""What every decision shares: who decides and why, the refusal in words, the rebuild."""

from collections.abc import Callable

import streamlit as st

from ctg.referentiel import Referentiel, ReferentielInvalide, charger, dossier_par_defaut
from etl.inventaire import ReceptionsIllisibles
from etl.saisies import SaisieRefusee
from pages.commun import donnees
from pages.commun.textes import echapper
from pages.donnees import reconstruction, refus


def marque_fictive() -> str:
    """What the column `fictif` of a register holds for the campaign on screen."""
    return "oui" if donnees.lignes("decision_fictive")[0].fictive else "non"


def convention() -> Referentiel:
    """The convention in force: the closed list of functions, the rows of the forms."""
    return charger(dossier_par_defaut())


def convention_lisible() -> bool:
    """Whether something may be decided: the convention may be read. The page says what is wrong in it."""
    try:
        convention()
    except (ReferentielInvalide, OSError) as erreur:
        refus.dire("Rien ne peut être décidé avant que la convention soit corrigée.", erreur)
        return False
    return True


def qui_et_pourquoi(
    cle: str, etape: str | None = None, axe: str | None = None, exemple: str = ""
) -> tuple[str, str]:
    """Ask for the function, among those that may declare `etape` for a fiche of `axe`, and for the reason."""
    fonctions = {
        f.fonction_id: f.libelle
        for f in convention().fonctions.values()
        if etape is None or (etape in f.etapes and f.axe_id in (None, axe))
    }
    fonction = st.selectbox(
        "Fonction de qui décide (sa parole est enregistrée)",
        list(fonctions),
        format_func=fonctions.get,
        key=f"fonction_{cle}",
    )
    raison = st.text_input("Raison, sans nom de personne", placeholder=exemple, key=f"raison_{cle}")
    return fonction, raison


def enregistrer(ecrire: Callable[[], object], dit: str) -> None:
    """Append what was decided, then rebuild; a refusal is said, and nothing is written."""
    if essayer(ecrire):
        reconstruction.reconstruire(dit)


def essayer(ecrire: Callable[[], object]) -> bool:
    """Run what may be refused; say why it was, at the foot of the screen, and return whether it was done."""
    try:
        ecrire()
    except SaisieRefusee as refusee:
        with st.bottom:
            st.error(echapper(f"Rien n’a été enregistré : {refusee}."), icon=":material/error:")
        return False
    except (ReferentielInvalide, ReceptionsIllisibles, OSError) as erreur:
        with st.bottom:
            refus.dire("Rien n’a été enregistré.", erreur)
        return False
    return True
