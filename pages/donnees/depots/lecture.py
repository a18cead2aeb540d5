"""What a drop would change, read once as long as nothing moves."""

import datetime as dt

import streamlit as st

from ctg.entrepot import chemin_par_defaut
from ctg.referentiel import dossier_par_defaut
from etl import inventaire
from etl.reception.examen import Examen
from etl.reception.examen import examiner as lire
from etl.reception.lots import Lot
from pages.donnees import reconstruction

_EXAMENS_GARDES = 8


@st.cache_resource(show_spinner=False)
def _deja_examines() -> dict[tuple, dict[str, Examen]]:
    """What was examined, by drop, dates and state of the folders: a click must not read everything again."""
    return {}


def examiner(lot: Lot, dates: dict[str, dt.datetime]) -> dict[str, Examen]:
    """What each file of the drop would change. Raises ReferentielInvalide, ReceptionsIllisibles, OSError."""
    memoire = _deja_examines()
    cle = (lot.lot_id, tuple(dates.items()), reconstruction.etat_des_dossiers())
    if cle not in memoire:
        barre = st.progress(0.0, text="Lecture de ce qui serait chargé")

        def avancer(etape: str, fait: int = 0, total: int = 0) -> None:
            barre.progress(fait / total if total else 1.0, text="Lecture de ce qui serait chargé")

        lus = lire(lot, dates, dossier_par_defaut(), inventaire.dossiers_lus(), chemin_par_defaut(), avancer)
        barre.empty()
        while len(memoire) >= _EXAMENS_GARDES:
            memoire.pop(next(iter(memoire)))
        memoire[cle] = lus
    return memoire[cle]
