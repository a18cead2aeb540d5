"""What a fast reader of .xlsx loses: error cells, formulas never computed, merged ranges, detours of XML.

python-calamine returns an empty text for an error, for a formula without result and for a truth value that is
neither true nor false. A byte search tells whether a sheet holds any; only then is its XML parsed.
"""

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from etl.classeurs.modele import Calcul, Place, Plage, borner

# A formula, with or without a namespace prefix, an error, a truth value. A false alarm costs the parsing of
# the sheet.
_SIGNES = (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b't="e"', b"t='e'", b't="b"', b"t='b'")
_VERITES = frozenset({"", "0", "1", "true", "false"})
# A value written with a detour that XML allows: an entity, a comment, a CDATA section.
_DETOUR = re.compile(rb"(<(?:[\w.-]{1,20}:)?v(?:\s[^<>]*+)?>)[^<&]*+(?:&|<(?!/))")
_FIN_DE_VALEUR = re.compile(rb"</(?:[\w.-]{1,20}:)?v\s*+>")
_ADRESSE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_FUSION = re.compile(rb"<(?:[\w.-]{1,20}:)?mergeCell\s[^<>]*+>")
_PLAGE = re.compile(rb"""\bref\s?=\s?["']([A-Za-z]{1,3})([0-9]{1,7}):([A-Za-z]{1,3})([0-9]{1,7})["']""")


def sans_detour(xml: bytes) -> bytes:
    """The same sheet, each value written straight: of « 1&#50;3 », 123, calamine only reads 1.

    `xml` is a sheet without document type. Raises ElementTree.ParseError.
    """
    morceaux, fait = [], 0
    while (detour := _DETOUR.search(xml, fait)) and (fin := _FIN_DE_VALEUR.search(xml, detour.end())):
        texte = "".join(ElementTree.fromstring(b"<v>%b</v>" % xml[detour.end(1) : fin.start()]).itertext())
        morceaux += [xml[fait : detour.end(1)], escape(texte).encode()]
        fait = fin.start()
    return b"".join((*morceaux, xml[fait:]))


def cellules_trompeuses(xml: bytes) -> dict[Place, Calcul]:
    """The error cells and the formulas without a value of a sheet, by (row, column) counted from 0.

    `xml` is a sheet without document type (see `paquet.lire_parties`). A formula with its value is not
    listed. Raises ElementTree.ParseError.
    """
    if not any(signe in xml for signe in _SIGNES):
        return {}
    return {place: calcul for place, cellule in cellules(xml) if (calcul := _calcul(cellule))}


def cellules(xml: bytes) -> Iterator[tuple[Place, ElementTree.Element]]:
    """Every cell of a sheet with its place; a cell without an address stands after the former.

    `xml` is a sheet without document type. Raises ElementTree.ParseError.
    """
    ligne, colonne = -1, -1
    for evenement, element in ElementTree.iterparse(io.BytesIO(xml), ("start", "end")):
        nom = element.tag.rpartition("}")[2]
        if evenement == "start":
            if nom == "row":
                rang = element.get("r", "")
                ligne, colonne = int(rang) - 1 if rang.isdecimal() else ligne + 1, -1
        elif nom == "c":
            colonne = _colonne(element.get("r"), colonne + 1)
            yield (ligne, colonne), element
        elif nom == "row":
            element.clear()  # a long sheet is not held twice


def _colonne(adresse: str | None, suivante: int) -> int:
    trouve = _ADRESSE.fullmatch(adresse or "")
    return rang_de_colonne(trouve[1]) if trouve else suivante


@lru_cache(maxsize=1024)
def rang_de_colonne(lettres: str) -> int:
    """The rank of a column counted from 0: « A » → 0, « AA » → 26."""
    rang = 0
    for lettre in lettres.upper():
        rang = rang * 26 + ord(lettre) - 64
    return rang - 1


def _calcul(cellule: ElementTree.Element) -> Calcul | None:
    formule = cellule.find("{*}f")
    valeur = cellule.findtext("{*}v") or ""
    texte = None if formule is None else f"={formule.text or ''}"
    if cellule.get("t") == "e":
        return Calcul(texte, valeur or "#ERREUR")
    if cellule.get("t") == "b" and valeur.strip().casefold() not in _VERITES:
        return Calcul(texte, valeur)
    if texte is None or valeur:
        return None
    # A formula whose result is an empty text was computed: « =SI(A1="";"";A1) ».
    calculee = cellule.get("t") == "str" and cellule.find("{*}v") is not None
    return None if calculee else Calcul(texte, None)


def plages_fusionnees(xml: bytes) -> tuple[Plage, ...]:
    """The merged ranges of a sheet, in the order of its XML."""
    if b"mergeCell" not in xml:
        return ()
    # They stand after the cells: what precedes is not searched.
    fin = max(xml.rfind(b"sheetData>"), 0)
    return tuple(plage for balise in _FUSION.findall(xml, fin) if (plage := _plage(balise)))


@lru_cache(maxsize=4096)  # the forms of a campaign merge the same cells
def _plage(balise: bytes) -> Plage | None:
    trouve = _PLAGE.search(balise)
    if trouve is None:
        return None
    c0, r0, c1, r1 = (borne.decode() for borne in trouve.groups())
    return borner((int(r0) - 1, rang_de_colonne(c0), int(r1) - 1, rang_de_colonne(c1)))
