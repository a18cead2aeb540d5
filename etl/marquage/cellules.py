"""The cells of one sheet of a .xlsx, found by their address or made where they should stand."""

import re

from lxml import etree

from etl.adresse import lettres
from etl.classeurs.calculs import rang_de_colonne

ESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ADRESSE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def balise(nom: str) -> str:
    """The full name of an element of a sheet."""
    return f"{{{ESPACE}}}{nom}"


def place(adresse: str) -> tuple[int, int]:
    """« F12 » → (12, 5): row from 1, column from 0. Raises ValueError."""
    trouve = _ADRESSE.fullmatch(adresse)
    if trouve is None:
        raise ValueError(adresse)
    return int(trouve[2]), rang_de_colonne(trouve[1])


class Cellules:
    """The rows and cells of a sheet; `racine` is its <worksheet>, `donnees` the <sheetData> in it."""

    def __init__(self, racine: etree._Element) -> None:
        self.racine = racine
        self.donnees = racine.find(balise("sheetData"))
        self._rangees: dict[int, etree._Element] = {}
        numero = 0
        for rangee in self.donnees.iterfind(balise("row")):
            numero = int(rangee.get("r", numero + 1))
            self._rangees[numero] = rangee

    def trouver(self, adresse: str) -> etree._Element:
        """The cell at an address, made blank with the style it would have there when it is not."""
        ligne, colonne = place(adresse)
        rangee = self._rangee(ligne)
        suivante = -1
        for cellule in rangee.iterfind(balise("c")):
            rang = place(cellule.get("r"))[1] if cellule.get("r") else suivante + 1
            if rang == colonne:
                return cellule
            if rang > colonne:
                return self._faire(rangee, rangee.index(cellule), adresse, colonne)
            suivante = rang
        return self._faire(rangee, len(rangee), adresse, colonne)

    def visible(self, adresse: str) -> str:
        """The address itself, or that of the next cell of its row whose column is not hidden."""
        ligne, colonne = place(adresse)
        while self._cachee(colonne):
            colonne += 1
        return f"{lettres(colonne)}{ligne}"

    def recouverte(self, adresse: str) -> bool:
        """Say whether another cell, merged over it, hides this one."""
        ligne, colonne = place(adresse)
        for fusion in self.racine.iterfind(f"{balise('mergeCells')}/{balise('mergeCell')}"):
            debut, _, fin = fusion.get("ref", "").partition(":")
            (r0, c0), (r1, c1) = place(debut), place(fin or debut)
            if r0 <= ligne <= r1 and c0 <= colonne <= c1:
                return (ligne, colonne) != (r0, c0)
        return False

    def _rangee(self, ligne: int) -> etree._Element:
        if ligne not in self._rangees:
            rangee = etree.Element(balise("row"), r=str(ligne))
            apres = [numero for numero in self._rangees if numero > ligne]
            rang = self.donnees.index(self._rangees[min(apres)]) if apres else len(self.donnees)
            self.donnees.insert(rang, rangee)
            self._rangees[ligne] = rangee
        return self._rangees[ligne]

    def _faire(self, rangee: etree._Element, rang: int, adresse: str, colonne: int) -> etree._Element:
        rangee.attrib.pop("spans", None)  # a hint on the columns of the row, that may no longer be true
        cellule = etree.Element(balise("c"), r=adresse)
        style = rangee.get("s") if rangee.get("customFormat") else self._style_de_colonne(colonne)
        if style:
            cellule.set("s", style)
        rangee.insert(rang, cellule)
        return cellule

    def _cachee(self, colonne: int) -> bool:
        colonnes = self._colonnes(colonne)
        return colonnes is not None and colonnes.get("hidden") in ("1", "true")

    def _style_de_colonne(self, colonne: int) -> str | None:
        colonnes = self._colonnes(colonne)
        return None if colonnes is None else colonnes.get("style")

    def _colonnes(self, colonne: int) -> etree._Element | None:
        """What the sheet says of the columns this one is among."""
        for colonnes in self.racine.iterfind(f"{balise('cols')}/{balise('col')}"):
            if int(colonnes.get("min")) <= colonne + 1 <= int(colonnes.get("max")):
                return colonnes
        return None
