"""What is to be marked, whatever the file."""

from dataclasses import dataclass
from typing import NamedTuple

# What must be corrected, what must be looked at: none is a colour of the forms (their SAISIE is a yellow).
FONDS = {"bloquant": "F8CFC0", "a_confirmer": "DCCBF2"}


class Marque(NamedTuple):
    """What to mark on a sheet: `cellule` is an address (« F12 »), or None to only show a hidden sheet.

    `fond` is a key of FONDS, None to leave the colour of the cell.
    """

    feuille: str
    cellule: str | None
    fond: str | None
    texte: str


class Entree(NamedTuple):
    """One row of the list: its texts, one per column; `cible` is the (sheet, cell) its address leads to."""

    textes: tuple[str | None, ...]
    fond: str | None = None
    cible: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Liste:
    """The first sheet: `entetes` and `largeurs` (letters) of its columns; `colonne_cible` holds addresses.

    `reperes` are hidden texts, one per row; `signe` starts the one that tells a list of ours from theirs.
    """

    nom: str
    entetes: tuple[str, ...]
    largeurs: tuple[int, ...]
    colonne_cible: int
    entrees: tuple[Entree, ...]
    reperes: tuple[str, ...]
    signe: str
