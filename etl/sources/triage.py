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
_PLACES = 100_000  # remembered at a time: France has fewer communes and IRIS

Cle = bytes | tuple[bytes, ...]


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
    """Goes through the blocks of one file, and counts by place the lines that are elsewhere."""

    def __init__(self, tri: Tri, separateur: str) -> None:
        self._tri = tri
        self._separateur = separateur
        self._ecrit = separateur.encode()
        self._largeur = max(tri.places) + 1
        self._choisir = itemgetter(*tri.places)
        # the cells that place a line are its first ones: no other can hide a separator before them
        self._en_tete = set(tri.places) == set(range(self._largeur))
        self._codes: dict[Cle, str] = {}
        self._comptes: dict[Cle, int] = {}

    def a_lire(self, lignes: Sequence[bytes], decoder: Callable[[bytes], str]) -> Iterator[tuple[int, bytes]]:
        """Give the lines of a block that must be cut: (rank from 0, bytes); `finir` tells the others."""
        comptes, octets = self._comptes, 0
        for rang, ligne in enumerate(lignes):
            if octets and (cle := ligne[:octets]) in comptes:  # named with as many letters as the one above
                comptes[cle] += 1
                continue
            cle = self._cle(ligne)
            if cle in comptes:
                comptes[cle] += 1
            elif (code := self._place(ligne, decoder)) is None:
                yield rang, ligne
            else:
                self._tri.compter(code, 1)
                if cle is not None:
                    self._retenir(cle, code)
            octets = len(cle) if cle is not None and self._en_tete else 0

    def finir(self) -> None:
        """Tell how many lines each place had beyond the first one, which was told at once."""
        for cle, nombre in self._comptes.items():
            if nombre:
                self._tri.compter(self._codes[cle], nombre)
        self._codes.clear()
        self._comptes.clear()

    def _cle(self, ligne: bytes) -> Cle | None:
        """The cells that place a line, as printed, when no quote can hide where they stand."""
        debut = ligne.split(self._ecrit, self._largeur)
        if len(debut) <= self._largeur:
            return None
        if self._en_tete:
            return self._ecrit.join((*debut[:-1], b""))
        return None if b'"' in ligne else self._choisir(debut)

    def _retenir(self, cle: Cle, code: str) -> None:
        if len(self._codes) >= _PLACES:
            self.finir()
        self._codes[cle], self._comptes[cle] = code, 0

    def _place(self, ligne: bytes, decoder: Callable[[bytes], str]) -> str | None:
        """Code of the place, elsewhere, that the first cells of a line surely name; None: it must be cut."""
        debut = ligne.split(self._ecrit, self._largeur)[: self._largeur]
        cellules = self._couper(debut, decoder) if b'"' in ligne else debut
        if cellules is None or len(cellules) < self._largeur:
            return None
        lieu = [cellules[place] for place in self._tri.places]
        if not any(lieu):
            return None
        return self._tri.ailleurs(lieu if cellules is not debut else list(map(decoder, lieu)))

    def _couper(self, debut: Sequence[bytes], decoder: Callable[[bytes], str]) -> list[str] | None:
        """The first cells of a line that holds quotes: too few when one of them hides a separator."""
        texte = decoder(self._ecrit.join(debut))
        try:
            return next(csv.reader([texte], delimiter=self._separateur, strict=True))
        except csv.Error:
            return None
