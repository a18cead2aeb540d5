"""Setting files aside with a reason, what was set aside, and the gesture that takes it back."""

import streamlit as st

from ctg import formats
from etl.canevas.reponse.textes_libres import motifs_d_une_raison
from etl.reception import ecartes, lots
from etl.reception.ecartes import Ecarte
from etl.reception.lots import Lot, Piece
from pages.commun.textes import echapper
from pages.donnees import refus

_DIT = "depot_dit"
_MONTRES = 20


def afficher() -> None:
    """List what was set aside, the last first; nothing when there is nothing."""
    trouves = ecartes.ecartes()
    if not trouves:
        return
    nombre = sum(len(ecarte.noms) for ecarte in trouves)
    with st.expander(f"Écartés : {formats.compter(nombre, 'fichiers')}"):
        st.markdown(
            "Un fichier écarté, puis décrit dans « Décrire un classeur » ou enfin utile, se reprend ici, "
            "comme un fichier retiré : il attend de nouveau une décision, sans être déposé une seconde fois."
        )
        for ecarte in trouves[:_MONTRES]:
            _un(ecarte)
        if len(trouves) > _MONTRES:
            st.markdown(f"Les {_MONTRES} derniers gestes sur {formats.nombre(len(trouves))}.")


def _un(ecarte: Ecarte) -> None:
    cites = formats.citer([f"« {nom} »" for nom in ecarte.noms])
    # it may have been written before reasons were read over
    raison = "raison non recopiée" if motifs_d_une_raison(ecarte.raison) else ecarte.raison
    ecartes_le = f"{formats.accorder('écartés', len(ecarte.noms))} le {formats.date_courte(ecarte.le)}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(echapper(f"{cites} · {ecartes_le} : {raison}"), width="stretch")
        if st.button("Reprendre", key=f"reprendre_{ecarte.dossier.name}", icon=":material/undo:"):
            try:
                ecartes.reprendre(ecarte)
            except OSError as erreur:
                refus.dire("Rien n’a été repris.", erreur)
            else:
                st.rerun()


def demander(lot: Lot, autres: list[Piece], tous: bool, cle: str) -> None:
    """Ask why these files are set aside; `tous`: none is to be accepted. The gesture is about what `cle`
    names."""
    with (
        st.form(f"ecarter_{lot.lot_id}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        question = "Pourquoi écarter ces fichiers ?" if tous else "Pourquoi écarter les autres ?"
        raison = st.text_input(question, key=f"raison_{lot.lot_id}")
        geste = f"Écarter {formats.compter(len(autres), 'fichiers')}"
        demande = st.form_submit_button(geste, key=f"ecarter_{cle}")
    if demande:
        _ecarter(lot, autres, raison)


def _ecarter(lot: Lot, pieces: list[Piece], raison: str) -> None:
    """Set files aside with a reason that names nobody, and draw the page again."""
    manque = "il manque la raison." if not raison.strip() else None
    if motifs := motifs_d_une_raison(raison):
        manque = f"la raison contient {' et '.join(motifs)} ; dire la fonction, jamais la personne."
    if manque:
        st.error(echapper(f"Rien n’a été écarté : {manque}"), icon=":material/error:")
        return
    try:
        lots.ecarter(lot, pieces, raison.strip())
    except OSError as erreur:
        refus.dire("Rien n’a été écarté.", erreur)
        return
    st.session_state[_DIT] = f"{formats.compter(len(pieces), 'fichiers écartés')}, gardés avec votre raison."
    st.rerun()


def dire_ce_qui_vient_d_etre_fait() -> None:
    """Say once what the last decision did, where it is seen whatever the place of the gesture."""
    if dit := st.session_state.pop(_DIT, None):
        st.bottom.success(echapper(dit), icon=":material/check:")
