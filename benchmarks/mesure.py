"""What every benchmark shares: repeated timings, compared within one run, never across machines."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ctg import formats

RACINE = Path(__file__).parents[1]
_MO = 1024 if sys.platform != "darwin" else 1024**2  # of a megabyte, in the unit of ru_maxrss


@dataclass(frozen=True)
class Duree:
    """Seconds: median and extremes of the repetitions."""

    mediane: float
    minimum: float
    maximum: float

    def __str__(self) -> str:
        facteur, unite, decimales = (1000, "ms", 0) if self.mediane < 1 else (1, "s", 2)
        mediane, *bornes = (
            formats.nombre(duree * facteur, decimales) for duree in (self.mediane, self.minimum, self.maximum)
        )
        etendue = f" ({bornes[0]}-{bornes[1]})" if self.minimum < self.maximum else ""
        return f"{mediane} {unite}{etendue}"


@dataclass(frozen=True)
class Comparaison:
    """One line of the report: what is measured, ours, the plain way, and their ratio."""

    quoi: str
    notre: Duree
    simple: Duree | None = None
    facon_simple: str = ""

    @property
    def rapport(self) -> str:
        if not self.simple:
            return ""
        part = self.notre.mediane / self.simple.mediane
        return f"× {formats.nombre(1 / part, 1)} ({formats.pourcentage(100 * part, 0)})"


def chronometrer(action: Callable[[], object], repetitions: int = 5, chauffe: int = 1) -> Duree:
    """Run `action` `chauffe` times unmeasured, then `repetitions` times; seconds of wall clock."""
    for _ in range(chauffe):
        action()
    durees = []
    for _ in range(repetitions):
        debut = time.perf_counter()
        action()
        durees.append(time.perf_counter() - debut)
    return Duree(statistics.median(durees), min(durees), max(durees))


def a_part(module: str, *arguments: object) -> tuple[float, int]:
    """Seconds, and megabytes at the peak, of `python -m module arguments` in a process of its own.

    Raises RuntimeError when it fails.
    """
    debut = time.perf_counter()
    fini = subprocess.run(
        [sys.executable, "-m", "benchmarks.temoin", module, *map(str, arguments)],
        cwd=RACINE,
        stdout=subprocess.PIPE,
        text=True,
    )
    secondes = time.perf_counter() - debut
    if fini.returncode:
        raise RuntimeError(f"{module} a échoué ({fini.returncode}).")
    return secondes, round(int(fini.stdout.splitlines()[-1]) / _MO)


def tableau(comparaisons: list[Comparaison]) -> str:
    """The comparisons as a Markdown table."""
    lignes = ["| mesure | ici | comparé à | fois plus vite (part du temps) |", "|---|---|---|---|"]
    for c in comparaisons:
        simple = f"{c.facon_simple} : {c.simple}" if c.simple else "–"
        lignes.append(f"| {c.quoi} | {c.notre} | {simple} | {c.rapport} |")
    return "\n".join(lignes)
