"""What the canevas of each version calls its columns, in its hidden marker row: data, one line by name."""

import csv
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("colonnes.csv")


@cache
def colonnes_par_version(table: Path = _TABLE) -> dict[int, dict[str, str]]:
    """{version: {name written in the marker row: name of the column here}}.

    A new canevas that renames a column, or drops one, is a few lines of `colonnes.csv` and no code.
    """
    versions: dict[int, dict[str, str]] = {}
    with table.open(encoding="utf-8", newline="") as flux:
        for ligne in csv.DictReader(flux, delimiter=";"):
            versions.setdefault(int(ligne["version"]), {})[ligne["repere"]] = ligne["colonne"]
    return versions


def colonnes_de(version: int) -> dict[str, str]:
    """The names of one version; those of the last one when it is unknown, so that the sheet is still told."""
    versions = colonnes_par_version()
    return versions.get(version) or versions[max(versions)]
