"""Rebuilding from a page: the bar of a build that runs on its own, what it gave, what waits to be loaded.

What follows a gesture is said at the foot of the screen, which stays in sight: the gesture may be far down.
"""

import streamlit as st

from ctg import formats
from ctg.entrepot import chemin_par_defaut
from etl.construction import chantier
from pages.commun import donnees
from pages.commun.textes import echapper
from pages.donnees import actualite, refus

_SUIVI = "reconstruction_suivie"
_DIT = "reconstruction_dit"
_ENCORE = "reconstruction_encore"
_EMPECHEE = "reconstruction_empechee"
_RYTHME = 0.5  # seconds between two looks at a build
_ATTENTE = 2  # seconds between two looks at what waits


def reconstruire(dit: str | None = None) -> None:
    """Start a rebuild, unless one runs, and draw the page again: `annoncer` then follows it.

    `dit` opens the sentence said once it ends: « 3 rapports chargés ». Call it once what had to be saved is
    saved: it does not return.
    """
    try:
        lancee = chantier.lancer(chemin_par_defaut())
    except OSError as erreur:
        # what is on screen was true before the gesture: the page that says why is drawn anew
        st.session_state[_EMPECHEE] = erreur
        st.rerun()
    # the one that runs may have read the folders before what was just saved: another one follows it
    st.session_state[_ENCORE] = not lancee
    st.session_state[_SUIVI] = True
    st.session_state[_DIT] = dit
    st.rerun()


def en_cours() -> bool:
    """Whether a rebuild runs at this moment, whoever started it."""
    etat = chantier.etat(chemin_par_defaut())
    return etat is not None and etat.en_cours


def annoncer() -> None:
    """The bar of the build that runs, else its outcome, at the foot of the screen; then what waits."""
    etat = chantier.etat(chemin_par_defaut())
    if etat is not None and etat.en_cours:
        st.session_state[_SUIVI] = True  # another tab may have started it, or this one before a reload
        with st.bottom:
            _barre()
        return
    if st.session_state.get(_SUIVI) and donnees.depasses():
        st.rerun()  # it ended while this page was being drawn: what follows would show the former figures
    suivie = st.session_state.pop(_SUIVI, False)
    dit = st.session_state.pop(_DIT, None)
    if st.session_state.pop(_ENCORE, False) and not actualite.est_a_jour():
        reconstruire(dit)
    if etat is not None and suivie and etat.issue == chantier.CONSTRUIT:
        _dire_construit(etat, dit)
    empechee = st.session_state.pop(_EMPECHEE, None)
    if actualite.est_a_jour():
        return
    if empechee is not None:
        with st.bottom:
            refus.dire("Ce qui vient d’être fait est gardé, mais n’est pas encore chargé.", empechee)
    elif etat is not None:
        with st.bottom if suivie else st.container():
            _dire_inachevee(etat)
    _a_charger()


@st.fragment(run_every=_RYTHME)
def _barre() -> None:
    """The real stages of the running build; once it ends, the whole page is drawn on its outcome."""
    etat = chantier.etat(chemin_par_defaut())
    if etat is None or not etat.en_cours:
        st.rerun()
    st.progress(etat.part, text=echapper(f"Reconstruction en cours. {etat.phrase}"))


@st.fragment(run_every=_ATTENTE)
def _a_charger() -> None:
    """What waits, with the gesture that loads it; it goes once somebody else made that gesture."""
    if en_cours() or actualite.est_a_jour():
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", key="a_charger"):
        st.markdown("Des fichiers ou des décisions attendent d’être chargés.", width="content")
        if st.button("Charger maintenant", icon=":material/refresh:", type="primary"):
            reconstruire()


def _dire_inachevee(etat: chantier.Etat) -> None:
    """Why the last build gave nothing; nothing of one that ended well."""
    if etat.issue == chantier.ECHEC:
        st.error(
            echapper(
                f"La dernière reconstruction n’a pas abouti : les chiffres n’ont pas changé.\n{etat.message}"
            ),
            icon=":material/error:",
        )
    elif etat.interrompu:
        st.warning(
            "La dernière reconstruction a été interrompue : les chiffres n’ont pas changé.",
            icon=":material/warning:",
        )


def _dire_construit(etat: chantier.Etat, dit: str | None) -> None:
    tout = f"{formats.compter(etat.formulaires, 'rapports retenus')}, toutes campagnes ensemble"
    if etat.rejets:
        tout += f", {formats.compter(etat.rejets, 'lignes')} à corriger : voir « À\u00a0corriger »"
    debut = f"{dit}. Toutes les pages sont à jour" if dit else "Toutes les pages sont à jour"
    with st.bottom:
        st.success(echapper(f"{debut}. {tout}."), icon=":material/check:")
