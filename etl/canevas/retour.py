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

from ctg.exports.cellules import poser
from etl.anomalie import Anomalie
from etl.canevas.grammaire import CORRIGE, marque
from etl.canevas.recopie import recopier
from etl.classeurs import Classeur, ouvrir

FEUILLE = "À corriger"
_AUTEUR = "Vérification"
# What must be corrected, what must be looked at: none is a colour of the forms (styles.SAISIE is a yellow).
FONDS = {"bloquant": "F8CFC0", "a_confirmer": "DCCBF2"}
_GRAVITES = {"bloquant": "À corriger", "a_confirmer": "À confirmer", "information": "Pour information"}
_RECOPIE = (
    "Votre fichier (.{format}) a été recopié dans ce classeur Excel : mêmes valeurs, aux mêmes cellules. "
    "Corrigez ici, et renvoyez ce classeur."
)
# Hidden: sent back corrected, the copy is read without this list being taken for an added sheet.
_MARQUE = "F"
_INTERLIGNE = 15  # points
_LARGEURS = {"A": 18, "B": 30, "C": 10, "D": 24, "E": 100}


def annoter(chemin: Path, anomalies: Sequence[Anomalie], vers: Path) -> Path | None:
    """Write into the folder `vers` a marked copy of a workbook that was read; returns it.

    None when there is nothing to correct nor to confirm. `anomalies` stand in the order they are to be
    listed, the worst first. Raises OSError; ClasseurRefuse when the file cannot be opened.
    """
    if not any(anomalie.gravite in FONDS for anomalie in anomalies):
        return None
    lu = ouvrir(chemin)
    classeur = _le_leur(chemin, lu)
    noms = {feuille.nom: feuille.nom for feuille in lu.feuilles}
    consigne = None
    if classeur is None:
        classeur, noms = recopier(lu)
        consigne = _RECOPIE.format(format=lu.format)
    for anomalie in anomalies:
        _marquer(classeur, noms, anomalie)
    _lister(classeur, noms, anomalies, consigne, hashlib.sha256(chemin.read_bytes()).hexdigest())
    vers.mkdir(parents=True, exist_ok=True)
    copie = _libre(vers, f"{chemin.stem}_a_corriger")
    classeur.save(copie)
    return copie


def _le_leur(chemin: Path, lu: Classeur) -> Workbook | None:
    """Their own workbook, with its fonts and its formulas; None when it can only be copied anew."""
    if lu.format != "xlsx":
        return None
    try:
        with chemin.open("rb") as flux:  # by its content: a .xlsx under another name is one
            return load_workbook(flux)
    except Exception:  # noqa: BLE001 — openpyxl raises whatever a file it does not expect made it meet
        return None


def _libre(vers: Path, nom: str) -> Path:
    """A name nobody has yet: two senders may give the same one to their workbooks."""
    copie, rang = vers / f"{nom}.xlsx", 2
    while copie.exists():
        copie, rang = vers / f"{nom}_{rang}.xlsx", rang + 1
    return copie


def _marquer(classeur: Workbook, noms: dict[str, str], anomalie: Anomalie) -> None:
    nom = noms.get(anomalie.feuille or "")
    if nom not in classeur.sheetnames:
        return
    feuille = classeur[nom]
    feuille.sheet_state = "visible"  # what is to correct must be seen
    if not anomalie.cellule:
        return
    cellule = feuille[anomalie.cellule]
    if isinstance(cellule, MergedCell):
        return  # hidden under another one: nothing can be written there, the list says it
    if anomalie.gravite in FONDS:
        cellule.fill = _fond(anomalie.gravite)
    deja = f"{cellule.comment.text}\n" if cellule.comment else ""
    cellule.comment = Comment(f"{deja}{anomalie.message}", _AUTEUR, width=320, height=160)


def _fond(gravite: str) -> PatternFill:
    return PatternFill("solid", start_color=FONDS[gravite])


def _lister(
    classeur: Workbook,
    noms: dict[str, str],
    anomalies: Sequence[Anomalie],
    consigne: str | None,
    empreinte: str,
) -> None:
    feuille = classeur.create_sheet(FEUILLE, 0)
    feuille.append(["Quoi faire", "Feuille", "Cellule", "Lu", "Explication"])
    for cellule in feuille[1]:
        cellule.font = Font(bold=True)
    if consigne:
        feuille.append(["À savoir", None, None, None, consigne])
    for a in anomalies:
        nom = noms.get(a.feuille or "", a.feuille)
        rang = feuille.max_row + 1
        textes = (_GRAVITES[a.gravite], nom, a.cellule, a.valeur_lue, a.message)
        for colonne, texte in enumerate(textes, start=1):
            if texte and texte.strip():
                poser(feuille.cell(rang, colonne), texte)  # « =1+1 » typed by a sender stays a text
        if a.gravite in FONDS:
            feuille.cell(rang, 1).fill = _fond(a.gravite)
        if a.cellule:
            place, onglet = feuille.cell(rang, 3), (nom or "").replace("'", "''")
            place.hyperlink = Hyperlink(ref=place.coordinate, location=f"'{onglet}'!{a.cellule}")
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
