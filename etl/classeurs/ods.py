"""A .ods: its content read in one pass, repeated cells counted before they are written out.

calamine reads the values of a .ods but loses its error cells and writes out whatever is repeated; one pass
over the content gives the values, the errors, the merged ranges and what is hidden.
"""

import io
import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from etl.classeurs.modele import (
    COLONNES_MAXIMUM,
    LIGNES_MAXIMUM,
    Calcul,
    Feuille,
    Place,
    Plage,
    Rangees,
    borner,
    verifier_etendue,
    verifier_total,
)
from etl.classeurs.ods_cellules import ANNOTATION, TABLE, attribut, est_cellule, lire_cellule
from etl.classeurs.ods_styles import Styles
from etl.classeurs.paquet import Abime, lire_parties
from etl.classeurs.refus import ClasseurRefuse

_INTERDITS = (
    (re.compile("^(basic|scripts)/.", re.IGNORECASE), "macros"),
    (re.compile("^encrypted-package$"), "protege"),
)
_LIENS = (f"{TABLE}table-source", f"{TABLE}dde-links", f"{TABLE}cell-range-source")


def lire(octets: bytes) -> tuple[Feuille, ...]:
    """The sheets of a workbook, hidden ones included. Raises ClasseurRefuse."""
    parties = lire_parties(octets, _INTERDITS)
    if b"encryption-data" in parties.get("META-INF/manifest.xml", b""):
        raise ClasseurRefuse("protege")
    with Abime():
        return _Lecteur(_styles_communs(parties.get("styles.xml"))).lire(parties["content.xml"])


def _styles_communs(xml: bytes | None) -> Styles:
    styles = Styles()
    if xml is not None:
        for element in ElementTree.fromstring(xml).iter():
            styles.noter(element)
    return styles


