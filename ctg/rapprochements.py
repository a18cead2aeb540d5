"""Wordings close to those of the forms, waiting for a person: as a table."""

import pandas as pd

from ctg import formats
from ctg.graphiques.figure import Figure, Notice, assembler


def propositions(lignes: pd.DataFrame, annee: int, fictif: bool) -> Figure:
    """What was read, what it probably is, and where (`decision_rapprochements.sql`)."""
    tableau = pd.DataFrame(
        {
            "Libellé lu": ligne.libelle,
            "Probablement": ligne.propose,
            "Ressemblance": f"{formats.nombre(round(ligne.score))} sur 100",
            "Qui": ligne.repondant,
            "Où": f"{ligne.fichier} › {ligne.feuille}, cellule {ligne.cellule}",
        }
        for ligne in lignes.itertuples()
    )
    notice = Notice(
        cle=f"rapprochements_{annee}",
        constat=f"{formats.compter(len(lignes), 'libellés')} à confirmer",
        mesure="Lignes dont le libellé n’est pas celui du canevas ; leur réponse n’est pas chargée",
        couverture="chaque ligne que son identifiant caché ou la ressemblance rattache à une question",
        source="formulaires reçus",
        fictif=fictif,
    )
    return assembler(notice, "Tableau", None, tableau)
