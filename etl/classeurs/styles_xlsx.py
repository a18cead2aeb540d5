"""Which cell formats of a .xlsx change what a person reads: words around the number, everything struck.

The part « styles » of a workbook lists its cell formats; a cell names one by its rank. Source: ECMA-376,
part 1, 18.8.
"""

from functools import lru_cache
from xml.etree import ElementTree

from ctg.formats import nombre
from etl.classeurs.affichage import parle
from etl.classeurs.apparence import CODES_CONNUS, Apparence
from etl.classeurs.refus import ClasseurRefuse

_GARDES = 2**18  # bytes of the largest styles remembered
_FORMATS_MAXIMUM = 10_000  # Excel itself stops at 250
_NON = frozenset({"0", "false", "none"})


def apparences(xml: bytes) -> dict[str, Apparence]:
    """The cell formats worth a look, by their rank as cells write it.

    Raises ElementTree.ParseError, ClasseurRefuse (« trop_de_formats »).
    """
    return _gardees(xml) if len(xml) < _GARDES else _lire(xml)


@lru_cache(maxsize=64)  # the forms of a campaign have the same styles
def _gardees(xml: bytes) -> dict[str, Apparence]:
    return _lire(xml)


def _lire(xml: bytes) -> dict[str, Apparence]:
    racine = ElementTree.fromstring(xml)
    codes = dict(CODES_CONNUS)
    formats = racine.findall("{*}numFmts/{*}numFmt")
    if len(formats) > _FORMATS_MAXIMUM:
        raise ClasseurRefuse("trop_de_formats", nombre=nombre(len(formats)), maximum=nombre(_FORMATS_MAXIMUM))
    for format_ in formats:
        numero = format_.get("numFmtId", "")
        if numero.isdecimal():
            codes[int(numero)] = format_.get("formatCode", "")
    barrees = [est_vrai(police.find("{*}strike")) for police in racine.iterfind("{*}fonts/{*}font")]
    trouvees = {}
    for rang, format_ in enumerate(racine.iterfind("{*}cellXfs/{*}xf")):
        code = codes.get(_rang(format_, "numFmtId"))
        police = _rang(format_, "fontId")
        barre = police < len(barrees) and barrees[police]
        if barre or (code and parle(code)):
            trouvees[str(rang)] = Apparence(code if code and parle(code) else None, barre)
    return trouvees


def est_vrai(marque: ElementTree.Element | None) -> bool:
    """True for a mark of a font that is there and does not say it is off: `<strike/>`."""
    return marque is not None and marque.get("val", "1") not in _NON


def _rang(format_: ElementTree.Element, nom: str) -> int:
    texte = format_.get(nom, "")
    return int(texte) if texte.isdecimal() and len(texte) < 9 else 0
