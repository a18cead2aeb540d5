"""Native charts: they read the cells of the table below them, and stay editable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.worksheet.worksheet import Worksheet

POLICE = "Arial"
TRAIT = "D9D9D9"
TEXTE = "333333"
GRIS_CLAIR = "B4BAC1"


@dataclass(frozen=True, slots=True)
class Serie:
    """One column of the table, drawn in one colour (hexadecimal, without #)."""

    entete: str
    couleur: str
    chiffres_clairs: bool = True  # white figures on a dark bar


@dataclass(frozen=True, slots=True)
class Diagramme:
    """Horizontal bars, one per row of the table; `empile`: side by side, else one over the other."""

    titre: str
    alternative: str
    categories: str
    series: tuple[Serie, ...]
    axe: str
    empile: bool = False


@dataclass(frozen=True, slots=True)
class Emplacement:
    """Where the chart stands: its first cell, its size in centimetres, its characters in points."""

    ancre: str
    largeur: float
    hauteur: float
    corps: float


class Lignes(NamedTuple):
    """The rows of the table the chart reads, header excluded."""

    premiere: int
    derniere: int


def tracer(
    feuille: Worksheet, diagramme: Diagramme, entetes: Sequence[str], place: Emplacement, lignes: Lignes
) -> None:
    """Add the chart to the sheet; raises ValueError when a column is not in the table."""
    trace = BarChart()
    trace.type = "bar"
    trace.grouping = "stacked" if diagramme.empile else "clustered"
    trace.overlap = 100
    trace.gapWidth = 40
    for serie in diagramme.series:
        trace.add_data(_plage(feuille, entetes, serie.entete, lignes, entete=True), titles_from_data=True)
        _habiller(trace.series[-1], serie, place.corps)
    trace.set_categories(_plage(feuille, entetes, diagramme.categories, lignes))
    trace.title = _titre(diagramme.titre, place.corps * 1.3, gras=True)
    _regler_axes(trace, diagramme, place.corps)
    trace.legend.position = "t"
    trace.legend.txPr = _texte(place.corps)
    # the title and the legend keep their height above the bars, the axis its own below, however few the bars
    haut, bas = (bande * place.corps / place.hauteur for bande in (0.25, 0.22))
    trace.layout = Layout(
        manualLayout=ManualLayout(
            layoutTarget="inner", xMode="edge", yMode="edge", x=0.42, y=haut, w=0.56, h=1 - haut - bas
        )
    )
    trace.graphical_properties = GraphicalProperties(ln=LineProperties(noFill=True))
    trace.width, trace.height, trace.anchor = place.largeur, place.hauteur, place.ancre
    trace.alternative = diagramme.alternative
    feuille.add_chart(trace)


def _plage(
    feuille: Worksheet, entetes: Sequence[str], nom: str, lignes: Lignes, *, entete: bool = False
) -> Reference:
    colonne = list(entetes).index(nom) + 1
    debut = lignes.premiere - (1 if entete else 0)
    return Reference(feuille, min_col=colonne, min_row=debut, max_row=lignes.derniere)


def _habiller(trait, serie: Serie, corps: float) -> None:
    trait.graphicalProperties.solidFill = serie.couleur
    trait.graphicalProperties.line.noFill = True
    trait.invertIfNegative = False
    etiquettes = DataLabelList()
    etiquettes.showVal = True
    etiquettes.showSerName = etiquettes.showCatName = etiquettes.showLegendKey = False
    etiquettes.showPercent = etiquettes.showBubbleSize = False  # what is not refused may be shown
    etiquettes.numFmt = "#,##0;-#,##0;"  # a bar of length zero bears no figure
    etiquettes.position = "inEnd"
    etiquettes.txPr = _texte(corps, "FFFFFF" if serie.chiffres_clairs else TEXTE, gras=True)
    trait.dLbls = etiquettes


def _regler_axes(trace: BarChart, diagramme: Diagramme, corps: float) -> None:
    trace.x_axis.delete = trace.y_axis.delete = False
    trace.x_axis.scaling.orientation = "maxMin"  # same order as the table, from top to bottom
    trace.x_axis.txPr = trace.y_axis.txPr = _texte(corps)
    trace.x_axis.tickLblSkip = 1
    trace.x_axis.majorTickMark = trace.y_axis.majorTickMark = "none"
    trace.y_axis.crosses = "max"
    trace.y_axis.scaling.min = 0
    trace.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=TRAIT))
    trace.y_axis.number_format = "#,##0"
    trace.y_axis.title = _titre(diagramme.axe, corps)


def _proprietes(corps: float, couleur: str = TEXTE, gras: bool = False) -> CharacterProperties:
    return CharacterProperties(sz=round(corps * 100), b=gras, solidFill=couleur, latin=Font(typeface=POLICE))


def _texte(corps: float, couleur: str = TEXTE, gras: bool = False) -> RichText:
    style = _proprietes(corps, couleur, gras)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=style), endParaRPr=style)])


def _titre(texte: str, corps: float, gras: bool = False) -> Title:
    style = _proprietes(corps, gras=gras)
    ligne = Paragraph(pPr=ParagraphProperties(defRPr=style), r=[RegularTextRun(rPr=style, t=texte)])
    return Title(tx=Text(rich=RichText(p=[ligne])), overlay=False)