class _Lecteur:
    """Goes through the content once, forgetting each row when it is read."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.feuilles: list[Feuille] = []
        self.styles_caches: set[str | None] = set()
        self.total = 0

    def lire(self, xml: bytes) -> tuple[Feuille, ...]:
        pile: list[Element] = []
        rangees: _Rangees | None = None
        for evenement, element in ElementTree.iterparse(io.BytesIO(xml), ("start", "end")):
            if evenement == "start":
                if element.tag in _LIENS:
                    raise ClasseurRefuse("liens_externes")
                if element.tag == f"{TABLE}table" and rangees is None:
                    rangees = _Rangees(element.get(f"{TABLE}name", ""), self.styles)
                pile.append(element)
                continue
            pile.pop()
            if element.tag == f"{TABLE}table-row" and rangees and not _dans_une_cellule(pile):
                rangees.ajouter(element, _est_masque(element, pile))
                pile[-1].remove(element)  # a long sheet is not held twice
            elif element.tag == f"{TABLE}table" and rangees and not _dans_une_cellule(pile):
                self._clore(rangees, element)
                rangees = None
            elif element.tag == f"{TABLE}table-column" and rangees and not _dans_une_cellule(pile):
                rangees.ajouter_colonnes(element, _est_masque(element, pile))
            elif element.tag.endswith("}table-properties") and attribut(element, TABLE, "display") == "false":
                self.styles_caches.add(_nom_du_style(pile[-1]))
            elif rangees is None:
                self.styles.noter(element)
        return tuple(self.feuilles)

    def _clore(self, rangees: "_Rangees", table: Element) -> None:
        cachee = table.get(f"{TABLE}style-name") in self.styles_caches
        carrees = rangees.rectangulaires()
        self.total += verifier_etendue(rangees.nom, len(carrees), len(carrees[0]) if carrees else 0)
        verifier_total(self.total)
        fusions = tuple(map(borner, rangees.fusions))
        masques = frozenset(rangees.lignes_masquees), frozenset(rangees.colonnes_masquees)
        self.feuilles.append(
            Feuille(rangees.nom, carrees, rangees.trompeuses, fusions, cachee, rangees.commentaires, masques)
        )


def _dans_une_cellule(pile: list[Element]) -> bool:
    return any(est_cellule(element) for element in pile)


def _est_masque(element: Element, pile: list[Element]) -> bool:
    """True for rows or columns hidden by hand, filtered, or in a group that is folded."""
    return attribut(element, TABLE, "visibility") in ("collapse", "filter") or any(
        attribut(groupe, TABLE, "display") == "false" for groupe in pile if groupe.tag.endswith("-group")
    )


def _nom_du_style(style: Element) -> str | None:
    return next((valeur for nom, valeur in style.attrib.items() if nom.endswith("}name")), None)


class _Rangees:
    """The rows of one sheet; blank ones are counted, and written out only before something."""

    def __init__(self, nom: str, styles: Styles) -> None:
        self.nom = nom
        self.styles = styles
        self.colonnes: list[tuple[int, str | None]] = []  # where a style of columns ends, and its name
        self.rangees: Rangees = []
        self.blanches = 0
        self.trompeuses: dict[Place, Calcul] = {}
        self.fusions: list[Plage] = []
        self.cellules = 0
        self.commentaires: dict[Place, str] = {}
        self.lignes_masquees: set[int] = set()
        self.colonnes_masquees: set[int] = set()

    def ajouter_colonnes(self, element: Element, masquees: bool) -> None:
        """Columns of one style, which is that of their cells that have none."""
        debut = self.colonnes[-1][0] if self.colonnes else 0
        fin = debut + _repetition(element, "number-columns-repeated")
        self.colonnes.append((fin, attribut(element, TABLE, "default-cell-style-name")))
        self.colonnes_masquees |= set(range(debut, min(fin, COLONNES_MAXIMUM)) if masquees else ())

    def ajouter(self, element: Element, masquees: bool) -> None:
        rangee, calculs, etendues = self._cellules(element)
        fois = _repetition(element, "number-rows-repeated")
        self._noter_commentaires(element)
        if not rangee and not calculs:
            self.blanches += fois
            return
        premiere = len(self.rangees) + self.blanches
        verifier_etendue(self.nom, premiere + fois, len(rangee))
        self.cellules += fois * len(rangee)
        verifier_total(self.cellules)
        self.rangees += [[] for _ in range(self.blanches)]
        self.blanches = 0
        self.lignes_masquees |= set(range(premiere, premiere + fois) if masquees else ())
        for ligne in range(premiere, premiere + fois):
            self.rangees.append(list(rangee))
            self.trompeuses |= {(ligne, colonne): calcul for colonne, calcul in calculs.items()}
            self.fusions += [(ligne, c, ligne + bas, c + droite) for c, bas, droite in etendues]

    def _cellules(self, element: Element) -> tuple[list[object], dict[int, Calcul], list[tuple]]:
        rangee: list[object] = []
        calculs: dict[int, Calcul] = {}
        etendues = []
        blanches = 0
        de_la_ligne = attribut(element, TABLE, "default-cell-style-name")
        for cellule in filter(est_cellule, element):
            fois = _repetition(cellule, "number-columns-repeated")
            bas = min(_repetition(cellule, "number-rows-spanned"), LIGNES_MAXIMUM) - 1
            droite = min(_repetition(cellule, "number-columns-spanned"), COLONNES_MAXIMUM) - 1
            if bas or droite:
                etendues.append((len(rangee) + blanches, bas, droite))
            style = attribut(cellule, TABLE, "style-name") or de_la_ligne
            style = style or self._style_de_colonne(len(rangee) + blanches)
            lue = lire_cellule(cellule, self.styles, style)
            if lue == "":
                blanches += fois
                continue
            verifier_etendue(self.nom, 0, len(rangee) + blanches + fois)
            rangee += [""] * blanches
            blanches = 0
            if isinstance(lue, Calcul):
                calculs |= dict.fromkeys(range(len(rangee), len(rangee) + fois), lue)
                lue = ""
            rangee += [lue] * fois
        return rangee, calculs, etendues

    def _noter_commentaires(self, element: Element) -> None:
        if element.find(f".//{ANNOTATION}") is None:  # nearly every row
            return
        colonne = 0
        for cellule in filter(est_cellule, element):
            if (note := cellule.find(ANNOTATION)) is not None:
                place = len(self.rangees) + self.blanches, colonne
                self.commentaires[place] = next(
                    (a.text or "" for a in note if a.tag.endswith("}creator")), ""
                )
            colonne += _repetition(cellule, "number-columns-repeated")

    def _style_de_colonne(self, colonne: int) -> str | None:
        return next((style for fin, style in self.colonnes if colonne < fin), None)

    def rectangulaires(self) -> Rangees:
        largeur = max(map(len, self.rangees), default=0)
        verifier_total(largeur * len(self.rangees))
        for rangee in self.rangees:
            rangee += [""] * (largeur - len(rangee))
        return self.rangees


def _repetition(element: Element, nom: str) -> int:
    texte = attribut(element, TABLE, nom) or ""
    return max(int(texte), 1) if texte.isdecimal() and len(texte) < 12 else 1
