"""What may be done of a file received: say again when it came, or withdraw it; seen before it is done."""

import datetime as dt
from pathlib import PurePosixPath

import streamlit as st

from ctg.entrepot import chemin_par_defaut
from ctg.referentiel import dossier_par_defaut
from etl.inventaire import dossiers_lus
from etl.reception import essai
from etl.reception.arrivees import Dite
from etl.reception.essai import Effet
from etl.saisies import SaisieRefusee, signer
from pages.commun import donnees
from pages.donnees.decisions import enregistrement
from pages.donnees.depots import effet_du_geste
from pages.donnees.depots.effet_du_geste import DATER, RETIRER
from pages.donnees.depots.ordre import quand

_VU = "recu_apercu"


def proposer(recu, dites: list[Dite]) -> None:
    """Ask for the gesture, who decides and why; show what it would change, then the button that does it.

    `recu`: a row of `collecte_recus.sql`; `dites`: all that was said of its date.
    """
    cle = recu.fichier
    geste = RETIRER
    if len(recu.noms):  # what was downloaded, or not recognised, has no deadline and replaces nothing
        geste = st.segmented_control(
            "Que faire ?", (DATER, RETIRER), default=DATER, required=True, key=f"geste_{cle}"
        )
    actuelle = dites[-1].recu_le if dites else None
    with st.form(f"recu_{geste}_{cle}", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            jour, heure = _demander_la_date(actuelle, cle) if geste == DATER else (None, None)
            fonction, raison = enregistrement.qui_et_pourquoi(
                f"recu_{geste}_{cle}_{actuelle}",  # the reason of one date is not that of the next
                exemple="Le courriel est du 10 juillet" if geste == DATER else "Envoyé par erreur",
            )
        with st.container(horizontal=True):
            voir = st.form_submit_button(
                "Voir ce qui changerait", icon=":material/visibility:", type="primary"
            )
            avant = _avant(dites)
            reprendre = (
                geste == DATER
                and bool(dites and dites[-1].le)
                and st.form_submit_button(f"Reprendre : reçu {quand(avant)}", icon=":material/undo:")
            )
    if voir or reprendre:
        st.session_state.pop(_VU, None)
        dite = avant if reprendre else dt.datetime.combine(jour, heure or dt.time()) if jour else actuelle
        enregistrement.essayer(lambda: _essayer(recu, geste, dite, actuelle, fonction, raison))
    if (vu := st.session_state.get(_VU)) and vu[:3] == (cle, geste, donnees.entrepot().empreinte):
        _confirmer(recu, geste, *vu[3:])


def _demander_la_date(actuelle: dt.datetime | None, cle: str) -> tuple[dt.date | None, dt.time | None]:
    jour = st.date_input(
        "Reçu le",
        actuelle and actuelle.date(),
        max_value=dt.date.today(),
        format="DD/MM/YYYY",
        key=f"jour_recu_{cle}_{actuelle}",
    )
    return jour, st.time_input("Heure, si elle compte", None, step=60, key=f"heure_recu_{cle}_{actuelle}")


def _avant(dites: list[Dite]) -> dt.datetime | None:
    """The date said before the last one; None when nobody had said any."""
    return next((d.recu_le for d in reversed(dites[:-1]) if d.recu_le != dites[-1].recu_le), None)


def _essayer(
    recu, geste: str, recu_le: dt.datetime | None, actuelle: dt.datetime | None, fonction: str, raison: str
) -> None:
    """Compute what a gesture would change. Raises SaisieRefusee: it cannot be taken, or changes nothing."""
    signature = signer(fonction, raison, enregistrement.convention())
    if geste == DATER and recu_le == actuelle:
        raise SaisieRefusee("écrire le jour où il a été reçu, différent de celui qui compte aujourd’hui")
    lieux = (dossiers_lus(), dossier_par_defaut(), chemin_par_defaut())
    with st.spinner("Les chiffres et les contrôles sont refaits à l’essai…"):
        effet = (
            essai.redater(recu.fichier, recu_le, *lieux)
            if geste == DATER
            else essai.retirer(recu.fichier, *lieux)
        )
    date = recu_le if geste == DATER else actuelle
    st.session_state[_VU] = (recu.fichier, geste, donnees.entrepot().empreinte, date, signature, effet)


def _confirmer(recu, geste: str, date: dt.datetime | None, signature: dict[str, str], effet: Effet) -> None:
    fait = f"« {PurePosixPath(recu.fichier).name} » : {f'reçu {quand(date)}' if geste == DATER else 'retiré'}"
    if effet_du_geste.montrer(geste, fait, effet):
        st.session_state.pop(_VU)
        enregistrement.enregistrer(lambda: effet_du_geste.faire(recu, geste, date, signature, effet), fait)
