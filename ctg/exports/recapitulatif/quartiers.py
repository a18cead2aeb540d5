"""The year by quartier: in each of the nine, in none of them, outside Dijon, and in the whole city."""

from __future__ import annotations

import pandas as pd

from ctg import formats
from ctg.exports.classeur import Colonne, Feuille, Tableau
from ctg.exports.recapitulatif import valeurs
from ctg.exports.recapitulatif.contexte import Contexte
from ctg.exports.recapitulatif.lectures import Lectures, index

TOTAL = "total"


def feuille(
    contexte: Contexte, lectures: Lectures, mesures: pd.DataFrame, territoires: pd.DataFrame
) -> Feuille:
    """One row per indicator that is answered by quartier, once even when it serves two fiches."""
    lues = index(mesures, "indicateur_id", "place")
    par_quartier = mesures[(mesures["place"] != TOTAL) & (mesures["etat"] != "sans_objet")]
    declines = set(par_quartier["indicateur_id"])
    fiches = lectures.fiches_servies
    uniques = lectures.connus.drop_duplicates("indicateur_id")
    places = dict(zip(territoires["quartier_id"], territoires["nom"], strict=True)) | {TOTAL: "ville"}
    lignes = [
        [
            fiches[indicateur.indicateur_id],
            indicateur.indicateur_id,
            _libelle(lues, indicateur, places),
            valeurs.ou(indicateur.unite, "texte"),
            *(_valeur(lues, indicateur, place) for place in places),
        ]
        for indicateur in uniques.itertuples(index=False)
        if indicateur.indicateur_id in declines
    ]
    colonnes = (
        Colonne("Fiche", 9),
        Colonne("Code", 12),
        Colonne("Indicateur", 34),
        Colonne("Unité", 12),
        *(Colonne(territoire, 12) for territoire in territoires["nom"]),
        Colonne("Ville (total)", 12),
    )
    ailleurs = len(uniques) - len(lignes)
    return Feuille(
        "Par quartier",
        f"Que disent les quartiers en {contexte.selection.annee} ?",
        f"Un tableau : {formats.compter(len(lignes), 'indicateurs')}, un par ligne, un quartier par colonne. "
        f"Ceux qui ne se répondent que pour la ville ({ailleurs}) sont dans les feuilles des axes.",
        contexte.ligne,
        Tableau("Quartiers", colonnes, lignes),
    )


def _libelle(lues: dict, indicateur, places: dict[str, str]) -> str:
    """The measure, then which of its numbers are no longer what the Caf saw."""
    lignes = {nom: lues.get((indicateur.indicateur_id, place)) for place, nom in places.items()}
    return " ; ".join(filter(None, (indicateur.libelle, valeurs.changees(lignes))))


def _valeur(lues: dict, indicateur, territoire: str):
    """A territory where nobody is expected has no row: « sans objet », not « non disponible »."""
    lue = lues.get((indicateur.indicateur_id, territoire))
    return valeurs.mot_etat("sans_objet") if lue is None else valeurs.mesure(lue, indicateur.unite)
