"""What a person must know of a file, whatever kind of file it is."""

from typing import NamedTuple


class Anomalie(NamedTuple):
    """One thing to tell: `cellule` is an address (« F12 »), or None for a whole sheet or file."""

    feuille: str | None
    cellule: str | None
    gravite: str  # bloquant | a_confirmer | information
    regle: str
    message: str
    valeur_lue: str | None = None
