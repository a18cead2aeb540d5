"""The copy sent back to a sender: its own workbook, what is wrong marked in the cells and listed in front."""

import hashlib
import textwrap
from collections.abc import Sequence
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from etl.anomalie import Anomalie
from etl.canevas.grammaire import CORRIGE, marque

FEUILLE = "À corriger"
_AUTEUR = "Vérification"
# what must be corrected, what must be looked at; the comment says it in words
_FONDS = {"bloquant": "F8CFC0", "a_confirmer": "FFF2CC"}
_GRAVITES = {"bloquant": "À corriger", "a_confirmer": "À confirmer", "information": "Pour information"}
_MARQUE = (
    "F"  # hidden: sent back corrected, the copy is read without this list being taken for an added sheet
)
_INTERLIGNE = 15  # points
_LARGEURS = {"A": 18, "B": 30, "C": 10, "D": 24, "E": 100}


def annoter(chemin: Path, anomalies: Sequence[Anomalie], vers: Path) -> Path:
    """Write into the folder `vers` a marked copy of a workbook that was read; returns it. Raises OSError.

    `anomalies` stand in the order they are to be listed, the worst first.
    """
    classeur = load_workbook(chemin)
    for anomalie in anomalies:
        _marquer(classeur, anomalie)
    _lister(classeur, anomalies, hashlib.sha256(chemin.read_bytes()).hexdigest())
    vers.mkdir(parents=True, exist_ok=True)
    copie = _libre(vers, f"{chemin.stem}_a_corriger")
    classeur.save(copie)
    return copie


def _libre(vers: Path, nom: str) -> Path:
    """A name nobody has yet: two senders may give the same one to their workbooks."""
    copie, rang = vers / f"{nom}.xlsx", 2
    while copie.exists():
        copie, rang = vers / f"{nom}_{rang}.xlsx", rang + 1
    return copie


def _marquer(classeur: Workbook, anomalie: Anomalie) -> None:
    if not anomalie.cellule or anomalie.feuille not in classeur.sheetnames:
        return
    cellule = classeur[anomalie.feuille][anomalie.cellule]
    if isinstance(
        cellule, MergedCell
    ):  # hidden under another one: nothing can be written there, the list says it
        return
    if anomalie.gravite in _FONDS:
        cellule.fill = PatternFill("solid", start_color=_FONDS[anomalie.gravite])
    deja = f"{cellule.comment.text}\n" if cellule.comment else ""
    cellule.comment = Comment(f"{deja}{anomalie.message}", _AUTEUR, width=320, height=160)


def _lister(classeur: Workbook, anomalies: Sequence[Anomalie], empreinte: str) -> None:
    feuille = classeur.create_sheet(FEUILLE, 0)
    feuille.append(["Quoi faire", "Feuille", "Cellule", "Lu", "Explication"])
    for cellule in feuille[1]:
        cellule.font = Font(bold=True)
    for a in anomalies:
        feuille.append([_GRAVITES[a.gravite], a.feuille, a.cellule, _texte(a.valeur_lue), a.message])
        if a.cellule:
            place, onglet = feuille.cell(feuille.max_row, 3), (a.feuille or "").replace("'", "''")
            place.hyperlink = Hyperlink(ref=place.coordinate, location=f"'{onglet}'!{a.cellule}")
    if not anomalies:
        feuille.append(["Rien à corriger."])
    for colonne, largeur in _LARGEURS.items():
        feuille.column_dimensions[colonne].width = largeur
    for rangee in feuille.iter_rows(min_row=2):
        for cellule in rangee:
            cellule.alignment = Alignment(wrap_text=True, vertical="top")
        # a program that does not fit heights by itself would draw two lines over the next row
        feuille.row_dimensions[rangee[0].row].height = _INTERLIGNE * max(map(_nombre_de_lignes, rangee))
    feuille[f"{_MARQUE}1"] = marque("aide")
    feuille[f"{_MARQUE}2"] = f"{CORRIGE}{empreinte}"
    feuille.column_dimensions[_MARQUE].hidden = True
    feuille.freeze_panes = "A2"
    feuille.page_setup.orientation = "landscape"
    feuille.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    feuille.page_setup.fitToHeight = 0
    classeur.active = 0


def _nombre_de_lignes(cellule: Cell) -> int:
    largeur = _LARGEURS[cellule.column_letter]
    return len(textwrap.wrap(str(cellule.value or ""), largeur)) or 1


def _texte(lu: str | None) -> str | None:
    """What was read is shown, never computed: « =1+1 » typed by a sender stays a text."""
    return f"'{lu}" if lu and lu[0] in "=+-@" else lu
