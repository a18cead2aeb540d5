"""The tables of the fictional campaign (the CSV files of this folder), read once."""

import csv
from functools import cache
from pathlib import Path

_DOSSIER = Path(__file__).parent


@cache
def table(nom: str) -> tuple[dict[str, str], ...]:
    """The rows of `nom`.csv (UTF-8, `;`), as {column: text}. Raises FileNotFoundError."""
    with (_DOSSIER / f"{nom}.csv").open(encoding="utf-8", newline="") as fichier:
        return tuple(csv.DictReader(fichier, delimiter=";"))
