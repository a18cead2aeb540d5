"""A workbook that cannot be marked as it is (.xls, .ods, .csv, a .xlsx openpyxl cannot open), copied anew.

The same values stand at the same addresses and the hidden ids stay hidden: corrected there, it is read again.
"""

import datetime as dt

from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ctg.exports.cellules import Nombre, poser, texte_sur
from etl.canevas import reperes
from etl.canevas.grammaire import FEUILLE_MANIFESTE, REPONSES
from etl.canevas.noms_feuilles import noms_de_feuilles
from etl.canevas.redaction.mise_en_page import LARGEURS, hauteur, imprimer_en_a4
from etl.canevas.redaction.styles import SAISIE
from etl.canevas.reperes import Reperes
from etl.classeurs import Calcul, Classeur, Feuille
from etl.classeurs.affichage import NombreMontre
from etl.classeurs.passages import TexteBarre

_CACHEES = ("m:structure_id", "m:fiche_id", "m:fictif")
_LARGEUR_MAXIMALE = 60  # letters
_HEURE = "dd/mm/yyyy hh:mm"


def recopier(classeur: Classeur) -> tuple[Workbook, dict[str, str]]:
    """The workbook, and the name that each of its sheets bears there (a spreadsheet allows 31 letters)."""
    neuf = Workbook()
    neuf.properties.creator = None  # nobody: openpyxl signs what it writes
    neuf.remove(neuf.active)
    noms = [feuille.nom for feuille in classeur.feuilles]
    permis = dict(zip(noms, noms_de_feuilles(noms), strict=True))
    for feuille in classeur.feuilles:
        copie = neuf.create_sheet(permis[feuille.nom])
        _remplir(copie, feuille)
        trouve = reperes.trouver(feuille.rangees)
        if feuille.nom == FEUILLE_MANIFESTE:
            copie.sheet_state = "veryHidden"
        elif trouve and trouve.genre != "aide":
            _habiller(copie, feuille, trouve)
        else:
            _elargir(copie, feuille)
            if trouve:  # our help: its mark is not for them
                copie.column_dimensions[get_column_letter(trouve.colonnes["id"] + 1)].hidden = True
        imprimer_en_a4(copie)
    return neuf, permis


def _remplir(copie: Worksheet, feuille: Feuille) -> None:
    for rang, rangee in enumerate(feuille.rangees, start=1):
        for colonne, valeur in enumerate(rangee, start=1):
            valeur = feuille.trompeuses.get((rang - 1, colonne - 1), valeur)
            if valeur != "":
                _ecrire(copie.cell(rang, colonne), valeur)
    for r0, c0, r1, c1 in feuille.fusions:
        copie.merge_cells(start_row=r0 + 1, start_column=c0 + 1, end_row=r1 + 1, end_column=c1 + 1)


def _ecrire(cellule: Cell, valeur: object) -> None:
    if isinstance(valeur, Calcul):
        valeur = valeur.erreur or valeur.formule  # as words: a copy computes nothing
    if isinstance(valeur, float):
        # a percentage stays one, « 412,5 k€ » does not become 412,5
        poser(cellule, Nombre(valeur, valeur.code if isinstance(valeur, NombreMontre) else "General"))
    elif isinstance(valeur, str):
        if valeur.strip():
            poser(cellule, valeur)
        if isinstance(valeur, TexteBarre):
            _barrer(cellule, valeur)
    else:
        cellule.value = valeur
        if isinstance(valeur, dt.datetime):
            cellule.number_format = _HEURE
        elif isinstance(valeur, dt.date):
            cellule.number_format = "dd/mm/yyyy"


def _barrer(cellule: Cell, texte: TexteBarre) -> None:
    """What was struck stays so: sent back untouched, the copy reads as the original did."""
    if texte.entier:
        cellule.font = Font(strike=True)
    else:
        barre = TextBlock(InlineFont(strike=True), texte_sur(texte.barre))
        cellule.value = CellRichText(barre, " ", texte_sur(texte))


def _elargir(copie: Worksheet, feuille: Feuille) -> None:
    for colonne in range(len(feuille.rangees[0]) if feuille.rangees else 0):
        mots = max(len(str(rangee[colonne])) for rangee in feuille.rangees)
        copie.column_dimensions[get_column_letter(colonne + 1)].width = min(max(mots, 8), _LARGEUR_MAXIMALE)
    for rang, rangee in enumerate(copie.iter_rows(), start=1):
        for cellule in rangee:
            cellule.alignment = Alignment(wrap_text=True, vertical="top")
        # a program that does not fit heights by itself would draw two lines over the next row
        copie.row_dimensions[rang].height = max(
            hauteur(str(cellule.value or ""), copie.column_dimensions[cellule.column_letter].width)
            for cellule in rangee
        )


def _habiller(copie: Worksheet, feuille: Feuille, trouve: Reperes) -> None:
    """What makes it a form again: hidden ids, widths, words on several lines, cells to fill in colour."""
    fusionnees = {(r0, c0) for r0, c0, _, c1 in feuille.fusions if c1 > c0}
    for nom, rang in trouve.colonnes.items():
        dimension = copie.column_dimensions[get_column_letter(rang + 1)]
        dimension.width = LARGEURS[nom]
        dimension.hidden = nom in ("id", "codes")
    libelle, cles = trouve.colonnes.get("libelle"), trouve.colonnes.get("id")
    for rang, rangee in enumerate(feuille.rangees):
        dimension = copie.row_dimensions[rang + 1]
        marquee = trouve.marquee and rang == trouve.ligne
        dimension.hidden = marquee or (cles is not None and rangee[cles] in _CACHEES)
        if libelle is not None:
            copie.cell(rang + 1, libelle + 1).alignment = Alignment(wrap_text=True, vertical="top")
            large = (rang, libelle) in fusionnees
            dimension.height = 16 if large else hauteur(str(rangee[libelle]), LARGEURS["libelle"])
        for colonne in _saisies(rangee, trouve):
            copie.cell(rang + 1, colonne + 1).fill = PatternFill("solid", start_color=SAISIE)


def _saisies(rangee: list[object], trouve: Reperes) -> list[int]:
    """The columns of the answers of a row, by its codes; none is coloured when they are lost."""
    codes = trouve.colonnes.get("codes")
    nombre = str(rangee[codes]).count("|") + 1 if codes is not None and rangee[codes] != "" else 0
    cles = trouve.colonnes.get("id")
    if cles is None or str(rangee[cles]).startswith("m:") or (trouve.marquee and rangee[codes] == "codes"):
        return []
    return [trouve.colonnes[nom] for nom in REPONSES[:nombre] if nom in trouve.colonnes]
