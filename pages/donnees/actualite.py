"""Does the warehouse hold everything that stands in the folders? Asked at every drawing, so remembered."""

from pathlib import Path

import streamlit as st

from ctg.entrepot import chemin_par_defaut
from ctg.referentiel import dossier_par_defaut
from etl import inventaire
from etl.construction import fraicheur


def est_a_jour() -> bool:
    """Whether the warehouse holds everything that stands in the folders; looked at again when one changes."""
    return _comparer(etat_des_dossiers())


def etat_des_dossiers() -> tuple[tuple[str, int, int], ...]:
    """What changes as soon as a file received, a decision, the convention or the warehouse does."""
    dossiers = (*inventaire.dossiers_lus(), inventaire.dossier_saisies(), dossier_par_defaut())
    vus = [chemin_par_defaut(), *(chemin for dossier in dossiers for chemin in sorted(dossier.rglob("*")))]
    return tuple(map(_empreinte_rapide, vus))


def _empreinte_rapide(chemin: Path) -> tuple[str, int, int]:
    """What changes when somebody touches the file; nothing but its name when it has just gone."""
    try:
        etat = chemin.lstat()
    except FileNotFoundError:
        return str(chemin), 0, 0
    return str(chemin), etat.st_size, etat.st_mtime_ns


@st.cache_data(max_entries=4, show_spinner=False)
def _comparer(etat_des_dossiers: tuple[tuple[str, int, int], ...]) -> bool:
    return fraicheur.est_a_jour(chemin_par_defaut(), dossier_par_defaut(), inventaire.dossiers_lus())
