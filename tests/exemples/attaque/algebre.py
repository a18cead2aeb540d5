"""Exact linear algebra over named unknowns: what follows from sums that are known.

An unknown is anything hashable; a vector is {unknown: coefficient}; numbers are int or Fraction, never float:
a leak proved here is a leak, not a rounding.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from fractions import Fraction

Inconnue = Hashable
Nombre = int | Fraction
Vecteur = dict[Inconnue, Nombre]


class Contradiction(ValueError):  # noqa: N818 — a noun of the domain
    """Two equations that cannot both be true."""


def ajouter(cible: Vecteur, autre: Mapping[Inconnue, Nombre], fois: Nombre = 1) -> None:
    """Add `fois × autre` to `cible`, in place; a null coefficient leaves the vector."""
    for inconnue, coefficient in autre.items():
        somme = cible.get(inconnue, 0) + fois * coefficient
        if somme:
            cible[inconnue] = somme
        else:
            cible.pop(inconnue, None)


def difference(a: Mapping[Inconnue, Nombre], b: Mapping[Inconnue, Nombre]) -> Vecteur:
    """`a - b`."""
    reste = dict(a)
    ajouter(reste, b, -1)
    return reste


def _diviser(a: Nombre, b: Nombre) -> Nombre:
    quotient = Fraction(a) / b
    return quotient.numerator if quotient.denominator == 1 else quotient


class Savoir:
    """A system of equations kept in reduced row echelon form, one equation after the other."""

    def __init__(self):
        self._lignes: dict[Inconnue, tuple[Vecteur, Nombre]] = {}  # pivot = total - rest
        self._ou: dict[Inconnue, set[Inconnue]] = defaultdict(set)  # free unknown → pivots that name it

    def reduire(self, vecteur: Mapping[Inconnue, Nombre]) -> tuple[Vecteur, Nombre]:
        """The vector as a sum of unknowns still free, and the known number that goes with it."""
        libre: Vecteur = {}
        connu: Nombre = 0
        for inconnue, coefficient in vecteur.items():
            ligne = self._lignes.get(inconnue)
            if ligne is None:
                ajouter(libre, {inconnue: coefficient})
            else:
                ajouter(libre, ligne[0], -coefficient)
                connu += coefficient * ligne[1]
        return libre, connu

    def apprendre(self, vecteur: Mapping[Inconnue, Nombre], total: Nombre) -> bool:
        """Add `vecteur = total`; False if it was already known.

        Raises Contradiction when what is known says otherwise.
        """
        libre, connu = self.reduire(vecteur)
        if not libre:
            if connu != total:
                raise Contradiction(f"{vecteur} = {total}, et ce serait {connu}")
            return False
        pivot = min(libre, key=lambda i: (len(self._ou[i]), str(i)))
        tete = libre.pop(pivot)
        ligne = {i: _diviser(c, tete) for i, c in libre.items()}
        total = _diviser(total - connu, tete)
        for inconnue in ligne:
            self._ou[inconnue].add(pivot)
        for autre in list(self._ou.pop(pivot, ())):
            reste, somme = self._lignes[autre]
            coefficient = reste.pop(pivot)
            avant = set(reste)
            ajouter(reste, ligne, -coefficient)
            self._lignes[autre] = reste, somme - coefficient * total
            for inconnue in avant - reste.keys():
                self._ou[inconnue].discard(autre)
            for inconnue in reste.keys() - avant:
                self._ou[inconnue].add(autre)
        self._lignes[pivot] = ligne, total
        return True

    def valeur(self, vecteur: Mapping[Inconnue, Nombre]) -> Nombre | None:
        """What the sum is worth, when the equations leave no other value."""
        libre, connu = self.reduire(vecteur)
        return None if libre else connu
