"""Hide, besides each number too small to be shown, those that would give it back.

Numbers are shown one after the other: the city first, then the quartiers, then each structure
(`etl/vues/34_nombres_juges.sql`). One that would let a reader work out a small count, or a rate over too few
people, stays hidden, and is never told apart from what it hides: that alone would say that it is no small
count.

Source: lecture.md, Confidentiality (counts of people from 1 to 4 are never shown, « nor can be recomputed
from totals »); docs/decisions/04-petits-nombres.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import duckdb

from ctg.confidentialite import Seuils
from etl.secret.deductions import Deductions, Forme


@dataclass(frozen=True)
class _Reponse:
    """What one respondent answered, in one place: a count, or the two terms of a rate."""

    mesure: str
    confidentielle: bool  # does it count people?
    nature: str
    valeur: float | None
    numerateur: float | None
    denominateur: float | None


class _Nombre(NamedTuple):
    """A number judged so far, known by its rank: the sums of answers it shows (two for a rate that was drawn
    from two questions, or for an evolution), and the numbers it is hidden with."""

    rang: int
    publie: bool
    meneurs: Sequence[int]
    formes: Sequence[Forme]


class Juge:
    """Judges sums of answers as if they were shown."""

    def __init__(self, seuils: Seuils, reponses: dict[int, _Reponse]) -> None:
        self._seuils = seuils
        self._reponses = reponses

    def trahit(self, forme: Forme) -> bool:
        """Say whether this combination of answers would say too much: a sum of answers to one question.

        A difference (some answers counted negatively) or a mix of questions counts nobody.
        """
        premiere = self._reponses[next(iter(forme))]
        if not premiere.confidentielle or any(
            fois < 0 or self._reponses[numero].mesure != premiere.mesure for numero, fois in forme.items()
        ):
            return False
        if premiere.valeur is None:
            return len(set(forme.values())) == 1 and self._seuils.rapport_secret(
                sum(self._reponses[numero].numerateur for numero in forme),
                sum(self._reponses[numero].denominateur for numero in forme),
                premiere.nature,
            )
        somme = sum(fois * self._reponses[numero].valeur for numero, fois in forme.items())
        # zero is shown: several hidden counts that add up to their number are one each
        return self._seuils.effectif_secret(somme) or (len(forme) > 1 and somme <= sum(forme.values()))


def masquer(connexion: duckdb.DuckDBPyConnection, seuils: Seuils) -> None:
    """Fill the temporary table `nombre_tu` with the rank of each number that is to be hidden as well."""
    connexion.execute("CREATE TEMP TABLE nombre_tu (rang BIGINT NOT NULL)")
    reponses = {
        numero: _Reponse(*reste)
        for numero, *reste in connexion.execute(
            "SELECT numero, indicateur_id, confidentielle, nature, valeur, numerateur, denominateur"
            " FROM reponse_numerotee JOIN mesure_a_proteger USING (indicateur_id)"
        ).fetchall()
    }
    egalites = connexion.execute("SELECT tout, parts FROM egalite_connue ORDER BY ALL").fetchall()
    nombres = [
        _Nombre(rang, publie, meneurs, [_forme(termes) for termes in formes])
        for rang, publie, meneurs, formes in connexion.execute(
            "SELECT rang, publie, meneurs, formes FROM nombre_a_montrer ORDER BY rang"
        ).fetchall()
    ]
    tus = _a_taire(Juge(seuils, reponses), egalites, nombres)
    connexion.execute("INSERT INTO nombre_tu SELECT unnest(?::BIGINT[])", [tus])


def _forme(termes: Iterable[int]) -> Forme:
    """A sum of answers, from their numbers; a negative one is taken away."""
    return {abs(numero): 1 if numero > 0 else -1 for numero in termes}


def _a_taire(juge: Juge, egalites: Iterable[tuple], nombres: Sequence[_Nombre]) -> list[int]:
    """The ranks of the numbers, published so far, that are to be hidden."""
    deductions = Deductions(juge.trahit)
    for tout, parts in egalites:
        deductions.supposer({tout: 1, **dict.fromkeys(parts, -1)})
    for nombre in nombres:
        for forme in filter(juge.trahit, nombre.formes):
            deductions.taire(forme)
    caches = {nombre.rang for nombre in nombres if not nombre.publie}
    tus = set()
    # an amount is hidden wherever the count that it would tell is, and stays as far out of reach
    for menes in (False, True):
        suite = [nombre for nombre in nombres if bool(nombre.meneurs) is menes]
        for nombre in suite:
            if not caches.isdisjoint(nombre.meneurs):
                caches.add(nombre.rang)
                tus.add(nombre.rang)
                for forme in nombre.formes:
                    deductions.taire(forme)
        for nombre in suite:
            if nombre.rang not in caches and not deductions.montrer(nombre.formes):
                caches.add(nombre.rang)
                tus.add(nombre.rang)
    return sorted(tus)
