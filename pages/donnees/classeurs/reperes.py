"""Step 2: where the tables are; those found are proposed, others may be pointed at."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from etl.adresse import lettres
from etl.classeurs import Feuille
from etl.classeurs_libres.description import reperage
from etl.classeurs_libres.description.proposition import TableauPropose
from etl.classeurs_libres.description.reperage import FormulaireRepere, TableauRepere
from pages.commun.textes import echapper

LIRE, FEUILLE, LIGNE, HAUTEUR = "Lire", "Feuille", "Ligne d’en-tête", "En-tête sur"
COLONNES, AUSSI = "Colonnes", "Aussi sur"
HAUTEURS = {0: "aucune", 1: "une ligne", 2: "deux lignes"}
_FEUILLES_NOMMEES = 4


def choisir(
    feuilles: list[Feuille],
    proposes: list[TableauPropose],
    formulaires: tuple[FormulaireRepere, ...],
    cle: str,
) -> tuple[list[TableauRepere], dict[int, object]]:
    """The tables to read, found or pointed at, the officer may add one; then which are ticked."""
    st.subheader("2. Où sont les tableaux", anchor=False)
    corriges = st.data_editor(
        en_table(proposes),
        hide_index=True,
        num_rows="dynamic",
        disabled=[COLONNES, AUSSI],
        column_config={
            LIRE: st.column_config.CheckboxColumn(default=True),
            FEUILLE: st.column_config.SelectboxColumn(options=[f.nom for f in feuilles], required=True),
            LIGNE: st.column_config.NumberColumn(min_value=1, step=1, required=True),
            HAUTEUR: st.column_config.SelectboxColumn(options=list(HAUTEURS.values()), default=HAUTEURS[1]),
        },
        key=f"reperes_{cle}",
    )
    for formulaire in formulaires:
        dites = nommer_feuilles(formulaire.feuilles)
        st.markdown(echapper(f"Lu comme un formulaire, un libellé et sa réponse par ligne : {dites}."))
    lues = {nom for p in proposes for nom in p.repere.feuilles} | {n for f in formulaires for n in f.feuilles}
    restantes = [f.nom for f in feuilles if f.nom not in lues]
    if restantes:
        dites = nommer_feuilles(restantes)
        st.markdown(
            echapper(f"Sans tableau reconnu : {dites}. Pour en lire une, ajoutez une ligne ci-dessus.")
        )
    situes = situer(designes(corriges, proposes), feuilles)
    vides = [titre(repere) for repere in situes if not repere.colonnes]
    if vides:
        dit = f"Rien n’est écrit à cet endroit ({' ; '.join(vides)}) : corrigez la ligne d’en-tête."
        st.warning(echapper(dit), icon=":material/edit:")
    return [repere for repere in situes if repere.colonnes], corriges[LIRE].to_dict()


def situer(
    designes: Sequence[TableauRepere | tuple[str, int, int]], feuilles: Sequence[Feuille]
) -> list[TableauRepere]:
    """Each table where it was found, or where a person says; one without columns is pointed at below all that
    is written."""
    return [x if isinstance(x, TableauRepere) else reperage.designer(feuilles, *x) for x in designes]


def en_table(proposes: Sequence[TableauPropose]) -> pd.DataFrame:
    """Where the tables are, one row each; those where nothing seems to be asked are not ticked."""
    return pd.DataFrame(
        {
            LIRE: [p.donne for p in proposes],
            FEUILLE: [p.repere.feuilles[0] for p in proposes],
            LIGNE: [p.repere.rang + 1 for p in proposes],
            HAUTEUR: [HAUTEURS[p.repere.hauteur] for p in proposes],
            COLONNES: [_nommer_colonnes(p.repere) for p in proposes],
            AUSSI: [nommer_feuilles(p.repere.feuilles[1:]) for p in proposes],
        }
    ).astype(  # even when there is none
        {LIRE: bool, FEUILLE: str, LIGNE: int, HAUTEUR: str, COLONNES: str, AUSSI: str}
    )


def designes(
    corriges: pd.DataFrame, proposes: Sequence[TableauPropose]
) -> list[TableauRepere | tuple[str, int, int]]:
    """The tables to read once corrected: as found, else sheet, row of the header from 0, its height; a row
    half filled is not one yet."""
    hauteurs = {mots: hauteur for hauteur, mots in HAUTEURS.items()}
    trouves = dict(enumerate(p.repere for p in proposes))
    resultat = []
    for rang, ligne in corriges.dropna(subset=[FEUILLE, LIGNE]).iterrows():
        if pd.isna(ligne[LIRE]) or ligne[LIRE]:
            designe = (ligne[FEUILLE], int(ligne[LIGNE]) - 1, hauteurs.get(ligne[HAUTEUR], 1))
            trouve = trouves.get(rang)
            intact = trouve and (trouve.feuilles[0], trouve.rang, trouve.hauteur) == designe
            resultat.append(trouve if intact else designe)
    return resultat


def nommer_feuilles(noms: Sequence[str]) -> str:
    """« A », « B » and how many more."""
    dits = ", ".join(f"« {nom} »" for nom in noms[:_FEUILLES_NOMMEES])
    reste = len(noms) - _FEUILLES_NOMMEES
    return f"{dits} et {reste} de plus" if reste > 0 else dits


def titre(repere: TableauRepere) -> str:
    """How the page names a table: its sheets, its row, its columns when another table stands beside it."""
    mot = "Feuilles" if len(repere.feuilles) > 1 else "Feuille"
    dit = f"{mot} {nommer_feuilles(repere.feuilles)}, ligne {repere.rang + 1}"
    return f"{dit}, colonnes {_nommer_colonnes(repere)}" if repere.voisines else dit


def _nommer_colonnes(repere: TableauRepere) -> str:
    return f"{lettres(repere.colonnes[0])} à {lettres(repere.colonnes[-1])}"
