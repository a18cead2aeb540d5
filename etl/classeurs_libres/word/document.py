"""A Word form as a workbook of one sheet: one row per paragraph, one per row of a table, in their order.

Only the checked XML is read (size, macros, entities: `etl.classeurs.paquet`); nothing of Word is interpreted.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from etl.canevas.grammaire import CORRIGE
from etl.classeurs import Classeur, ClasseurRefuse
from etl.classeurs.modele import (
    OCTETS_MAXIMUM,
    Place,
    Plage,
    verifier_etendue,
    verifier_fusions,
    verifier_textes,
)
from etl.classeurs.paquet import Abime, lire_parties
from etl.classeurs_libres.word.lieux import Bloc, PageWord
from etl.classeurs_libres.word.texte import Styles, attribut, effacer_invites, nom, texte

FEUILLE = "Document Word"
_DOCUMENT = "word/document.xml"
_PROPRIETES = "docProps/core.xml"
# among the keywords of a marked copy: the file it was made from
_MARQUE = re.compile(rf"{CORRIGE}([0-9a-f]{{64}})".encode())
_SIGNATURE = b"PK\x03\x04"
_INTERDITS = (
    (re.compile("vbaproject", re.IGNORECASE), "macros"),
    (re.compile("(^|/)embeddings/", re.IGNORECASE), "objets_incorpores"),
)
_LARGEUR = 64  # columns that one cell may span
# what is around blocks of text without being text: content controls, tracked insertions
_ENVELOPPES = frozenset({"sdt", "sdtContent", "ins", "smartTag", "customXml", "moveTo"})


def ouvrir_word(chemin: Path) -> Classeur | None:
    """The text and tables of a .docx, recognised by its content; None for any other file.

    Raises ClasseurRefuse (too heavy, damaged, macros, entities…), OSError.
    """
    with chemin.open("rb") as flux:
        if flux.read(len(_SIGNATURE)) != _SIGNATURE:
            return None
    taille = chemin.stat().st_size
    if taille > OCTETS_MAXIMUM:
        raise ClasseurRefuse("fichier_trop_lourd", taille=taille // 2**20, maximum=OCTETS_MAXIMUM // 2**20)
    octets = chemin.read_bytes()
    if _DOCUMENT.encode() not in octets:  # the names of the parts are written in clear
        return None
    parties = lire_parties(octets, _INTERDITS)
    if _DOCUMENT not in parties:
        return None
    with Abime():
        corps = next(iter(ElementTree.fromstring(parties[_DOCUMENT])), None)
        styles = Styles(parties)
    page = Page(styles)
    try:
        if corps is not None:
            effacer_invites(corps)
            page.lire(corps)
    except RecursionError as erreur:  # blocks nested by the thousand: no person wrote that
        raise ClasseurRefuse("classeur_abime") from erreur
    marque = _MARQUE.search(parties.get(_PROPRIETES, b""))
    return Classeur("docx", (page.feuille(marque[1].decode() if marque else None),))


class Page:
    """The rows of a document as they come. `fusions`: its merged ranges; `elements`: the paragraph or the
    cell that stands at each place."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.rangees: list[list[object]] = []
        self.fusions: list[Plage] = []
        self.blocs: list[Bloc | None] = []
        self.elements: dict[Place, ElementTree.Element] = {}

    def feuille(self, corrige: str | None = None) -> PageWord:
        """The rows, all of one width; `corrige` as in `PageWord`. Raises ClasseurRefuse past the limits."""
        largeur = max(map(len, self.rangees), default=0)
        verifier_etendue(FEUILLE, len(self.rangees), largeur)
        pleines = [[*rangee, *[""] * (largeur - len(rangee))] for rangee in self.rangees]
        feuille = PageWord(
            FEUILLE, pleines, fusions=tuple(self.fusions), blocs=tuple(self.blocs), corrige=corrige
        )
        verifier_fusions(feuille.fusions)
        verifier_textes((feuille,))
        return feuille

    def lire(self, corps: ElementTree.Element) -> None:
        """The blocks of the body; a blank row stands around each table, so that it ends."""
        paragraphes = tableaux = 0
        for element in _blocs(corps):
            if nom(element) == "p":
                paragraphes += 1
                self.elements[len(self.rangees), 0] = element
                self._ajouter([texte(element, self.styles)], Bloc(0, paragraphes, _est_un_titre(element)))
                continue
            tableaux += 1
            self._ajouter([], None)
            self._tableau(element, tableaux)
            self._ajouter([], None)

    def _ajouter(self, rangee: list[object], bloc: Bloc | None) -> None:
        self.rangees.append(rangee)
        self.blocs.append(bloc)
        verifier_etendue(FEUILLE, len(self.rangees), len(rangee))

    def _tableau(self, tableau: ElementTree.Element, numero: int) -> None:
        # column → the cell merged downwards that is open there: its first row, its width
        ouvertes: dict[int, tuple[int, int]] = {}
        for rang_de_ligne, ligne in enumerate(_enfants(tableau, "tr"), 1):
            rang, rangee = len(self.rangees), [""] * _avant(ligne)
            suivies: dict[int, tuple[int, int]] = {}
            for cellule in _enfants(ligne, "tc"):
                verifier_etendue(FEUILLE, rang + 1, len(rangee))  # at once: a few bytes span many columns
                colonne, largeur, fusion = len(rangee), _largeur(cellule), _fusion(cellule)
                if fusion == "continue" and colonne in ouvertes:
                    suivies[colonne] = ouvertes[colonne]
                    rangee += [""] * largeur  # hidden under the cell above
                    continue
                if fusion is not None:
                    suivies[colonne] = (rang, largeur)
                elif largeur > 1:
                    self.fusions.append((rang, colonne, rang, colonne + largeur - 1))
                self.elements[rang, colonne] = cellule
                rangee += [texte(cellule, self.styles), *[""] * (largeur - 1)]
            self._fermer(ouvertes, suivies, rang - 1)
            ouvertes = suivies
            self._ajouter(rangee, Bloc(numero, rang_de_ligne))
        self._fermer(ouvertes, {}, len(self.rangees) - 1)

    def _fermer(
        self, ouvertes: dict[int, tuple[int, int]], suivies: dict[int, tuple[int, int]], fin: int
    ) -> None:
        """Note the merged cells that end on row `fin`."""
        for colonne, (debut, largeur) in ouvertes.items():
            if suivies.get(colonne) != (debut, largeur) and (fin > debut or largeur > 1):
                self.fusions.append((debut, colonne, fin, colonne + largeur - 1))


