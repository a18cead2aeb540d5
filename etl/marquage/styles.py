"""The styles of a .xlsx: the one of a cell with another colour, those of the list."""

from copy import deepcopy

from lxml import etree

from etl.marquage.cellules import balise
from etl.marquage.modele import FONDS
from etl.marquage.paquet import Paquet, PaquetInattendu

_PARTIE = "xl/styles.xml"


class Styles:
    """Formats of cells by number; a new one is added when it is first asked for."""

    def __init__(self, paquet: Paquet) -> None:
        self._racine = paquet.xml(_PARTIE)
        self._formats = self._racine.find(balise("cellXfs"))
        if self._formats is None or not len(self._formats):
            raise PaquetInattendu(_PARTIE)
        self._faits: dict[tuple, str] = {}
        self._ajoutes: dict[tuple[str, bytes], str] = {}

    def colorer(self, style: str | None, fond: str | None) -> str:
        """The same format, with a colour of FONDS; None takes the colour away."""
        return self._faire(int(style or 0), fond=fond, recolorer=True)

    def de_la_liste(
        self, fond: str | None = None, gras: bool = False, lien: bool = False, texte: bool = False
    ) -> str:
        """A format of the list: on several lines from the top; `texte`: kept as typed, never a formula."""
        return self._faire(0, fond=fond, gras=gras, lien=lien, texte=texte)

    def est_a_nous(self, style: str | None) -> bool:
        """Say whether a cell of this format bears one of our colours."""
        rang = int(style or 0)
        if rang >= len(self._formats):
            return False
        fonds = self._racine.find(balise("fills"))
        numero = int(self._formats[rang].get("fillId", 0))
        if fonds is None or numero >= len(fonds):
            return False
        couleur = fonds[numero].find(f".//{balise('fgColor')}")
        return couleur is not None and couleur.get("rgb", "")[-6:].upper() in FONDS.values()

    def _faire(self, modele: int, **details: object) -> str:
        cle = (modele, *sorted(details.items()))
        if cle not in self._faits:
            format_ = deepcopy(self._formats[modele if modele < len(self._formats) else 0])
            if details.get("recolorer"):
                self._remplir(format_, details["fond"])
            else:
                self._habiller(format_, **details)
            self._formats.append(format_)
            self._formats.set("count", str(len(self._formats)))
            self._faits[cle] = str(len(self._formats) - 1)
        return self._faits[cle]

    def _remplir(self, format_: etree._Element, fond: str | None) -> None:
        format_.set("fillId", self._fond(FONDS[fond]) if fond else "0")
        format_.set("applyFill", "1")

    def _habiller(
        self, format_: etree._Element, fond: str | None, gras: bool, lien: bool, texte: bool
    ) -> None:
        del format_[:]
        for nom, valeur in {"numFmtId": "0", "borderId": "0", "fontId": self._police(gras, lien)}.items():
            format_.set(nom, valeur)
        format_.set("applyFont", "1")
        self._remplir(format_, fond)
        format_.set("applyAlignment", "1")
        if texte:
            format_.set("quotePrefix", "1")
        etree.SubElement(format_, balise("alignment"), vertical="top", wrapText="1")

    def _fond(self, couleur: str) -> str:
        fond = etree.Element(balise("fill"))
        motif = etree.SubElement(fond, balise("patternFill"), patternType="solid")
        etree.SubElement(motif, balise("fgColor"), rgb=f"FF{couleur}")
        etree.SubElement(motif, balise("bgColor"), indexed="64")
        return self._ajouter("fills", fond)

    def _police(self, gras: bool, lien: bool) -> str:
        if not gras and not lien:
            return "0"
        police = etree.Element(balise("font"))
        if gras:
            etree.SubElement(police, balise("b"))
        if lien:
            etree.SubElement(police, balise("u"))
        etree.SubElement(police, balise("sz"), val="11")
        etree.SubElement(police, balise("color"), rgb="FF0563C1" if lien else "FF000000")
        etree.SubElement(police, balise("name"), val="Calibri")
        return self._ajouter("fonts", police)

    def _ajouter(self, famille: str, element: etree._Element) -> str:
        """The number of an element in its family; the same one is not written twice."""
        parent = self._racine.find(balise(famille))
        if parent is None:
            raise PaquetInattendu(_PARTIE)
        cle = (famille, etree.tostring(element))
        if cle not in self._ajoutes:
            parent.append(element)
            parent.set("count", str(len(parent)))
            self._ajoutes[cle] = str(len(parent) - 1)
        return self._ajoutes[cle]
