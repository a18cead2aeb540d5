"""What can be worked out from the numbers shown: additions and subtractions, to the end.

A number shown is a sum of answers (« atoms »). All those shown make a linear system, kept here in reduced row
echelon form: each row is a combination of answers that a reader can work out, and whatever else can be worked
out is a sum of rows. A number is shown only if no row then tells what must stay hidden.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

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
        self._apprendre(forme, [])

    def montrer(self, formes: Iterable[Forme]) -> bool:
        """Show a number, or the two of a rate, unless this gives away what is to stay hidden.

        Returns whether it is shown; if not, nothing has changed.
        """
        defaire: list[tuple[_Formes, int, Forme | None]] = []
        for forme in formes:
            if not self._apprendre(forme, defaire):
                for table, place, ancienne in reversed(defaire):
                    table.poser(place, ancienne)
                return False
        return True

    def _inconnu(self, forme: Forme) -> dict[int, int | Fraction]:
        """What is left of a combination once what is known of it is taken away."""
        reste = dict(forme)
        for atome in forme:
            if atome in self._connues:
                _ajouter(reste, self._connues[atome], -forme[atome])
        return reste

    def _apprendre(self, forme: Forme, defaire: list) -> bool:
        """Add a row to what is known; say whether it gives nothing away, noting how to undo it."""
        nouvelle = self._inconnu(forme)
        if not nouvelle:
            return True
        pivot = min(nouvelle)
        tete = nouvelle[pivot]
        if tete != 1:
            nouvelle = {atome: _diviser(c, tete) for atome, c in nouvelle.items()}
        changees = self._connues.retrancher(nouvelle, pivot, defaire)
        restent = self._tues.retrancher(nouvelle, pivot, defaire)
        defaire.append((self._connues, pivot, None))
        self._connues.poser(pivot, nouvelle)
        return all(restent) and not any(self._trahit(ligne) for ligne in (nouvelle, *changees))


class _Formes(dict[int, Forme]):
    """Combinations, and where each atom stands among them."""

    def __init__(self) -> None:
        super().__init__()
        self._places: dict[int, set[int]] = defaultdict(set)

    def poser(self, place: int, forme: Forme | None) -> None:
        """Put a combination in a place, or leave the place empty."""
        for atome in self.pop(place, ()):
            self._places[atome].discard(place)
        if forme is not None:
            self[place] = forme
            for atome in forme:
                self._places[atome].add(place)

    def retrancher(self, connue: Forme, pivot: int, defaire: list) -> list[Forme]:
        """Take a known combination away from all those where its pivot stands, and return them."""
        restes = []
        for place in tuple(self._places[pivot]):
            reste = dict(self[place])
            _ajouter(reste, connue, -reste[pivot])
            defaire.append((self, place, self[place]))
            self.poser(place, reste)
            restes.append(reste)
        return restes


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
