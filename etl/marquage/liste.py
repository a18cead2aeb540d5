"""The sheet in front: what is to be looked at, row by row, with a link to each cell."""

import textwrap

from lxml import etree

from ctg.exports.cellules import DANGEREUX, texte_sur
from etl.adresse import adresse
from etl.marquage.cellules import ESPACE, balise
from etl.marquage.modele import Entree, Liste
from etl.marquage.styles import Styles

_INTERLIGNE = 15  # points
_ESPACE_XML = "{http://www.w3.org/XML/1998/namespace}space"


def rediger(liste: Liste, styles: Styles) -> etree._Element:
    """The XML of the sheet: texts only, nothing that a spreadsheet would compute."""
    racine = etree.Element(balise("worksheet"), nsmap={None: ESPACE})
    proprietes = etree.SubElement(racine, balise("sheetPr"))
    etree.SubElement(proprietes, balise("pageSetUpPr"), fitToPage="1")
    vues = etree.SubElement(racine, balise("sheetViews"))
    vue = etree.SubElement(vues, balise("sheetView"), tabSelected="1", workbookViewId="0")
    fige = {"ySplit": "1", "topLeftCell": "A2", "activePane": "bottomLeft", "state": "frozen"}
    etree.SubElement(vue, balise("pane"), fige)
    _colonnes(racine, liste)
    donnees = etree.SubElement(racine, balise("sheetData"))
    _rangee(donnees, 1, Entree(liste.entetes), liste, [styles.de_la_liste(gras=True)] * len(liste.entetes))
    for rang, entree in enumerate(liste.entrees, start=2):
        _rangee(donnees, rang, entree, liste, _formats(entree, liste, styles))
    _liens(racine, liste)
    etree.SubElement(racine, balise("pageSetup"), paperSize="9", orientation="landscape", fitToHeight="0")
    return racine


def _colonnes(racine: etree._Element, liste: Liste) -> None:
    colonnes = etree.SubElement(racine, balise("cols"))
    for rang, largeur in enumerate(liste.largeurs, start=1):
        etree.SubElement(
            colonnes, balise("col"), min=str(rang), max=str(rang), width=str(largeur), customWidth="1"
        )
    cachee = str(len(liste.largeurs) + 1)
    etree.SubElement(colonnes, balise("col"), min=cachee, max=cachee, width="9", hidden="1")


def _formats(entree: Entree, liste: Liste, styles: Styles) -> list[str]:
    formats = [
        styles.de_la_liste(texte=bool(texte) and texte.startswith(DANGEREUX)) for texte in entree.textes
    ]
    if entree.fond:
        formats[0] = styles.de_la_liste(fond=entree.fond)
    if entree.cible:
        formats[liste.colonne_cible] = styles.de_la_liste(lien=True)
    return formats


def _rangee(donnees: etree._Element, rang: int, entree: Entree, liste: Liste, formats: list[str]) -> None:
    # a program that does not fit heights by itself would draw two lines over the next row
    lignes = max(
        len(textwrap.wrap(texte or "", largeur)) or 1
        for texte, largeur in zip(entree.textes, liste.largeurs, strict=True)
    )
    rangee = etree.SubElement(
        donnees, balise("row"), r=str(rang), ht=str(_INTERLIGNE * lignes), customHeight="1"
    )
    for colonne, (texte, format_) in enumerate(zip(entree.textes, formats, strict=True)):
        _ecrire(rangee, adresse(rang - 1, colonne), texte, format_)
    if rang <= len(liste.reperes):
        _ecrire(rangee, adresse(rang - 1, len(liste.entetes)), liste.reperes[rang - 1], "0")


def _ecrire(rangee: etree._Element, ou: str, texte: str | None, format_: str) -> None:
    cellule = etree.SubElement(rangee, balise("c"), r=ou, s=format_)
    propre = texte_sur(texte or "")
    if propre.strip():
        cellule.set("t", "inlineStr")
        mots = etree.SubElement(etree.SubElement(cellule, balise("is")), balise("t"))
        mots.text = propre
        mots.set(_ESPACE_XML, "preserve")


def _liens(racine: etree._Element, liste: Liste) -> None:
    cibles = [(rang, e.cible) for rang, e in enumerate(liste.entrees, start=1) if e.cible]
    if not cibles:
        return
    liens = etree.SubElement(racine, balise("hyperlinks"))
    for rang, (feuille, cellule) in cibles:
        onglet = feuille.replace("'", "''")
        ou = adresse(rang, liste.colonne_cible)
        etree.SubElement(liens, balise("hyperlink"), ref=ou, location=f"'{onglet}'!{cellule}")
