"""What a drop would change, read once as long as nothing moves."""

import datetime as dt
from dataclasses import replace

import streamlit as st

from ctg.entrepot import chemin_par_defaut
from ctg.referentiel import dossier_par_defaut
from etl import inventaire
from etl.reception.constat import ANCIEN, DEJA, IDENTIQUE, REFUSE
from etl.reception.examen import Apercu
from etl.reception.examen import examiner as lire
from etl.reception.lots import Lot, Piece
from pages.donnees import actualite

_EXAMENS_GARDES = 8
# left out of what is accepted, such a file changes nothing of it
_SANS_EFFET = (REFUSE, ANCIEN, IDENTIQUE, DEJA)


@st.cache_resource(show_spinner=False)
def _deja_examines() -> dict[tuple, Apercu]:
    """What was examined, by drop, dates and state of the folders: a click must not read everything again."""
    return {}


def examiner(lot: Lot, dates: dict[str, dt.datetime]) -> Apercu:
    """What the files of the drop would change. Raises ReferentielInvalide, ReceptionsIllisibles, OSError."""
    memoire = _deja_examines()
    cle = (lot.lot_id, tuple(dates.items()), actualite.etat_des_dossiers())
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


def examiner_le_choix(
    lot: Lot, choisis: list[Piece], apercu: Apercu, dates: dict[str, dt.datetime]
) -> Apercu:
    """What the chosen files alone would change; raises as `examiner`.

    It differs from the whole drop only when a file left out would count, or keeps another from counting.
    """
    laisses = [piece for piece in lot.pieces if piece not in choisis]
    if not choisis or all(apercu.fichiers[piece.nom].etat in _SANS_EFFET for piece in laisses):
        return apercu
    seuls = {piece.nom: dates[piece.nom] for piece in choisis}
    return examiner(replace(lot, pieces=tuple(choisis)), seuls)
