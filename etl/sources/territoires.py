"""Which lines of a national or departmental file are ours, and which places ought to be there."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from etl.sources.modele import Contexte

_LONGUEUR_IRIS = 9


class Qpv(NamedTuple):
    """One priority neighbourhood, with the Insee code of its commune."""

    code: str
    nom: str
    commune: str


@cache
def qpv_connus() -> tuple[Qpv, ...]:
    """List the QPV of `qpv.csv` (2015 generation, codes QP…)."""
    with (Path(__file__).parent / "qpv.csv").open(encoding="utf-8", newline="") as flux:
        return tuple(Qpv(q["code"], q["nom"], q["commune"]) for q in csv.DictReader(flux, delimiter=";"))


def est_de_la_commune(contexte: Contexte, code: str, commune_lue: str) -> bool:
    """Say whether a line belongs to the commune of the convention."""
    match contexte.famille.niveau:
        case "iris":
            return len(code) == _LONGUEUR_IRIS and code.startswith(contexte.commune)
        case "qpv":
            return any(q.code == code and q.commune == contexte.commune for q in qpv_connus())
        case "commune":
            return code == contexte.commune
        case _:
            return commune_lue == contexte.commune


def est_connu(contexte: Contexte, code: str) -> bool:
    """Say whether a place of ours is in the referential; only IRIS have one there."""
    return contexte.famille.niveau != "iris" or code in contexte.referentiel.iris


def attendus(contexte: Contexte) -> tuple[str, ...]:
    """List the places the file should hold: residential IRIS, or every QPV of the commune."""
    match contexte.famille.niveau:
        case "iris":
            return tuple(code for code, iris in contexte.referentiel.iris.items() if iris.residentiel)
        case "qpv":
            return tuple(q.code for q in qpv_connus() if q.commune == contexte.commune)
        case _:
            return ()
