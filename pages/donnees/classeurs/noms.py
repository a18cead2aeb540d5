"""The wordings to tie to a structure or to a measure: each once, whatever table, form or sheet bears it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from ctg.referentiel import Referentiel
from etl.classeurs_libres.description.rattachement import structure_nommee
from etl.classeurs_libres.mesures import MesureConnue
from pages.donnees.classeurs import rattachement


@dataclass(frozen=True, slots=True)
class Noms:
    """`structures`: wording → id, where it is not the very name; `a_passer`: those of rows that are no data;
    `en_suspens`: those nobody decided about; `mesures`: wording → measure, the others are not read."""

    structures: dict[str, str]
    a_passer: frozenset[str]
    en_suspens: tuple[str, ...]
    mesures: dict[str, MesureConnue]


def rattacher(
    structures: Sequence[str],
    mesures: Sequence[str],
    connues: Sequence[MesureConnue],
    referentiel: Referentiel,
    cle: str,
) -> Noms:
    """Ask whom the wordings `structures` mean, and what the wordings `mesures` count."""
    ids, a_passer, en_suspens = _structures(structures, referentiel, cle)
    return Noms(ids, a_passer, en_suspens, _mesures(mesures, connues, cle) if mesures else {})


def _structures(
    libelles: Sequence[str], referentiel: Referentiel, cle: str
) -> tuple[dict[str, str], frozenset[str], tuple[str, ...]]:
    etiquettes = rattachement.etiquettes(referentiel)
    if all(structure_nommee(libelle, referentiel)[0] for libelle in libelles):
        return {}, frozenset(), ()
    st.markdown("**Noms à rattacher.** Ce qui est proche est proposé, jamais pris sans vous.")
    retenir = st.checkbox("Retenir les structures proches", key=f"retenir_{cle}")
    corriges = st.data_editor(
        rattachement.structures_a_confirmer(libelles, etiquettes, referentiel, retenir),
        hide_index=True,
        disabled=[rattachement.ECRIT, rattachement.STRUCTURE_PROCHE],
        column_config={
            rattachement.STRUCTURE: st.column_config.SelectboxColumn(
                options=[rattachement.AUCUNE, rattachement.PASSER, *etiquettes]
            )
        },
        key=f"structures_{cle}_{retenir}_{_empreinte(libelles)}",
    )
    retenues = dict(zip(corriges[rattachement.ECRIT], corriges[rattachement.STRUCTURE], strict=True))
    ids = {libelle: etiquettes[r] for libelle, r in retenues.items() if r in etiquettes}
    a_passer = frozenset(libelle for libelle, r in retenues.items() if r == rattachement.PASSER)
    return ids, a_passer, tuple(libelle for libelle in retenues if libelle not in {*ids, *a_passer})


def _mesures(libelles: Sequence[str], connues: Sequence[MesureConnue], cle: str) -> dict[str, MesureConnue]:
    par_libelle = {m.libelle: m for m in connues}
    st.markdown("**Lignes à rattacher.** Ce que compte chacune ; celle qui reste à « — » n’est pas lue.")
    corriges = st.data_editor(
        rattachement.mesures_a_confirmer(libelles, connues),
        hide_index=True,
        disabled=[rattachement.ECRIT, rattachement.PROCHE],
        column_config={
            rattachement.MESURE: st.column_config.SelectboxColumn(
                options=[rattachement.AUCUNE, *par_libelle], width="medium"
            )
        },
        key=f"mesures_{cle}_{_empreinte(libelles)}",
    )
    retenues = zip(corriges[rattachement.ECRIT], corriges[rattachement.MESURE], strict=True)
    return {libelle: par_libelle[r] for libelle, r in retenues if r in par_libelle}


def _empreinte(libelles: Sequence[str]) -> str:
    """The rows of a table that was corrected: others are another table."""
    return hashlib.sha256("\n".join(libelles).encode()).hexdigest()[:8]
