"""What a fast reader of .xlsx does not see: formats that say a unit, passages raised or struck.

python-calamine gives the number of a cell without its format and the runs of a rich text put end to end. The
styles and the shared texts tell at once whether a workbook holds any; then the cells that bear one are looked
for in the XML of their sheet, and only those are read again.
"""

import re
from collections.abc import Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from etl.classeurs.apparence import Apparence, habillee
from etl.classeurs.calculs import cellules, rang_de_colonne
from etl.classeurs.modele import Place, Rangees
from etl.classeurs.passages import Passage, composer
from etl.classeurs.styles_xlsx import apparences, est_vrai

_STYLES, _TEXTES = "xl/styles.xml", "xl/sharedStrings.xml"
_SIGNES = (b"strike", b"vertAlign")
_POLICE = b"rPr"  # the look of a run of text
# The end of the tag of a cell that is not blank; bounded, for the search to be linear whatever is sent.
_PLEINE = rb"[^<>]{0,300}+(?<!/)>"
_FORMATS_CHERCHES = 64  # beyond, a search for each would cost more than reading the sheet
_DECALES = ("superscript", "subscript")


class MiseEnForme:
    """What the looks of a workbook change in its cells. Raises ElementTree.ParseError."""

    def __init__(self, parties: Mapping[str, bytes]) -> None:
        self.apparences = apparences(parties[_STYLES]) if _STYLES in parties else {}
        textes = parties.get(_TEXTES, b"")
        self.textes = _textes_composes(textes) if any(signe in textes for signe in _SIGNES) else {}
        # a cell that names no format has the first one
        self.a_relire = "0" in self.apparences or len(self.apparences) > _FORMATS_CHERCHES
        rangs = b"" if self.a_relire else "|".join(self.apparences).encode()
        # first what costs least: most sheets hold no such cell, or a blank one
        self.trace = re.compile(rb""" s=["'](?:%b)["']%b""" % (rangs, _PLEINE))
        self.motif = re.compile(rb'<c r="([A-Z]{1,3})([0-9]+)" s="(%b)"%b' % (rangs, _PLEINE))

    def appliquer(self, xml: bytes, rangees: Rangees, usuelle: bool) -> None:
        """Put in `rangees`, as calamine read them, what the looks of the sheet `xml` say of its cells.

        `usuelle`: every cell has its address first, between double quotes.
        """
        if self.textes or _POLICE in xml or self.a_relire or not self._chercher(xml, rangees, usuelle):
            for place, cellule in cellules(xml):
                self._relire(place, cellule, rangees)

    def _chercher(self, xml: bytes, rangees: Rangees, usuelle: bool) -> bool:
        """Find the cells whose format says something by a search; False when it may miss some."""
        traces = len(self.trace.findall(xml)) if self.apparences else 0
        trouvees = self.motif.findall(xml) if traces and usuelle else []
        if traces != len(trouvees):
            return False
        for colonne, ligne, rang in trouvees:
            place = int(ligne) - 1, rang_de_colonne(colonne.decode())
            _habiller(place, self.apparences[rang.decode()], rangees)
        return True

    def _relire(self, place: Place, cellule: Element, rangees: Rangees) -> None:
        apparence = self.apparences.get(cellule.get("s", "0"), Apparence())
        genre = cellule.get("t")
        passages: list[Passage] = []
        if genre == "s":
            passages = self.textes.get((cellule.findtext("{*}v") or "").strip(), [])
        elif genre == "inlineStr" and (texte := cellule.find("{*}is")) is not None:
            passages = _passages(texte)
        if passages and isinstance(_cellule(place, rangees), str):
            dits = [p._replace(barre=apparence.barre) if p.barre is None else p for p in passages]
            rangees[place[0]][place[1]] = composer(dits)
        else:
            _habiller(place, apparence, rangees)


def _cellule(place: Place, rangees: Rangees) -> object:
    ligne, colonne = place
    rangee = rangees[ligne] if ligne < len(rangees) else ()
    return rangee[colonne] if colonne < len(rangee) else ""


def _habiller(place: Place, apparence: Apparence, rangees: Rangees) -> None:
    lue = _cellule(place, rangees)
    if lue != "":
        rangees[place[0]][place[1]] = habillee(lue, apparence)


def _textes_composes(xml: bytes) -> dict[str, list[Passage]]:
    """The shared texts of several runs, by their rank."""
    textes = {}
    for rang, texte in enumerate(ElementTree.fromstring(xml).iterfind("{*}si")):
        if passages := _passages(texte):
            textes[str(rang)] = passages
    return textes


def _passages(texte: Element) -> list[Passage]:
    """The runs of a rich text; none for a text of one look."""
    return list(map(_passage, texte.iterfind("{*}r")))


def _passage(morceau: Element) -> Passage:
    police = morceau.find("{*}rPr")
    mots = morceau.findtext("{*}t") or ""
    if police is None:
        return Passage(mots, barre=None)
    place = police.find("{*}vertAlign")
    decale = place is not None and place.get("val") in _DECALES
    return Passage(mots, decale, est_vrai(police.find("{*}strike")))
