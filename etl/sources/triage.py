"""Leave the lines of other communes uncut: a national file holds a few lines of ours among millions.

A line that its first cells place elsewhere is counted and goes no further; any other is cut by the csv
module, as it would be in a small file. This holds while every end of line ends a row (`est_plat`), which
most producers' files are from end to end.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

import numpy as np

from etl.sources.tables import Tri

_FIN, _RETOUR, _GUILLEMET = b'\n\r"'
_AUCUNE = b"\n"  # no line, cut at the ends of lines, begins with it
_CONNUS = 100_000


def est_plat(bloc: bytes, separateur: str) -> bool:
    """Say whether each end of line of a block ends a row, and the csv module would find no fault in it.

    `bloc` begins and ends with a row. Its quotes then open a cell, close it, or go two by two inside it.
    """
    octets = np.frombuffer(bloc, np.uint8)
    fins = np.flatnonzero(octets == _FIN)
    if np.diff(fins, prepend=-1).max() > csv.field_size_limit():
        return False
    if b"\r" in bloc and (octets[np.flatnonzero(octets == _RETOUR) + 1] != _FIN).any():
        return False
    if b'"' not in bloc:
        return True
    guillemets = np.flatnonzero(octets == _GUILLEMET)
    if len(guillemets) % 2 or (np.searchsorted(guillemets, fins) % 2).any():
        return False
    voisins = np.zeros(256, np.bool_)
    voisins[[ord(separateur), _FIN, _GUILLEMET]] = True
    if not voisins[octets[guillemets[::2] - 1]].all():  # before the first byte: the last one, an end of line
        return False
    voisins[_RETOUR] = True
    return bool(voisins[octets[guillemets[1::2] + 1]].all())


class Triage:
    """Goes through the blocks of one file; what it learnt of a place serves for the following ones."""

    def __init__(self, tri: Tri, separateur: str) -> None:
        self._tri = tri
        self._separateur = separateur
        self._ecrit = separateur.encode()
        self._largeur = max(tri.places) + 1
        self._choisir = itemgetter(*tri.places)
        # the cells that place a line are its first ones: no other can hide a separator before them
        self._en_tete = set(tri.places) == set(range(self._largeur))
        self._connus: dict[bytes | tuple[bytes, ...], str] = {}

    def a_lire(self, lignes: Sequence[bytes], decoder: Callable[[bytes], str]) -> Iterator[tuple[int, bytes]]:
        """Give the lines of a block that must be cut: (rank from 0, bytes); the others are counted."""
        separateur, largeur, connus, choisir = self._ecrit, self._largeur, self._connus, self._choisir
        comptes: dict[str, int] = {}
        semblables, code = _AUCUNE, ""
        for rang, ligne in enumerate(lignes):
            if ligne.startswith(semblables):  # of the same place as the one above
                comptes[code] += 1
                continue
            debut = ligne.split(separateur, largeur)
            simple = self._en_tete or b'"' not in ligne
            code = connus.get(choisir(debut)) if simple and len(debut) > largeur else None
            if code is None:
                code = self._place(ligne, debut[:largeur], decoder)
            if code is None:
                self._compter(comptes)
                semblables = _AUCUNE
                yield rang, ligne
            else:
                comptes[code] = comptes.get(code, 0) + 1
                semblables = separateur.join((*debut[:largeur], b"")) if self._en_tete else _AUCUNE
        self._compter(comptes)

    def _compter(self, comptes: dict[str, int]) -> None:
        for code, nombre in comptes.items():
            self._tri.compter(code, nombre)
        comptes.clear()

    def _place(self, ligne: bytes, debut: Sequence[bytes], decoder: Callable[[bytes], str]) -> str | None:
        """Code of the place, elsewhere, that the first cells of a line surely name; None: it must be cut."""
        if len(debut) < self._largeur:
            return None
        simple = b'"' not in ligne
        cellules = debut if simple else self._couper(debut, decoder)
        if cellules is None:
            return None
        choisies = [cellules[place] for place in self._tri.places]
        if not any(choisies):
            return None
        if simple:
            choisies = list(map(decoder, choisies))
        code = self._tri.ailleurs(choisies)
        if code is not None and (simple or self._en_tete):
            if len(self._connus) >= _CONNUS:
                self._connus.clear()
            self._connus[self._choisir(debut)] = code
        return code

    def _couper(self, debut: Sequence[bytes], decoder: Callable[[bytes], str]) -> list[str] | None:
        """The first cells of a line that holds quotes; None when one of them hides a separator."""
        try:
            texte = decoder(self._ecrit.join(debut))
            cellules = next(csv.reader([texte], delimiter=self._separateur, strict=True))
        except csv.Error:
            return None
        return cellules if len(cellules) == len(debut) else None
