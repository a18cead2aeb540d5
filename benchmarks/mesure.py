"""What every benchmark shares: repeated timings, compared within one run, never across machines."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Duree:
    """Seconds: median and extremes of the repetitions."""

    mediane: float
    minimum: float
    maximum: float

    def __str__(self) -> str:
        if self.mediane < 1:
            return f"{self.mediane * 1000:.0f} ms ({self.minimum * 1000:.0f}-{self.maximum * 1000:.0f})"
        return f"{self.mediane:.2f} s ({self.minimum:.2f}-{self.maximum:.2f})"


@dataclass(frozen=True)
class Comparaison:
    """One line of the report: what is measured, ours, the plain way, and their ratio."""

    quoi: str
    notre: Duree
    simple: Duree | None = None
    facon_simple: str = ""

    @property
    def rapport(self) -> str:
        return f"× {self.simple.mediane / self.notre.mediane:.1f}" if self.simple else ""


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


def tableau(comparaisons: list[Comparaison]) -> str:
    """The comparisons as a Markdown table."""
    lignes = ["| mesure | ici | façon simple | rapport |", "|---|---|---|---|"]
    for c in comparaisons:
        simple = f"{c.facon_simple} : {c.simple}" if c.simple else "–"
        lignes.append(f"| {c.quoi} | {c.notre} | {simple} | {c.rapport} |")
    return "\n".join(lignes)
