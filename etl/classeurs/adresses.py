"""Where the cells of a .xlsx say they stand: an address said twice, or that is none, would lose a value."""

import re

from etl.classeurs.refus import ClasseurRefuse

_DEBUT = rb"<(?:[\w.-]{1,20}:)?c\s"
_VALIDE = re.compile(rb'<c r="([A-Z]{1,3}[1-9][0-9]{0,6})"')
# Any other way to write the tag: another prefix, other attributes first, quotes of another kind.
_BALISE = re.compile(_DEBUT + rb"[^<>]*+>")
_ATTRIBUT = re.compile(rb"""\sr\s?=\s?["']([^"']*)["']""")
_ADRESSE = re.compile(rb"[A-Z]{1,3}[1-9][0-9]{0,6}")


def verifier_adresses(xml: bytes) -> bool:
    """Check the addresses of a sheet; cells without one stand after the former and are left alone.

    True when every cell is written as the usual programs do, its address first: a search finds them all.

    Raises ClasseurRefuse (« classeur_abime ») for an address read twice, or that names no cell: readers then
    keep one of the two values, or put it elsewhere, in silence.
    """
    adresses = _VALIDE.findall(xml)
    usuelles = len(adresses) == xml.count(b"<c ") and b":c " not in xml
    if not usuelles:
        dites = [dit[1] for balise in _BALISE.finditer(xml) if (dit := _ATTRIBUT.search(balise[0]))]
        adresses = [adresse for adresse in dites if _ADRESSE.fullmatch(adresse)]
        if len(adresses) != len(dites):
            raise ClasseurRefuse("classeur_abime")
    if len(set(adresses)) != len(adresses):
        raise ClasseurRefuse("classeur_abime")
    return usuelles
