"""The jalons: what was planned, what is done, and why what is late is late."""

from __future__ import annotations

import pandas as pd

from ctg import formats
from ctg.exports.cellules import POURCENT, Nombre
from ctg.exports.classeur import Colonne, Feuille, Tableau
from ctg.exports.recapitulatif import valeurs
from ctg.exports.recapitulatif.contexte import Contexte

COLONNES = (
    Colonne("Fiche", 34),
    Colonne("Code", 12),
    Colonne("Jalon", 40),
    Colonne("Où il en est", 30),
    Colonne("Prévu le", 14),
    Colonne("Réalisé le", 14),
    Colonne("Avancement", 13),
    Colonne("Motif ou remarque", 40),
)


def feuille(contexte: Contexte, jalons: pd.DataFrame) -> Feuille:
    """One row per jalon of the campaign; they are the city's, whatever the quartier asked for."""
    lignes = [
        [
            f"{jalon.fiche_id} · {jalon.titre}",
            jalon.indicateur_id,
            jalon.libelle,
            jalon.affichage,
            valeurs.jour(jalon.prevu_le, "date non fixée"),
            valeurs.jour(jalon.realise_le, "pas encore"),
            Nombre(jalon.avancement, POURCENT) if formats.est_connu(jalon.avancement) else "non renseigné",
            valeurs.phrases_dites(jalon.depuis_l_aval, jalon.motif) or "aucun",
        ]
        for jalon in jalons.itertuples(index=False)
    ]
    return Feuille(
        "Jalons",
        f"Où en sont les jalons en {contexte.selection.annee} ?",
        f"Un tableau : {formats.compter(len(lignes), 'jalons')}, un par ligne, pour la ville entière.",
        contexte.ligne,
        Tableau("Jalons", COLONNES, lignes, "Aucun jalon pour les filtres choisis."),
    )
