"""Hide, besides each number too small to be shown, those that would give it back.

Numbers are shown one after the other: the city first, then the quartiers, then each structure
(`etl/vues/34_nombres_juges.sql`). One that would let a reader work out a small count, or a rate over too few
people, stays hidden, and is never told apart from what it hides: that alone would say that it is no small
count.

Source: lecture.md, Confidentiality (counts of people from 1 to 4 are never shown, « nor can be recomputed
from totals »); docs/decisions/04-petits-nombres.md.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

import duckdb

from ctg.confidentialite import Seuils
from etl.secret.deductions import Deductions, Forme


class _Reponse(NamedTuple):
    """A number that somebody answered: a count (`sur` is None) or what a rate counts, out of `sur`."""

    question: str
    confidentielle: bool  # does it count people?
    nature: str
    dit: float
    sur: float | None


class _Nombre(NamedTuple):
    """A number judged so far, known by its rank, and the sums of answers that it shows: several for a rate or
    an evolution."""

    rang: int
    publie: bool
    sommes: Sequence[Forme]


class Juge:
    """Judges sums of answers as if they were shown."""

    def __init__(self, seuils: Seuils, reponses: Mapping[int, _Reponse]) -> None:
        self._seuils = seuils
        self._reponses = reponses

    def trahit(self, forme: Forme) -> bool:
        """Say whether this combination of answers would say too much: a sum of answers to one question.

        A difference (some answers counted negatively) or a mix of questions counts nobody.
        """
        premiere = self._reponses[next(iter(forme))]
        if not premiere.confidentielle:
            return False
        somme = sur = parts = 0
        for numero, fois in forme.items():
            reponse = self._reponses[numero]
            if fois < 0 or reponse.question != premiere.question:
                return False
            parts += fois
            somme += fois * reponse.dit
            sur += fois * (reponse.sur or 0)
            if self._suffit(somme, sur if reponse.sur is not None else None, parts):
                return False  # the answers that follow only add to it
        if premiere.sur is not None:
            return self._seuils.rapport_secret(somme, sur, premiere.nature)
        # zero is shown: several hidden counts that add up to their number are one each
        return self._seuils.effectif_secret(somme) or (parts > 1 and somme <= parts)

    def _suffit(self, somme: float, sur: float | None, parts: float) -> bool:
        """Say whether a sum is far enough from every threshold, whatever is added to it."""
        if sur is None:
            return somme >= self._seuils.personnes and somme > parts
        return min(somme, sur - somme) >= self._seuils.personnes and sur >= max(
            self._seuils.taux, self._seuils.satisfaction
        )


def masquer(connexion: duckdb.DuckDBPyConnection, seuils: Seuils) -> None:
    """Fill the temporary table `nombre_tu` with the rank of each number that is to be hidden as well."""
    connexion.execute("CREATE TEMP TABLE nombre_tu (rang BIGINT NOT NULL)")
    reponses = {
        numero: _Reponse(*reste)
        for numero, *reste in connexion.execute(
            "SELECT numero, indicateur_id || ' ' || partie, confidentielle, nature, dit, sur"
            " FROM reponse_numerotee JOIN mesure_a_proteger USING (indicateur_id)"
        ).fetchall()
    }
    juge, egalites = Juge(seuils, reponses), defaultdict(list)
    for composante, termes in connexion.execute(
        "SELECT composante, termes FROM egalite_connue JOIN mesure_a_proteger USING (indicateur_id)"
        " ORDER BY ALL"
    ).fetchall():
        egalites[composante].append(_forme(termes))
    sommes = connexion.execute(
        "SELECT composante, rang, publie, termes FROM somme_a_montrer"
        " JOIN mesure_a_proteger USING (indicateur_id) ORDER BY composante, rang, place"
    )
    tus = []
    # measures that say nothing of each other, one after the other: a département has 160 000 numbers
    for composante, siennes in itertools.groupby(_lignes(sommes), key=itemgetter(0)):
        nombres = [
            _Nombre(rang, publie, [_forme(termes) for *_, termes in montrees])
            for (rang, publie), montrees in itertools.groupby(siennes, key=itemgetter(1, 2))
        ]
        tus += _a_taire(juge, egalites[composante], nombres)
    connexion.execute("INSERT INTO nombre_tu SELECT unnest(?::BIGINT[])", [tus])


def _lignes(curseur: duckdb.DuckDBPyConnection) -> Iterator[tuple]:
    while lot := curseur.fetchmany(10_000):
        yield from lot


def _forme(termes: Iterable[int]) -> Forme:
    """A sum of answers, from their numbers; a negative one is taken away."""
    return {abs(numero): 1 if numero > 0 else -1 for numero in termes}


def _a_taire(juge: Juge, egalites: Iterable[Forme], nombres: Sequence[_Nombre]) -> list[int]:
    """The ranks of the numbers, published so far, that are to be hidden."""
    deductions = Deductions(juge.trahit)
    for egalite in egalites:
        deductions.supposer(egalite)
    for nombre in nombres:
        for somme in filter(juge.trahit, nombre.sommes):
            deductions.taire(somme)
    return [nombre.rang for nombre in nombres if nombre.publie and not deductions.montrer(nombre.sommes)]
