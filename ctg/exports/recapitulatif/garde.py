"""The first two sheets: what this document is and how far to trust it, then where everything stands."""

from __future__ import annotations

from collections.abc import Sequence

from ctg import formats
from ctg.exports.cellules import Contenu, Lien
from ctg.exports.classeur import Colonne, Feuille, Tableau
from ctg.exports.recapitulatif.contexte import FICTIF, Contexte

TITRE = "Tableau récapitulatif de l’état d’avancement des fiches projet"
GARDE, SOMMAIRE = "Garde", "Sommaire"


def garde(contexte: Contexte) -> Feuille:
    """What the document is; « Données fictives » stands first as long as one number is made up."""
    annee = contexte.selection.annee
    lignes: list[list[Contenu]] = []
    if contexte.fictif:
        lignes.append(
            [
                FICTIF,
                "Au moins un nombre de ce classeur vient d’une campagne inventée pour la "
                "démonstration : aucun ne décrit Dijon.",
            ]
        )
    attente = " : l’aval de la Caf n’a pas encore été donné." if contexte.provisoire else ""
    lignes.append(["Statut", f"{contexte.statut}{attente}"])
    if contexte.changees:
        lignes.append(["Depuis l’aval", contexte.changees])
    lignes += [
        ["Document", f"{TITRE}, comprenant les indicateurs d’évaluation (annexe 5 de la convention)"],
        ["Convention", contexte.convention],
        ["Campagne", f"{annee}"],
        ["Filtres", contexte.filtres],
        [
            "Couverture",
            f"{formats.couverture(contexte.nb_acceptes, contexte.nb_attendus)} : formulaires de "
            "structure et de fiche acceptés sur attendus, toute la ville",
        ],
        ["Entrepôt construit le", contexte.construit_le.date()],
        ["Empreinte des données", contexte.empreinte],
        ["Pour lire ce classeur", Lien("Le sommaire mène à chaque feuille", SOMMAIRE)],
    ]
    return Feuille(
        GARDE,
        f"{TITRE}, {annee}",
        "Un tableau : ce qu’est ce document, ce qu’il couvre, et d’où il vient.",
        " · ".join((*contexte.avertissements, contexte.filtres)),
        Tableau("Garde", (Colonne("Rubrique", 26), Colonne("Contenu", 100)), lignes),
    )


def sommaire(contexte: Contexte, feuilles: Sequence[Feuille]) -> Feuille:
    """A link to every other sheet."""
    colonnes = (Colonne("Feuille", 26), Colonne("Ce qu’elle dit", 86), Colonne("Lignes", 12))
    lignes = [
        [Lien(feuille.nom, feuille.nom), feuille.titre, len(feuille.tableau.lignes)] for feuille in feuilles
    ]
    return Feuille(
        SOMMAIRE,
        "Sommaire",
        f"Un tableau : les {len(lignes)} autres feuilles du classeur, chacune avec son lien.",
        contexte.ligne,
        Tableau("Sommaire", colonnes, lignes),
    )
