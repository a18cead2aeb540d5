"""What can be worked out from the numbers shown: additions and subtractions, to the end.

A number shown is a sum of answers (« atoms »). All those shown make a linear system, kept here in reduced row
echelon form: each row is a combination of answers that a reader can work out, and whatever else can be worked
out is a sum of rows. A number is shown only if no row then tells what must stay hidden.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

Forme = Mapping[int, int | Fraction]
"""A combination of answers: the coefficient of each atom, never zero."""


class Deductions:
    """What a reader of the numbers shown so far can work out.

    `trahit` judges a combination of answers as if it were shown. Atoms are numbered from the most likely to
    stay hidden to the least: a row is known by its first atom (its pivot), which is best worked out last.
    """

    def __init__(self, trahit: Callable[[Forme], bool]) -> None:
        self._trahit = trahit
        self._connues = _Formes()  # by pivot, whose coefficient is 1 and which stands in no other row
        self._tues = _Formes()  # what must stay out of reach, less what is known of it

    def taire(self, forme: Forme) -> None:
        """Keep a combination out of reach, whatever `trahit` says of it."""
        self._tues.poser(len(self._tues), self._inconnu(forme))

    def supposer(self, forme: Forme) -> None:
        """Take as known what every reader knows: that parts make a total, for example."""
        self._apprendre(forme)

    def montrer(self, formes: Iterable[Forme]) -> bool:
        """Show a number, or the two of a rate, unless this gives away what is to stay hidden.

        Returns whether it is shown; if not, nothing has changed.
        """
        apprises: list[_Apprise] = []
        for forme in formes:
            apprise = self._apprendre(forme)
            if apprise is None:
                continue
            apprises.append(apprise)
            if self._dit_trop(apprise):
                for derniere in reversed(apprises):
                    self._oublier(derniere)
                return False
        return True

    def _inconnu(self, forme: Forme) -> dict[int, int | Fraction]:
        """What is left of a combination once what is known of it is taken away."""
        reste = dict(forme)
        for atome in forme:
            if atome in self._connues:
                _ajouter(reste, self._connues[atome], -forme[atome])
        return reste

    def _apprendre(self, forme: Forme) -> "_Apprise | None":
        """Add a row to what is known, if it was not within reach already."""
        nouvelle = self._inconnu(forme)
        if not nouvelle:
            return None
        pivot = min(nouvelle)
        tete = nouvelle[pivot]
        if tete != 1:
            nouvelle = {atome: _diviser(c, tete) for atome, c in nouvelle.items()}
        connues = self._connues.retrancher(nouvelle, pivot)
        tues = self._tues.retrancher(nouvelle, pivot)
        self._connues.poser(pivot, nouvelle)
        return _Apprise(pivot, connues, tues)

    def _dit_trop(self, apprise: "_Apprise") -> bool:
        return any(not self._tues[place] for place in apprise.tues) or any(
            self._trahit(self._connues[place]) for place in (apprise.pivot, *apprise.connues)
        )

    def _oublier(self, apprise: "_Apprise") -> None:
        """Take back the last row that was learnt."""
        ligne = self._connues.retirer(apprise.pivot)
        self._connues.rendre(ligne, apprise.connues)
        self._tues.rendre(ligne, apprise.tues)


class _Apprise(NamedTuple):
    """A row just learnt, by its pivot, and how many times it was taken away from the combinations where its
    pivot stood."""

    pivot: int
    connues: Mapping[int, int | Fraction]
    tues: Mapping[int, int | Fraction]


class _Formes(dict[int, dict[int, int | Fraction]]):
    """Combinations, and where each atom stands among them: a wide one is never copied."""

    def __init__(self) -> None:
        super().__init__()
        self._places: dict[int, set[int]] = defaultdict(set)

    def poser(self, place: int, forme: dict[int, int | Fraction]) -> None:
        """Put a combination in an empty place."""
        self[place] = forme
        for atome in forme:
            self._places[atome].add(place)

    def retirer(self, place: int) -> Forme:
        """Empty a place, and return what it held."""
        forme = self.pop(place)
        for atome in forme:
            self._places[atome].discard(place)
        return forme

    def retrancher(self, ligne: Forme, pivot: int) -> dict[int, int | Fraction]:
        """Take a row away from every combination where its pivot stands; say how many times, by place."""
        fois = {place: self[place][pivot] for place in self._places[pivot]}
        for place, combien in fois.items():
            self._changer(place, ligne, -combien)
        return fois

    def rendre(self, ligne: Forme, fois: Mapping[int, int | Fraction]) -> None:
        """Give back what `retrancher` took away."""
        for place, combien in fois.items():
            self._changer(place, ligne, combien)

    def _changer(self, place: int, ligne: Forme, fois: int | Fraction) -> None:
        forme = self[place]
        _ajouter(forme, ligne, fois)
        for atome in ligne:
            if atome in forme:
                self._places[atome].add(place)
            else:
                self._places[atome].discard(place)


def _ajouter(somme: dict[int, int | Fraction], forme: Forme, fois: int | Fraction) -> None:
    for atome, coefficient in forme.items():
        total = somme.get(atome, 0) + fois * coefficient
        if total:
            somme[atome] = total
        else:
            del somme[atome]


def _diviser(coefficient: int | Fraction, par: int | Fraction) -> int | Fraction:
    """The exact quotient, an int where it is one: several times faster than a Fraction."""
    if par == -1:
        return -coefficient
    quotient = Fraction(coefficient) / par
    return quotient.numerator if quotient.denominator == 1 else quotient
