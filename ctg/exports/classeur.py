"""An accessible workbook: one table per sheet, announced in words, ready to print.

Every sheet is built alike, so that a screen reader, a person in a hurry and a program find their way:
A1 the title, A2 what the sheet holds, A3 the filters, the source and the date, then its charts, then one
Excel table whose headers are unique and whose cells are never blank. Nothing is merged, hidden, computed or
linked outside. The sizes are in characters (columns) and centimetres (A4 landscape).
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from ctg.exports.archive import octets
from ctg.exports.cellules import Contenu, Lien, Nombre, poser, texte_sur
from ctg.exports.diagrammes import Diagramme, Emplacement, Lignes, tracer

POLICE = "Arial"
ACCENT = "12436D"
PAGE_CM = (27.7, 17.6)  # A4 landscape inside the margins below
MARGES_CM = {"left": 1.0, "right": 1.0, "top": 1.2, "bottom": 1.6, "header": 0.5, "footer": 0.6}
CM_PAR_POUCE = 2.54
LIGNE_POINTS = 15.0  # 20 pixels: rows behind a chart keep this height, whatever the program rounds it to
LIGNE_CM = LIGNE_POINTS / 72 * CM_PAR_POUCE


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column: its header, its width in characters (figures of the body)."""

    entete: str
    largeur: float


@dataclass(frozen=True, slots=True)
class Tableau:
    """An Excel table; `nom` is ASCII without blanks, `vide` the sentence shown instead of an empty table."""

    nom: str
    colonnes: tuple[Colonne, ...]
    lignes: Sequence[Sequence[Contenu]]
    vide: str = "Aucune ligne pour les filtres choisis."

    def __post_init__(self) -> None:
        entetes = self.entetes
        if len(set(entetes)) != len(entetes) or not all(texte_sur(entete).strip() for entete in entetes):
            raise ValueError(f"{self.nom} : les en-têtes sont uniques et jamais vides : {entetes}")
        courtes = [rang for rang, ligne in enumerate(self.lignes, 1) if len(ligne) != len(entetes)]
        if courtes:
            raise ValueError(f"{self.nom} : {len(entetes)} cellules attendues, lignes {courtes}")

    @property
    def entetes(self) -> tuple[str, ...]:
        return tuple(colonne.entete for colonne in self.colonnes)


