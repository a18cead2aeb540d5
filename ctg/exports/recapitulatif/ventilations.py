"""The breakdowns the measures ask for: ages, publics, quotients familiaux, levels of a scale."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ctg import formats
from ctg.exports.cellules import Contenu
from ctg.exports.classeur import Colonne, Feuille, Tableau
from ctg.exports.recapitulatif import valeurs
from ctg.exports.recapitulatif.contexte import Contexte
from ctg.exports.recapitulatif.lectures import Lectures, index

CLE = ("indicateur_id", "ventilation", "modalite")


def feuille(contexte: Contexte, lectures: Lectures, ventilations: pd.DataFrame) -> Feuille:
    """One row per measure and modality; `ventilations` comes in the order of the convention."""
    connus = index(lectures.connus, "indicateur_id")
    retenues = ventilations[ventilations["indicateur_id"].isin(connus)]
    mesures = index(retenues, *CLE, "annee")
    fiches = lectures.fiches_servies
    lignes = [
        [
            fiches[derniere.indicateur_id],
            derniere.indicateur_id,
            connus[derniere.indicateur_id].libelle,
            derniere.unite,
            derniere.ventilation_libelle,
            derniere.modalite_libelle,
            *_chiffres(contexte, derniere, mesures),
        ]
        for derniere in retenues.drop_duplicates(CLE, keep="last").itertuples(index=False)
    ]
    colonnes = (
        Colonne("Fiche", 9),
        Colonne("Code", 12),
        Colonne("Indicateur", 36),
        Colonne("Unité", 16),
        Colonne("Ventilation", 22),
        Colonne("Modalité", 28),
        *(Colonne(annee, 11) for annee in contexte.colonnes_annees),
        Colonne("Ont répondu", 9),
        Colonne("Attendus", 9),
        Colonne("Mention", 36),
    )
    return Feuille(
        "Ventilations",
        f"De qui et de quoi sont faits les indicateurs en {contexte.selection.annee} ?",
        f"Un tableau : {formats.compter(len(lignes), 'lignes', feminin=True)}, une par indicateur et "
        f"modalité. Chiffres : {contexte.lieu}.",
        contexte.ligne,
        Tableau("Ventilations", colonnes, lignes),
    )


def _chiffres(contexte: Contexte, derniere: Any, mesures: dict) -> list[Contenu]:
    """The years, who answered, what must be read with them."""
    cle = tuple(getattr(derniere, nom) for nom in CLE)
    mesure = mesures.get((*cle, contexte.selection.annee))
    repondu, attendus = (int(mesure.nb_repondantes), int(mesure.nb_attendues)) if mesure else (0, 0)
    annees = [valeurs.mesure(mesures.get((*cle, annee)), derniere.unite) for annee in contexte.annees]
    somme = "" if derniere.exclusive else "les modalités ne s’additionnent pas"
    avant = {annee: mesures.get((*cle, annee)) for annee in contexte.annees_precedentes}
    return [*annees, repondu, attendus, valeurs.mention(mesure, valeurs.changees(avant), somme)]
