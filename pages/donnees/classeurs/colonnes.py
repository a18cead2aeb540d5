"""Step 3: what each column gives, and the names to tie to a structure; what is guessed can be corrected."""

import streamlit as st

from ctg.referentiel import Referentiel
from etl.classeurs_libres import ebauche, redaction
from pages.donnees.classeurs import tableaux


def choisir(
    proposees: list[ebauche.ColonneProposee],
    mesures: tuple[ebauche.MesureConnue, ...],
    referentiel: Referentiel,
    cle: str,
) -> tuple[redaction.ColonneChoisie, ...]:
    """The columns as the officer left them."""
    st.subheader("3. Ce que donne chaque colonne", anchor=False)
    st.markdown("Proposé d’après les mots de l’en-tête : corrigez « Ce qu’elle donne » et « Mesure ».")
    options = tableaux.options_de_mesure(mesures)
    corrigees = st.data_editor(
        tableaux.a_corriger(proposees, options),
        hide_index=True,
        disabled=[tableaux.COLONNE, tableaux.EXEMPLE, tableaux.PROCHE],
        column_config={
            tableaux.DONNE: st.column_config.SelectboxColumn(
                options=list(tableaux.ROLES.values()), required=True
            ),
            tableaux.MESURE: st.column_config.SelectboxColumn(
                options=[tableaux.AUCUNE, *options], width="medium"
            ),
        },
        key=f"colonnes_{cle}",
    )
    noms, a_passer = {}, ()
    nommante = next(
        (
            p
            for p, role in zip(proposees, corrigees[tableaux.DONNE], strict=True)
            if role == tableaux.ROLES["structure"]
        ),
        None,
    )
    if nommante is not None:
        noms, a_passer = _noms(nommante, referentiel, cle)
    return tableaux.choisies(corrigees, proposees, options, noms, a_passer)


def _noms(
    colonne: ebauche.ColonneProposee, referentiel: Referentiel, cle: str
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Wording → structure, for those not written as in the convention; then those whose rows are no data."""
    propositions = ebauche.proposer_structures(colonne.libelles, referentiel)
    if not propositions:
        return {}, ()
    st.markdown("**Noms à rattacher.** Ce qui est proche est proposé, jamais pris sans vous.")
    retenir = st.checkbox("Retenir les structures proches", key=f"retenir_{cle}")
    lignes = st.data_editor(
        tableaux.noms_a_confirmer(propositions, retenir),
        hide_index=True,
        disabled=[tableaux.LIBELLE, tableaux.PROPOSITION],
        column_config={
            tableaux.RETENUE: st.column_config.SelectboxColumn(
                options=[tableaux.AUCUNE, tableaux.PASSER, *referentiel.structures]
            )
        },
        key=f"noms_{cle}_{retenir}",
    )
    retenues = dict(zip(lignes[tableaux.LIBELLE], lignes[tableaux.RETENUE], strict=True))
    noms = {libelle: retenue for libelle, retenue in retenues.items() if retenue in referentiel.structures}
    return noms, tuple(libelle for libelle, retenue in retenues.items() if retenue == tableaux.PASSER)
