"""What tells the reader where it stands: the marker row of a sheet, and the hidden manifest of a workbook."""

import re
from dataclasses import dataclass, field

from etl.canevas.grammaire import COLONNES, MARQUE, VERSION

Rangees = list[list[object]]


@dataclass(frozen=True, slots=True)
class Reperes:
    """Where the columns of a form stand: `colonnes` maps their names to indexes counted from 0."""

    genre: str  # structure | fiche | aide
    version: int
    ligne: int
    colonnes: dict[str, int]
    repetes: bool = False


def trouver(rangees: Rangees) -> Reperes | None:
    """The marker row of a sheet, wherever it stands; None when the sheet bears none."""
    # Nearly always in the first column: the whole sheet is searched only when somebody moved it.
    trouves = _marques(rangees, premiere_colonne=True) or _marques(rangees, premiere_colonne=False)
    if not trouves:
        return None
    ligne, marque = trouves[0]
    noms = {cellule: rang for rang, cellule in enumerate(rangees[ligne]) if cellule in COLONNES}
    colonnes = {"id": rangees[ligne].index(marque[0]), **noms}
    return Reperes(marque[1], int(marque[2]), ligne, colonnes, repetes=len(trouves) > 1)


def _marques(rangees: Rangees, premiere_colonne: bool) -> list[tuple[int, re.Match[str]]]:
    return [
        (ligne, marque)
        for ligne, rangee in enumerate(rangees)
        for cellule in (rangee[:1] if premiere_colonne else rangee)
        if cellule.__class__ is str and cellule.startswith("ctg:") and (marque := MARQUE.fullmatch(cellule))
    ]


@dataclass(frozen=True, slots=True)
class Manifeste:
    """What was sent: the respondents of the workbook, with the name their sheet had."""

    genre: str
    annee: int | None
    fictif: bool
    feuilles: dict[str, str] = field(default_factory=dict)  # respondent id -> name of its sheet


def ecrire_manifeste(manifeste: Manifeste) -> list[list[object]]:
    """The rows of the hidden sheet `_ctg`."""
    return [
        ["version", VERSION],
        ["genre", manifeste.genre],
        ["annee", manifeste.annee],
        ["fictif", "oui" if manifeste.fictif else "non"],
        *(["feuille", repondant_id, nom] for repondant_id, nom in manifeste.feuilles.items()),
    ]


def lire_manifeste(rangees: Rangees) -> Manifeste | None:
    """The manifest held by the rows of `_ctg`; None when they say nothing usable."""
    champs = {rangee[0]: rangee[1] for rangee in rangees if len(rangee) > 1 and rangee[0] != "feuille"}
    if champs.get("genre") not in ("structure", "fiche"):
        return None
    return Manifeste(
        champs["genre"],
        lire_annee(champs.get("annee")),
        champs.get("fictif") == "oui",
        {str(r[1]): str(r[2]) for r in rangees if len(r) > 2 and r[0] == "feuille"},
    )


def lire_annee(lu: object) -> int | None:
    """A year from a cell (2025.0, « 2025 »); None when it is not one."""
    texte = f"{lu:.15g}" if isinstance(lu, float) else str(lu).strip()
    return int(texte) if texte.isdecimal() and len(texte) == 4 else None
