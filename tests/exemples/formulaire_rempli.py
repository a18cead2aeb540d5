"""Forms filled as another program would fill them: openpyxl, by the keys of the rows."""

from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.canevas.grammaire import MARQUE

ID, CODES = 1, 2
COLONNES = {"libelle": 3, "unite": 4, "precedent": 5, "v1": 6, "v2": 7, "v3": 8, "v4": 9, "remarque": 10}


def formulaire_de(classeur: Workbook, rang: int = 0) -> Worksheet:
    """The n-th form of a workbook, whatever its name."""
    identites = {"m:structure_id", "m:fiche_id"}
    return [feuille for feuille in classeur if identites & {c.value for c in feuille["A"]}][rang]


def rang_de(feuille: Worksheet, cle: str) -> int:
    """The row that bears this key."""
    return next(c.row for c in feuille["A"] if c.value == cle)


def rang_marque(feuille: Worksheet) -> int:
    """The marker row."""
    return next(c.row for c in feuille["A"] if MARQUE.fullmatch(str(c.value)))


def adresse_de(feuille: Worksheet, cle: str, code: str) -> str:
    """The address of an input cell; `remarque` is the note at the end of the row."""
    rang = rang_de(feuille, cle)
    if code == "remarque":
        return feuille.cell(rang, COLONNES["remarque"]).coordinate
    codes = feuille.cell(rang, CODES).value.split("|")
    return feuille.cell(rang, COLONNES["v1"] + codes.index(code)).coordinate


def remplir(
    chemin: Path, reponses: Mapping[tuple[str, str], object], rang: int = 0
) -> dict[tuple[str, str], str]:
    """Write answers into the n-th form of a workbook, in place; returns the address of each."""
    classeur = load_workbook(chemin)
    feuille = formulaire_de(classeur, rang)
    adresses = {}
    for (cle, code), valeur in reponses.items():
        adresses[cle, code] = adresse_de(feuille, cle, code)
        feuille[adresses[cle, code]] = valeur
    classeur.save(chemin)
    return adresses
