"""What a workbook is once read, whatever its format, and how far one may go."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from ctg import formats
from etl.classeurs.refus import ClasseurRefuse

OCTETS_MAXIMUM = 20 * 2**20
LIGNES_MAXIMUM = 9_999
COLONNES_MAXIMUM = 702  # ZZ
CELLULES_MAXIMUM = 3_000_000  # of the whole workbook, blanks included: 24 MB of references
# Of the whole workbook: a text is kept once in the file, however many cells it fills.
TEXTES_MAXIMUM = 100_000_000  # characters
FEUILLES_MAXIMUM = 1000
_LIGNES_FUSIONNEES = 500_000
_CARACTERES_MAXIMUM = 32_767  # what a cell of Excel holds: beyond, nobody typed it

Place = tuple[int, int]  # row and column counted from 0
Plage = tuple[int, int, int, int]  # first row, first column, last row, last column, all included
Rangees = list[list[object]]


class Calcul(NamedTuple):
    """`erreur` is the text of an error (« #DIV/0! »); else `formule` was never computed."""

    formule: str | None
    erreur: str | None


@dataclass(frozen=True, slots=True)
class Feuille:
    """One sheet. `rangees` is rectangular and starts at A1; a blank cell is an empty text.

    A cell is a text, a float, a bool, a date, a datetime, a time or a timedelta; every cell of a .csv is a
    text. A float shown with words is a `NombreMontre`, a text partly or wholly struck a `TexteBarre`; what is
    raised above the line is written so (« 12⁵ »). `trompeuses` holds the cells that look blank or right and
    are not: errors, formulas never computed; `commentaires` names the author of the comment of a cell,
    or nobody for a text box. `masques`: the rows, then the columns, that the sheet does not show.
    """

    nom: str
    rangees: Rangees
    trompeuses: dict[Place, Calcul] = field(default_factory=dict)
    fusions: tuple[Plage, ...] = ()
    cachee: bool = False
    commentaires: dict[Place, str] = field(default_factory=dict)
    masques: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Classeur:
    """`format` is what the content is, whatever the name of the file: xlsx | xls | ods | csv."""

    format: str
    feuilles: tuple[Feuille, ...]


def verifier_etendue(feuille: str, lignes: int, colonnes: int) -> int:
    """The number of cells of a sheet of this size. Raises ClasseurRefuse past the limits of a sheet."""
    if lignes > LIGNES_MAXIMUM or colonnes > COLONNES_MAXIMUM:
        raise ClasseurRefuse("feuille_demesuree", feuille=feuille, lignes=LIGNES_MAXIMUM, colonnes="ZZ")
    return lignes * colonnes


def verifier_total(cellules: int) -> None:
    """Raises ClasseurRefuse past the limit of a whole workbook."""
    if cellules > CELLULES_MAXIMUM:
        raise ClasseurRefuse("classeur_demesure", maximum=CELLULES_MAXIMUM // 10**6)


def verifier_textes(feuilles: Iterable[Feuille]) -> None:
    """Raises ClasseurRefuse when a cell holds more than a person may type in one, or all of them too much."""
    caracteres = 0
    for feuille in feuilles:
        for rangee in feuille.rangees:
            longueurs = [len(lu) for lu in rangee if isinstance(lu, str)]
            if max(longueurs, default=0) > _CARACTERES_MAXIMUM:
                raise ClasseurRefuse("cellule_demesuree", feuille=feuille.nom)
            caracteres += sum(longueurs)
        verifier_caracteres(caracteres)


def verifier_caracteres(nombre: int) -> None:
    """Raises ClasseurRefuse past the characters of a whole workbook."""
    if nombre > TEXTES_MAXIMUM:
        raise ClasseurRefuse("textes_demesures", maximum=TEXTES_MAXIMUM // 10**6)


def verifier_nombre_de_feuilles(nombre: int) -> None:
    """Raises ClasseurRefuse for a workbook without a sheet, or with more than anybody turns."""
    if not nombre:
        raise ClasseurRefuse("classeur_abime")
    if nombre > FEUILLES_MAXIMUM:
        raise ClasseurRefuse(
            "trop_de_feuilles", nombre=formats.nombre(nombre), maximum=formats.nombre(FEUILLES_MAXIMUM)
        )


def verifier_fusions(fusions: tuple[Plage, ...]) -> None:
    """Raises ClasseurRefuse when merged ranges lie over one another: walking through them would not end.

    Sound ones share no cell, hence hold fewer rows than a sheet holds cells.
    """
    if sum(r1 - r0 + 1 for r0, _, r1, _ in fusions) > _LIGNES_FUSIONNEES:
        raise ClasseurRefuse("classeur_abime")


def borner(plage: Plage) -> Plage:
    """A merged range cut at the limits of a sheet: whoever walks through it stays within them."""
    r0, c0, r1, c1 = plage
    return r0, c0, min(r1, LIGNES_MAXIMUM - 1), min(c1, COLONNES_MAXIMUM - 1)
