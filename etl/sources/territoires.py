"""Which lines of a national or departmental file are ours, and which places ought to be there."""

import csv
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import NamedTuple

from etl.sources.codes import est_bien_forme
from etl.sources.modele import Contexte

_LONGUEUR_IRIS = 9
_PREMIER_CONTOUR = "2015"


class Qpv(NamedTuple):
    """One priority neighbourhood, with the Insee code of its commune and the year its outline was drawn.

    The outlines of 2015 (`QP…`) and of 2024 (`QN…`) are other places, whatever their names.
    """

    code: str
    nom: str
    commune: str
    contour: str


@cache
def qpv_connus() -> dict[str, Qpv]:
    """List the QPV of `qpv.csv`, both generations, by code."""
    with (Path(__file__).parent / "qpv.csv").open(encoding="utf-8", newline="") as flux:
        lignes = csv.DictReader(flux, delimiter=";")
        return {q["code"]: Qpv(q["code"], q["nom"], q["commune"], q["contour"]) for q in lignes}


def est_de_la_commune(contexte: Contexte, niveau: str, code: str, commune_lue: str = "") -> bool:
    """Say whether a line belongs to the commune of the convention."""
    match niveau:
        case "iris":
            return len(code) == _LONGUEUR_IRIS and code.startswith(contexte.commune)
        case "qpv":
            return code in qpv_connus() and qpv_connus()[code].commune == contexte.commune
        case "commune":
            return code == contexte.commune
        case _:
            return commune_lue == contexte.commune


def nommer(niveau: str, code: str, imprime: str) -> str:
    """Name a place as its producer does; the outline of a QPV of 2024 is said, its name did not change."""
    if niveau != "qpv" or qpv_connus()[code].contour == _PREMIER_CONTOUR:
        return imprime
    return f"{imprime or qpv_connus()[code].nom} (contour {qpv_connus()[code].contour})"


def inconnu(contexte: Contexte, niveau: str, code: str) -> str | None:
    """Say why a place of ours is none that we know, or None; only IRIS are in the referential."""
    if niveau == "iris" and code not in contexte.referentiel.iris:
        return f"L’IRIS {code} n’est pas dans le découpage du référentiel : ligne non chargée."
    if not est_bien_forme(niveau, code):
        return (
            f"« {code} » n’est pas le code d’un établissement (UAI : sept chiffres et une lettre) : "
            "ligne non chargée."
        )
    return None


def attendus(contexte: Contexte, lus: Collection[str]) -> tuple[str, ...]:
    """List the places the file should hold: residential IRIS, or every QPV of the outlines it uses."""
    match contexte.famille.niveau:
        case "iris":
            return tuple(code for code, iris in contexte.referentiel.iris.items() if iris.residentiel)
        case "qpv":
            contours = {qpv_connus()[code].contour for code in lus}
            connus = qpv_connus().values()
            return tuple(q.code for q in connus if q.commune == contexte.commune and q.contour in contours)
        case _:
            return ()
