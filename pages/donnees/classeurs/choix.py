"""Step 4: whose figures these are, of which year, from what source."""

from pathlib import Path

import streamlit as st

from ctg.referentiel import Referentiel
from etl.classeurs import Feuille
from etl.classeurs_libres import redaction

_UNE, _FEUILLE = "Tout le classeur parle d’une seule structure", "Une feuille par structure"
_ANNEE_FIXE, _ANNEE_FEUILLE, _ANNEE_FICHIER = (
    "Une seule année",
    "Dans le nom de la feuille",
    "Dans le nom du fichier",
)
_MOTIF_ANNEE = "20[0-9]{2}"
_NATURES = {
    "rapport": "Le rapport d’une structure ou d’un gestionnaire",
    "extrait": "L’extrait d’un logiciel ou d’une administration (Caf, ISAJE…)",
}


def demander(
    nom: str,
    feuille: Feuille,
    colonnes: tuple[redaction.ColonneChoisie, ...],
    hauteur: int,
    referentiel: Referentiel,
    annee: int,
    cle: str,
) -> redaction.Choix:
    """What cannot be read in the columns, asked; `nom` is that of the file."""
    st.subheader("4. De qui, de quand, et d’où", anchor=False)
    roles = {colonne.donne for colonne in colonnes}
    gauche, droite = st.columns(2)
    with gauche:
        structure = None if "structure" in roles else _structure(referentiel, cle)
        nature = st.radio("Ce classeur est", list(_NATURES), format_func=_NATURES.get, key=f"nature_{cle}")
    with droite:
        quand = None if "annee" in roles else _annee(annee, cle)
        source = None
        if nature == "extrait":
            source = st.text_input("Source, en un mot sans accent", "isaje", key=f"source_{cle}")
        additionner = st.checkbox("Additionner les lignes d’une même structure", key=f"somme_{cle}")
        fin = st.checkbox("S’arrêter à la première ligne vide", value=True, key=f"fin_{cle}")
    titre = st.text_input("Titre du modèle", Path(nom).stem.replace("_", " "), key=f"titre_{cle}")
    return redaction.Choix(
        titre=titre,
        nature=nature,
        feuilles=() if structure and "nom_de_feuille" in structure else (feuille.nom,),
        lignes_entete=hauteur,
        colonnes=colonnes,
        structure=structure,
        annee=quand,
        source=source,
        additionner=additionner,
        jusqu_a_une_ligne_vide=fin,
    )


def _structure(referentiel: Referentiel, cle: str) -> dict[str, object]:
    comment = st.radio("Les structures", [_UNE, _FEUILLE], key=f"qui_{cle}")
    if comment == _FEUILLE:
        return {"nom_de_feuille": True}
    noms = {s.structure_id: s.nom for s in referentiel.structures.values()}
    choisie = st.selectbox("Structure", list(noms), format_func=noms.get, key=f"structure_{cle}")
    return {"valeur": choisie}


def _annee(annee: int, cle: str) -> dict[str, object]:
    comment = st.radio("L’année", [_ANNEE_FIXE, _ANNEE_FEUILLE, _ANNEE_FICHIER], key=f"quand_{cle}")
    if comment == _ANNEE_FIXE:
        return {"valeur": int(st.number_input("Année", 2000, 2100, annee, key=f"annee_{cle}"))}
    ou = "nom_de_feuille" if comment == _ANNEE_FEUILLE else "nom_de_fichier"
    return {ou: True, "motif": _MOTIF_ANNEE}