def _blocs(bloc: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for element in bloc:
        genre = nom(element)
        if genre in ("p", "tbl"):
            yield element
        elif genre in _ENVELOPPES:
            yield from _blocs(element)


def _est_un_titre(paragraphe: ElementTree.Element) -> bool:
    styles = (e for p in paragraphe if nom(p) == "pPr" for e in p if nom(e) == "pStyle")
    return any((attribut(e, "val") or "").startswith(("Heading", "Titre")) for e in styles)


def _enfants(parent: ElementTree.Element, genre: str) -> Iterator[ElementTree.Element]:
    for element in parent:
        if nom(element) == genre:
            yield element
        elif nom(element) in _ENVELOPPES:
            yield from _enfants(element, genre)


def _avant(ligne: ElementTree.Element) -> int:
    """The columns that a row leaves empty before its first cell."""
    return min(
        next((_nombre(e, 0) for p in ligne if nom(p) == "trPr" for e in p if nom(e) == "gridBefore"), 0),
        _LARGEUR,
    )


def _largeur(cellule: ElementTree.Element) -> int:
    """The columns that a cell spans."""
    return max(
        1, min(next((_nombre(e, 1) for e in _proprietes(cellule) if nom(e) == "gridSpan"), 1), _LARGEUR)
    )


def _fusion(cellule: ElementTree.Element) -> str | None:
    """« restart » or « continue » in a cell merged downwards; None in any other."""
    balise = next((e for e in _proprietes(cellule) if nom(e) == "vMerge"), None)
    return None if balise is None else attribut(balise, "val") or "continue"


def _proprietes(cellule: ElementTree.Element) -> Iterator[ElementTree.Element]:
    return (e for p in cellule if nom(p) == "tcPr" for e in p)


def _nombre(element: ElementTree.Element, defaut: int) -> int:
    lu = attribut(element, "val") or ""
    return int(lu) if lu.isdecimal() and len(lu) < 5 else defaut
