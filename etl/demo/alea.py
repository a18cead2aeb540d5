"""Draws that can be replayed: every value has its own seed, never a shared generator.

Seeding by the name of the thing drawn (structure, indicator, year) is what makes the campaign stable: adding
an indicator, or visiting structures in another order, changes no other value. `random.Random(str)` hashes its
seed with SHA-512, so PYTHONHASHSEED has no effect either.
"""

import random
from collections.abc import Sequence

_SEPARATEUR = "\x1f"


def tirage(*cle: object) -> random.Random:
    """A generator that depends on `cle` alone, whatever was drawn before it."""
    return random.Random(_SEPARATEUR.join(str(partie) for partie in cle))


def fluctuation(amplitude: float, *cle: object) -> float:
    """A factor close to 1, uniform in [1 - amplitude, 1 + amplitude]."""
    return 1 + amplitude * (2 * tirage(*cle).random() - 1)


def arrondir(valeur: float, *cle: object) -> int:
    """Round a positive expectation to a count, up or down with the probability of its fractional part.

    Plain rounding would freeze a small measure (0,4 incident a year would be 0 for ever).
    """
    plancher = int(valeur)
    return plancher + (tirage("arrondi", *cle).random() < valeur - plancher)


def repartir(total: int, poids: Sequence[float]) -> list[int]:
    """Split `total` in proportion to `poids`, whole numbers adding up to `total` exactly.

    Largest remainders; ties go to the first, so that the result never depends on chance.
    Raises ValueError when every weight is null and there is something to split.
    """
    somme = sum(poids)
    if somme <= 0:
        if total:
            raise ValueError("aucun poids pour répartir un total non nul")
        return [0 for _ in poids]
    parts = [total * p / somme for p in poids]
    entiers = [int(part) for part in parts]
    restes = sorted(range(len(poids)), key=lambda i: (entiers[i] - parts[i], i))
    for i in restes[: total - sum(entiers)]:
        entiers[i] += 1
    return entiers
