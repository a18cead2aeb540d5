"""Cells that nobody checks, drawn the way each producer prints them: `tirage(alea, nombre)` gives as many."""

import numpy as np


def recensement(alea: np.random.Generator, nombre: int) -> list[str]:
    """Estimates of the census: many zeros, whole numbers, the others with all their digits."""
    sortes, valeurs = alea.random(nombre), alea.gamma(0.6, 180, nombre)
    return [
        "0" if sorte < 0.45 else f"{valeur:.0f}" if sorte < 0.75 else f"{valeur:.11f}"
        for sorte, valeur in zip(sortes, valeurs, strict=True)
    ]


def revenus(alea: np.random.Generator, nombre: int) -> list[str]:
    """Figures with a comma, a few of them withheld; the last one of a line is its note, 0."""
    figures = [f"{v:.1f}".replace(".", ",") if v > 2 else "ns" for v in alea.random(nombre - 1) * 100]
    return [*figures, "0"]


def points(alea: np.random.Generator, nombre: int) -> list[str]:
    """Figures with a dot, some blank."""
    return [f"{v:.1f}" if v > 10 else "" for v in alea.random(nombre) * 100]


def multiples(alea: np.random.Generator, nombre: int) -> list[str]:
    """Counts rounded to 5 by the Caf, the small ones blank."""
    return [f"{5 * v}" if v else "" for v in alea.poisson(2, nombre) * alea.integers(0, 60, nombre)]


def divers(alea: np.random.Generator, nombre: int) -> list[str]:
    """The columns of a directory: blanks, numbers, words."""
    numeros = alea.integers(0, 10**6, nombre)
    return [("", "1", "OUVERT", f"{n}", "Circonscription d’inspection")[n % 5] for n in numeros]