@dataclass(frozen=True, slots=True)
class Feuille:
    """A sheet: `nom` at most 31 characters; `contexte` gives filters, source and date."""

    nom: str
    titre: str
    description: str
    contexte: str
    tableau: Tableau
    diagrammes: tuple[Diagramme, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole workbook; `pied` is printed at the left of each page, `date` (UTC) stands in the properties."""

    titre: str
    auteur: str
    sujet: str
    date: datetime
    pied: str
    feuilles: tuple[Feuille, ...] = field(default_factory=tuple)

    def octets(self) -> bytes:
        """The .xlsx file: the same document always gives the same bytes."""
        classeur = Workbook()
        classeur.remove(classeur.active)
        _declarer_styles(classeur)
        for feuille in self.feuilles:
            _ecrire(classeur.create_sheet(feuille.nom), feuille, self)
        proprietes = classeur.properties
        proprietes.title, proprietes.creator, proprietes.subject = self.titre, self.auteur, self.sujet
        proprietes.lastModifiedBy = self.auteur
        return octets(classeur, self.date)


def _declarer_styles(classeur: Workbook) -> None:
    classeur._named_styles["Normal"].font = Font(name=POLICE, size=10)
    filet = Border(bottom=Side(style="thin", color="BFBFBF"))
    haut = Alignment(vertical="top", wrap_text=True)
    lien = Font(name=POLICE, size=10, color=ACCENT, underline="single")
    for style in (
        NamedStyle("Titre de feuille", font=Font(name=POLICE, size=16, bold=True, color=ACCENT)),
        NamedStyle("Annonce", font=Font(name=POLICE, size=10, color="404040")),
        NamedStyle(
            "En-tête",
            font=Font(name=POLICE, size=10, bold=True, color="FFFFFF"),
            fill=PatternFill("solid", fgColor=ACCENT),
            alignment=Alignment(vertical="center", wrap_text=True),
        ),
        NamedStyle("Texte", font=Font(name=POLICE, size=10), border=filet, alignment=haut),
        NamedStyle(
            "Date",
            font=Font(name=POLICE, size=10),
            border=filet,
            alignment=Alignment(horizontal="left", vertical="top"),
        ),
        NamedStyle(
            "Nombre",
            font=Font(name=POLICE, size=10),
            border=filet,
            alignment=Alignment(horizontal="right", vertical="top", indent=1),
        ),
        NamedStyle("Lien", font=lien, border=filet, alignment=haut),
    ):
        classeur.add_named_style(style)


def _ecrire(page: Worksheet, feuille: Feuille, document: Document) -> None:
    tableau = feuille.tableau
    for rang, colonne in enumerate(tableau.colonnes, 1):
        page.column_dimensions[get_column_letter(rang)].width = colonne.largeur
    libre = _annoncer(page, feuille) + 2
    places = []
    for diagramme in feuille.diagrammes if tableau.lignes else ():
        place, libre = _reserver(page, diagramme, tableau, libre)
        places.append((diagramme, place))
    derniere = _poser_tableau(page, tableau, libre)
    for diagramme, place in places:
        tracer(page, diagramme, tableau.entetes, place, Lignes(libre + 1, derniere))
    _mettre_en_page(
        page,
        document,
        libre if tableau.lignes else None,
        f"A1:{get_column_letter(len(tableau.colonnes))}{derniere}",
    )


def _annoncer(page: Worksheet, feuille: Feuille) -> int:
    """Title, description and context from A1 on; what is longer than the page goes on below."""
    poser(page["A1"], feuille.titre)
    page["A1"].style = "Titre de feuille"
    suivante = _ecrire_phrase(page, feuille.description, feuille.tableau, 2)
    return _ecrire_phrase(page, feuille.contexte, feuille.tableau, suivante) - 1


def _ecrire_phrase(page: Worksheet, phrase: str, tableau: Tableau, ligne: int) -> int:
    """Write a sentence from column A on, over as many rows as the page needs; returns the row below."""
    largeur = int(sum(colonne.largeur for colonne in tableau.colonnes))
    for morceau in textwrap.wrap(texte_sur(phrase), largeur):
        poser(page.cell(ligne, 1), morceau)
        page.cell(ligne, 1).style = "Annonce"
        ligne += 1
    return ligne


def _poser_tableau(page: Worksheet, tableau: Tableau, entete: int) -> int:
    """Write the table with its headers on row `entete`; returns its last row."""
    if not tableau.lignes:
        poser(page.cell(entete, 1), tableau.vide)
        return entete
    for rang, colonne in enumerate(tableau.colonnes, 1):
        cellule = page.cell(entete, rang)
        poser(cellule, colonne.entete)
        cellule.style = "En-tête"
    page.row_dimensions[entete].height = _hauteur(tableau.colonnes, tableau.entetes, gras=True)
    for ligne, contenus in enumerate(tableau.lignes, entete + 1):
        for rang, contenu in enumerate(contenus, 1):
            cellule = page.cell(ligne, rang)
            cellule.style = _style(contenu)
            poser(cellule, contenu)
        page.row_dimensions[ligne].height = _hauteur(tableau.colonnes, contenus)
    derniere = entete + len(tableau.lignes)
    plage = f"A{entete}:{get_column_letter(len(tableau.colonnes))}{derniere}"
    # the headers and the rules are cell styles: LibreOffice does not draw the styles of tables
    page.add_table(
        Table(
            displayName=tableau.nom,
            ref=plage,
            tableStyleInfo=TableStyleInfo(name="TableStyleLight1", showRowStripes=False),
        )
    )
    return derniere


def _hauteur(colonnes: Sequence[Colonne], contenus: Sequence[Contenu], gras: bool = False) -> float:
    """The height, in points, the longest text of the row needs once wrapped.

    Written rather than left to the program that opens the file: LibreOffice prints cut lines otherwise.
    """
    lignes = 1
    for colonne, contenu in zip(colonnes, contenus, strict=True):
        texte = contenu.texte if isinstance(contenu, Lien) else contenu
        largeur = max(1, int(colonne.largeur * (0.85 if gras else 1.08)))
        if isinstance(texte, str) and (len(texte) > largeur or "\n" in texte):
            lignes = max(
                lignes, sum(len(textwrap.wrap(morceau, largeur)) or 1 for morceau in texte.splitlines())
            )
    return min(409.0, 4 + 12.5 * lignes)  # 409 points: no row can be higher


def _style(contenu: Contenu) -> str:
    if isinstance(contenu, Lien):
        return "Lien"
    if isinstance(contenu, date):
        return "Date"
    if isinstance(contenu, Nombre | int | float):
        return "Nombre"
    return "Texte"


def _reserver(page: Worksheet, diagramme: Diagramme, tableau: Tableau, ligne: int) -> tuple[Emplacement, int]:
    """Keep for the chart, above the table, a printed page of its own; returns the first row below it.

    Standing at the top of its page it is never cut, whatever the program does with page breaks, and the
    headers repeated on the pages of the table do not stand over it.
    """
    largeur = sum(_largeur_cm(colonne) for colonne in tableau.colonnes)
    echelle = min(1.0, PAGE_CM[0] / largeur)  # what « fit to width » will do to the sheet
    debut = _ecrire_phrase(page, f"Graphique : {diagramme.alternative}", tableau, ligne)
    utile = PAGE_CM[1] / echelle - (debut + 2) * LIGNE_CM
    hauteur = min(utile, (5 + 0.95 * len(tableau.lignes)) / echelle)
    fin = debut + math.ceil(hauteur / LIGNE_CM) + 1
    for rang in range(debut, fin + 1):
        page.row_dimensions[rang].height = LIGNE_POINTS
    page.row_breaks.append(Break(id=fin))
    place = Emplacement(ancre=f"A{debut}", largeur=largeur - 0.5, hauteur=hauteur, corps=8 / echelle)
    return place, fin + 1


def _largeur_cm(colonne: Colonne) -> float:
    # a digit of Arial 10 is 7 pixels wide on a screen of 96 pixels per inch, and a cell keeps 5 for its sides
    return (colonne.largeur * 7 + 5) / 96 * CM_PAR_POUCE


def _mettre_en_page(page: Worksheet, document: Document, entete: int | None, zone: str) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    for cote, centimetres in MARGES_CM.items():
        setattr(page.page_margins, cote, centimetres / CM_PAR_POUCE)
    page.print_area = zone
    if entete:
        page.print_title_rows = f"{entete}:{entete}"
    page.sheet_view.showGridLines = False
    # at the head: the foot has not room for both, and what must not be diffused would be printed over
    page.oddHeader.center.text = _pied(document.titre)
    page.oddFooter.left.text = _pied(document.pied)
    page.oddFooter.right.text = "Page &P sur &N"
    for partie in (page.oddHeader.center, page.oddFooter.left, page.oddFooter.right):
        partie.font, partie.size = POLICE, 8


def _pied(texte: str) -> str:
    return texte_sur(texte).replace("&", "&&")
