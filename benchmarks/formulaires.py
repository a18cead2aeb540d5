"""Reading 57 × 3 structure forms with the address of each cell, against openpyxl reading cell by cell."""

from pathlib import Path

import openpyxl

from benchmarks.mesure import Comparaison, chronometrer
from ctg.referentiel import charger, dossier_par_defaut
from etl.canevas.lecture.classeur import lire


def rapports(demo: Path) -> list[Path]:
    """The workbooks of the structures in a campaign (the fiche forms are left out)."""
    return sorted(demo.rglob("rapport_*.xlsx"))


def lire_simplement(fichiers: list[Path]) -> dict[tuple[str, str, str], object]:
    """The plain way: every non-empty cell with its address, openpyxl in read-only mode."""
    cellules = {}
    for fichier in fichiers:
        classeur = openpyxl.load_workbook(fichier, read_only=True, data_only=True)
        for feuille in classeur:
            for ligne in feuille.iter_rows():
                for cellule in ligne:
                    if cellule.value is not None:
                        cellules[fichier.name, feuille.title, cellule.coordinate] = cellule.value
        classeur.close()
    return cellules


def mesurer(demo: Path) -> list[Comparaison]:
    """One comparison: all the structure forms of the fictional campaign."""
    referentiel = charger(dossier_par_defaut())
    fichiers = rapports(demo)
    formulaires = sum(len(lire(fichier, referentiel).formulaires) for fichier in fichiers)
    return [
        Comparaison(
            f"lire {formulaires} rapports ({len(fichiers)} classeurs), chaque cellule avec son adresse",
            chronometrer(lambda: [lire(fichier, referentiel) for fichier in fichiers], repetitions=5),
            chronometrer(lambda: lire_simplement(fichiers), repetitions=3, chauffe=0),
            "openpyxl, lecture seule",
        )
    ]
