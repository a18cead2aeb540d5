"""The fiches that accepting would take back before the aval of the Caf: their figures, then why."""

import streamlit as st

from ctg import essais, formats, vie
from etl.reception.reprises import Reprise
from pages.commun import figure
from pages.commun.textes import echapper
from pages.donnees.decisions.enregistrement import qui_et_pourquoi
from pages.donnees.depots.tableaux import MONTREES

_NOMMEES = 3


def demander(reprises: tuple[Reprise, ...], geste: str, lot_id: str, cle: str) -> tuple[str, str] | None:
    """Name the fiches and ask why; (function, reason) once `geste` is asked for.

    What is typed stays with the drop; the gesture is about what `cle` names.
    """
    st.warning(echapper(f"{constat(reprises)} Dire pourquoi pour accepter."), icon=":material/warning:")
    with (
        st.form(f"reprendre_{cle}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        fonction, raison = qui_et_pourquoi(
            f"reprendre_{lot_id}", exemple="Rapport définitif, reçu après l’aval de la Caf"
        )
        demande = st.form_submit_button(geste, icon=":material/check:", type="primary")
    if demande and not raison.strip():
        st.error(
            "Rien n’a été accepté : il manque la raison. Le dépôt attend toujours.", icon=":material/error:"
        )
        return None
    return (fonction, raison) if demande else None


def nommer(reprises: tuple[Reprise, ...]) -> str:
    """« EN-1 (2025) et JE-1 (2025) »."""
    return formats.liste([f"{reprise.fiche_id} ({reprise.annee})" for reprise in reprises])


def constat(reprises: tuple[Reprise, ...]) -> str:
    """What would happen to them, in a sentence."""
    if len(reprises) > _NOMMEES:
        quoi = f"{formats.compter(len(reprises), 'fiches')} reviendraient"
    else:
        quoi = f"{nommer(reprises)} {'reviendraient' if len(reprises) > 1 else 'reviendrait'}"
    return f"{quoi} avant l’aval de la Caf, jusqu’à un nouvel aval."


def detailler(reprises: tuple[Reprise, ...]) -> None:
    """Every published figure that accepting would change after its aval, fiche by fiche."""
    for reprise in reprises:
        _detailler(reprise)


def _detailler(reprise: Reprise) -> None:
    nombre = len(reprise.changes)
    titre = f"{reprise.fiche_id} · {reprise.titre}, campagne {reprise.annee}"
    st.markdown(
        f"**{echapper(titre)}** — étape atteinte : {echapper(vie.LIBELLES[reprise.etape])} ; "
        f"{formats.compter(nombre, 'chiffres publiés')} {'changeraient' if nombre > 1 else 'changerait'}"
    )
    montres = reprise.changes[:MONTREES]
    with st.expander(f"Chiffres qui changeraient ({formats.nombre(nombre)})", expanded=len(montres) <= 8):
        figure.tableau(
            [{"Chiffre": essais.chiffre(c), "Aujourd’hui": c.avant, "Après": c.apres} for c in montres],
            f"Chiffres de {reprise.fiche_id} qui changeraient, aujourd’hui et après",
        )
        if nombre > len(montres):
            st.markdown(f"Les {len(montres)} premiers sur {formats.nombre(nombre)}, la ville d’abord.")
