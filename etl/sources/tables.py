"""What a table is here, whatever held it: headers, and a way to walk its lines without holding them all."""

import contextlib
import functools
import gzip
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

TAILLE_MAXIMALE = 1024**3  # bytes once decompressed: read as they come, never held together
TAILLE_EN_MEMOIRE = 64 * 1024**2  # what can only be read whole (JSON, the columns of a Parquet file)
LIGNES_DE_TITRE = 10  # a title or a note may stand above the headers
_TETE = 256 * 1024
_UNE_SUR = 3

Ligne = tuple[int, Sequence[str]]
Lecture = Callable[[Collection[int]], Iterator[Ligne]]
LectureTriee = Callable[["Tri"], Iterator[Ligne]]


class FichierIllisible(Exception):  # noqa: N818  (French nouns of the house)
    """The file cannot be read as a table; `regle` names why, the text says it in French."""

    def __init__(self, regle: str, message: str) -> None:
        super().__init__(message)
        self.regle = regle


@dataclass(frozen=True)
class Contenu:
    """Bytes that may hold a table: a file, or a member of an archive. `ouvrir` may be called many times."""

    nom: str
    ouvrir: Callable[[], BinaryIO]
    chemin: Path | None = None  # when it lies on the disk by itself
    empreinte: str | None = None  # of its bytes, as the archive that holds it says them

    def tete(self) -> bytes:
        """Read the first bytes, enough for the titles and the headers."""
        with dire_abime(), self.ouvrir() as flux:
            return flux.read(_TETE)


class Tri(NamedTuple):
    """What says that a line is elsewhere: `ailleurs(cells at places)` gives the code of its place, else None.

    `compter(code, number)` is told of the lines left for that; all the others are read, and judged, as usual.
    """

    places: tuple[int, ...]
    ailleurs: Callable[[Sequence[str]], str | None]
    compter: Callable[[str, int], None]


@dataclass(frozen=True)
class Tableau:
    """A table: headers without their trailing blanks, and a way to walk its lines.

    `lire(utiles)` yields (line in the file, cells as text); columns outside `utiles` may come empty.
    `largeur` is the number of cells of a full line, trailing blanks included. `lire_triees`, where there is
    one, is faster: it may leave lines that are elsewhere. `deborde`: lines go on beyond the headers.
    """

    entetes: tuple[str, ...]
    lire: Lecture
    largeur: int
    lire_triees: LectureTriee | None = None
    deborde: bool = False

    def parcourir(self, utiles: Collection[int], tri: Tri) -> Iterator[Ligne]:
        """Walk the lines, without those that `tri` places elsewhere if they can be told at little cost."""
        return self.lire_triees(tri) if self.lire_triees else self.lire(utiles)

    def decalee(self, cellules: Sequence[str]) -> bool:
        """Say whether cells are missing or in excess: then no figure is surely under its own header.

        The QPV tables end with 160 to 990 empty columns: a line that lost a cell there is still long
        enough, and only its difference with the other lines shows it.
        """
        return len(cellules) != self.largeur or any(c.strip() for c in cellules[len(self.entetes) :])


@dataclass(frozen=True)
class Partie:
    """One table of a file: the whole file (`nom` is None), a sheet, a member of an archive (by its path).

    `candidats` shows it under each of its possible header lines, the first line first; `refus` says why
    there is none. `reserves` are sentences on what the file itself says it does not hold.
    """

    nom: str | None
    candidats: tuple[Tableau, ...] = ()
    refus: FichierIllisible | None = None
    reserves: tuple[str, ...] = ()
    empreinte: str | None = None  # of the bytes of a member


@contextlib.contextmanager
def dire_abime() -> Iterator[None]:
    """Say in French that compressed bytes do not decompress, wherever it is found while reading them."""
    try:
        yield
    except (zlib.error, zipfile.BadZipFile, gzip.BadGzipFile, EOFError) as erreur:
        raise FichierIllisible(
            "archive_abimee", "Le fichier compressé est abîmé ou incomplet : téléchargez-le de nouveau."
        ) from erreur


@functools.lru_cache(maxsize=10_000)
def normaliser(entete: str) -> str:
    """Reduce a header to what it names: « EVOL_CA_N_E  » → `evol_ca_n_e`, « Rentrée » → `rentree`."""
    sans_accents = "".join(
        c for c in unicodedata.normalize("NFKD", entete.casefold()) if not unicodedata.combining(c)
    )
    return re.sub(r"[^a-z0-9]+", "_", sans_accents).strip("_")


def deborder(nommees: int, remplies: Iterable[int]) -> bool:
    """Say whether lines, of so many cells up to the last one filled, go on beyond the headers.

    Whoever deletes a header drags the next ones over columns that are not theirs: no line is then sure, not
    even those that a blank ends in time. One such line among many is but a line with a remark.
    """
    au_dela = [n > nommees for n in remplies]
    return sum(au_dela) > 1 or sum(au_dela) > len(au_dela) / _UNE_SUR


def sans_fin_vide(cellules: Sequence[str]) -> tuple[str, ...]:
    """Drop the empty cells at the end of a line, and the blanks around the others."""
    nettes = [c.strip() for c in cellules]
    while nettes and not nettes[-1]:
        nettes.pop()
    return tuple(nettes)
