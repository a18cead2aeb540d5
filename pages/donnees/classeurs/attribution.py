"""Step 3: whose figures these are, and of which year."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from ctg.referentiel import Referentiel
from etl.canevas.phrases.messages import citer
from etl.classeurs_libres.description import attribution
from etl.classeurs_libres.description.attribution import CASE, FEUILLE, FICHIER, Dit
from pages.commun.textes import echapper
from pages.donnees.classeurs import rattachement

_COLONNE, _UNE, _FICHE = "colonne", "une", "fiche"
_QUI = {
    _COLONNE: "une colonne, les titres des colonnes, ou un titre au-dessus des lignes",
    FEUILLE: "le nom de chaque feuille",
    CASE: "une case en tête de feuille",
    _UNE: "une seule structure, toujours la même",
    _FICHE: "une fiche projet : c’est la réponse de son référent",
}
_QUAND = {
    _COLONNE: "une colonne, ou les titres des colonnes",
    FEUILLE: "le nom de chaque feuille",
    CASE: "une case en tête de feuille",
    FICHIER: "le nom du fichier",
    _UNE: "une seule année, toujours la même",
}


@dataclass(frozen=True, slots=True)
class Attribution:
    """Facets of a declaration, None when a column says it; `libelles` are the wordings the structure facet
    reads, to be tied to structures; `structures` and `fiche`: the one that was chosen, if any.
    `attend_un_choix`: one structure is to be chosen, and is not yet."""

    structure: dict[str, object] | None
    fiche: str | None
    annee: dict[str, object] | None
    libelles: tuple[str, ...]
    structures: tuple[str, ...]
    attend_un_choix: bool


def demander(
    qui: Sequence[Dit],
    quand: Sequence[Dit],
    par_colonnes: tuple[bool, bool],
    nom: str,
    referentiel: Referentiel,
    annee: int,
    cle: str,
) -> Attribution:
    """Who and when, asked; `qui` and `quand` are what the sheets seem to say, `par_colonnes` whether every
    table says its structure, and its year, in its columns; `nom` is that of the file."""
    st.subheader("3. De qui, et de quand", anchor=False)
    gauche, droite = st.columns(2)
    with gauche:
        dit_par = _radio("La structure est dite par", _QUI, qui, par_colonnes[0], f"qui_{cle}")
        structure, fiche, choisies, libelles = None, None, (), ()
        if dit_par == _UNE:
            choisies = _une_structure(nom, referentiel, cle)
            structure = {"valeur": choisies[0]} if choisies else None
        elif dit_par == _FICHE:
            titres = {f.fiche_id: f"{f.fiche_id} · {f.titre}" for f in referentiel.fiches.values()}
            fiche = st.selectbox("Fiche", list(titres), format_func=titres.get, key=f"fiche_{cle}")
        elif dit_par != _COLONNE:
            dit = next(d for d in qui if d.ou == dit_par)
            structure, libelles = dit.facette, dit.libelles
        attend_un_choix = dit_par == _UNE and not choisies
    with droite:
        dit_par = _radio("L’année est dite par", _QUAND, quand, par_colonnes[1], f"quand_{cle}")
        facette = None
        if dit_par == _UNE:
            facette = {"valeur": int(st.number_input("Année", 2000, 2100, annee, key=f"annee_{cle}"))}
        elif dit_par != _COLONNE:
            facette = next(d.facette for d in quand if d.ou == dit_par)
    return Attribution(structure, fiche, facette, libelles, choisies, attend_un_choix)


def _radio(question: str, choix: dict[str, str], dits: Sequence[Dit], par_colonnes: bool, cle: str) -> str:
    """The ways that the workbook seems to use, the surest first, then those that are always possible."""
    trouves = [dit.ou for dit in dits]
    possibles = [ou for ou in choix if ou in trouves or ou in (_COLONNE, _UNE, _FICHE)]
    devine = _COLONNE if par_colonnes else next(iter(trouves), _UNE)
    # the words of the workbook: a name is not copied, and what would be a picture or a link stays words
    exemples = {dit.ou: echapper(f"{choix[dit.ou]} (« {citer(dit.libelles[0])} »)") for dit in dits}
    return st.radio(
        question,
        possibles,
        possibles.index(devine),
        format_func=lambda ou: exemples.get(ou, choix[ou]),
        key=cle,
    )


def _une_structure(nom: str, referentiel: Referentiel, cle: str) -> tuple[str, ...]:
    noms = {identifiant: etiquette for etiquette, identifiant in rattachement.etiquettes(referentiel).items()}
    proches = attribution.structures_du_fichier(nom, referentiel)
    choisie = st.selectbox(
        "Structure",
        [*proches, *(s for s in noms if s not in proches)],
        index=None,
        format_func=noms.get,
        placeholder="Choisissez la structure",
        key=f"structure_{cle}",
    )
    if choisie is None and proches:
        st.caption(f"Le nom du fichier fait penser à « {noms[proches[0]]} ».")
    return (choisie,) if choisie else ()
