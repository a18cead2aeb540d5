"""The sheets of a workbook as tables: a producer's file saved again by Excel reads the same."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from etl.classeurs import ClasseurRefuse, Feuille, ouvrir
from etl.classeurs.affichage import NombreMontre
from etl.sources.tables import (
    LIGNES_DE_TITRE,
    FichierIllisible,
    Lecture,
    Ligne,
    Partie,
    Tableau,
    deborder,
    sans_fin_vide,
)

_POURCENT = 100
_RANGEES_COMPTEES = 500
_TROP_GRAND = frozenset({"fichier_trop_lourd", "feuille_demesuree", "classeur_demesure"})


def parties_de_classeur(chemin: Path) -> tuple[Partie, ...]:
    """Give each sheet as a table. Raises FichierIllisible with the reason of `etl.classeurs`, and OSError."""
    try:
        classeur = ouvrir(chemin)
    except ClasseurRefuse as refus:
        if refus.regle in _TROP_GRAND:
            message = "Le classeur est trop grand pour être lu : prenez la version CSV de cette source."
            raise FichierIllisible(refus.regle, message) from refus
        raise FichierIllisible(refus.regle, refus.anomalie.message) from refus
    return tuple(Partie(feuille.nom, tuple(_tableaux(feuille))) for feuille in classeur.feuilles)


def _tableaux(feuille: Feuille) -> Iterator[Tableau]:
    remplies = [_remplies(rangee) for rangee in feuille.rangees[: LIGNES_DE_TITRE + _RANGEES_COMPTEES]]
    for rang, rangee in enumerate(feuille.rangees[:LIGNES_DE_TITRE]):
        if entetes := sans_fin_vide([_texte(cellule) for cellule in rangee]):
            deborde = deborder(len(entetes), remplies[rang + 1 :])
            yield Tableau(entetes, _lecteur(feuille, rang), len(rangee), deborde=deborde)


def _remplies(rangee: Sequence[object]) -> int:
    """Count the cells of a line up to the last one filled."""
    return next((n for n in range(len(rangee), 0, -1) if _texte(rangee[n - 1])), 0)


def _lecteur(feuille: Feuille, titre: int) -> Lecture:
    def lire(utiles: Collection[int]) -> Iterator[Ligne]:
        for rang, rangee in enumerate(feuille.rangees[titre + 1 :], start=titre + 1):
            cellules = _cellules(feuille, rang, rangee)
            if any(cellules):
                yield rang + 1, cellules

    return lire


def _cellules(feuille: Feuille, rang: int, rangee: Sequence[object]) -> list[str]:
    """Write a line as a CSV would; an error or a formula never computed shows, and is never a blank."""
    cellules = [_texte(cellule) for cellule in rangee]
    for colonne in range(len(cellules)):
        calcul = feuille.trompeuses.get((rang, colonne))
        if calcul:
            cellules[colonne] = calcul.erreur or f"={calcul.formule}"
    return cellules


def _texte(cellule: object) -> str:
    """Write a cell: 1581.0 is « 1581 », and a code kept as a number comes back without its decimals.

    What is shown as a percentage is written as shown: the cell of « 17 % » holds 0.17.
    """
    if isinstance(cellule, NombreMontre) and cellule.echelle == _POURCENT:
        return f"{cellule * _POURCENT:.12g} %"
    if isinstance(cellule, bool):
        return "VRAI" if cellule else "FAUX"
    if isinstance(cellule, float) and cellule.is_integer():
        return str(int(cellule))
    if isinstance(cellule, dt.datetime):
        return cellule.date().isoformat()
    return str(cellule).strip()
