"""Open a table whatever its encoding, separator or width; never more than what is safe to hold."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

TAILLE_MAXIMALE = 200 * 1024 * 1024
_LIGNE_MAXIMALE = 1_000_000
_TETE = 256 * 1024
_LIGNES_DE_TITRE = 10  # a title or a note may stand above the headers
_CLE_JSON = re.compile(r'"(\w{1,60})"\s*:')
_BINAIRES = {
    b"PK\x03\x04": "un classeur ou une archive compressée : enregistrez la feuille voulue en CSV",
    b"\xd0\xcf\x11\xe0": "un ancien classeur : enregistrez la feuille voulue en CSV",
    b"\x1f\x8b": "une archive compressée : décompressez-la",
    b"%PDF": "un PDF : demandez le fichier de données",
}

Ligne = tuple[int, Sequence[str]]


class FichierIllisible(Exception):  # noqa: N818  (French nouns of the house)
    """The file cannot be read as a table; `regle` names why, the text says it in French."""

    def __init__(self, regle: str, message: str) -> None:
        super().__init__(message)
        self.regle = regle


@dataclass(frozen=True)
class Tableau:
    """A table: headers without their trailing blanks, and a way to walk its lines.

    `lire(utiles)` yields (line in the file, cells as text); columns outside `utiles` may come empty.
    """

    entetes: tuple[str, ...]
    lire: Callable[[Collection[int]], Iterator[Ligne]]


def normaliser(entete: str) -> str:
    """Reduce a header to what it names: « EVOL_CA_N_E  » → `evol_ca_n_e`, « Rentrée » → `rentree`."""
    sans_accents = "".join(
        c for c in unicodedata.normalize("NFKD", entete.casefold()) if not unicodedata.combining(c)
    )
    return re.sub(r"[^a-z0-9]+", "_", sans_accents).strip("_")


def ouvrir(chemin: Path) -> tuple[Tableau, ...]:
    """Give the table of a file under each of its possible header lines, the first line first.

    Raises FichierIllisible (too big, binary, unknown encoding) and OSError.
    """
    if chemin.stat().st_size > TAILLE_MAXIMALE:
        raise FichierIllisible("fichier_trop_gros", "Le fichier dépasse 200 Mo : il n’est pas lu.")
    with chemin.open("rb") as flux:
        tete = flux.read(_TETE)
    if not tete.strip(b"\xef\xbb\xbf \t\r\n"):
        raise FichierIllisible("fichier_vide", "Le fichier est vide.")
    if tete.startswith(b"PAR1"):
        return (_parquet(chemin),)
    for debut, nature in _BINAIRES.items():
        if tete.startswith(debut):
            raise FichierIllisible("pas_un_tableau", f"Ce fichier est {nature}.")
    if b"\0" in tete:
        raise FichierIllisible("pas_un_tableau", "Ce fichier n’est pas un tableau de texte (CSV).")
    if tete.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return (_json(tete),)
    return tuple(_csv(chemin, tete))


def _json(tete: bytes) -> Tableau:
    """Show a JSON file by its keys: enough to name it, and no source is read from JSON."""

    def lire(utiles: Collection[int]) -> Iterator[Ligne]:
        raise FichierIllisible("json", "Ce fichier est en JSON : téléchargez la version CSV de cette source.")

    return Tableau(tuple(dict.fromkeys(_CLE_JSON.findall(tete.decode("utf-8", "replace")))), lire)


def _decoder(contenu: bytes) -> str:
    for encodage in ("utf-8-sig", "cp1252"):
        try:
            return contenu.decode(encodage)
        except UnicodeDecodeError:
            continue
    raise FichierIllisible(
        "encodage_inconnu", "L’encodage du fichier est inconnu : enregistrez-le en CSV UTF-8."
    )


def _csv(chemin: Path, tete: bytes) -> Iterator[Tableau]:
    if len(tete) == _TETE:
        tete = tete[: tete.rfind(b"\n") + 1]
    debuts = io.StringIO(_decoder(tete), newline="")
    for numero, ligne in enumerate(debuts, start=1):
        if numero > _LIGNES_DE_TITRE:
            return
        separateur = ";" if ";" in ligne else "\t" if "\t" in ligne else ","
        try:
            cellules = next(csv.reader([ligne], delimiter=separateur), [])
        except csv.Error:
            continue
        entetes = tuple(c.strip() for c in _sans_fin_vide(cellules))
        if entetes:
            yield Tableau(entetes, _lecteur_csv(chemin, numero, separateur))


def _sans_fin_vide(cellules: Sequence[str]) -> Sequence[str]:
    fin = len(cellules)
    while fin and not cellules[fin - 1].strip():
        fin -= 1
    return cellules[:fin]


def _lecteur_csv(chemin: Path, titre: int, separateur: str) -> Callable[[Collection[int]], Iterator[Ligne]]:
    def lire(utiles: Collection[int]) -> Iterator[Ligne]:
        texte = io.StringIO(_decoder(chemin.read_bytes()), newline="")
        lecteur = csv.reader(_bornees(texte), delimiter=separateur, strict=True)
        try:
            for cellules in lecteur:
                if lecteur.line_num > titre and any(cellules):
                    yield lecteur.line_num, cellules
        except csv.Error as erreur:
            raise FichierIllisible(
                "csv_abime",
                f"Le fichier est abîmé vers la ligne {lecteur.line_num} (guillemet non refermé ?).",
            ) from erreur

    return lire


def _bornees(lignes: Iterator[str]) -> Iterator[str]:
    for ligne in lignes:
        if len(ligne) > _LIGNE_MAXIMALE:
            raise FichierIllisible("ligne_trop_longue", "Une ligne dépasse un million de caractères.")
        yield ligne


def _parquet(chemin: Path) -> Tableau:
    try:
        with pq.ParquetFile(chemin) as fichier:
            entetes = tuple(fichier.schema_arrow.names)
            lignes = fichier.metadata.num_rows
    except (pa.ArrowException, OSError) as erreur:
        raise FichierIllisible("parquet_abime", "Le fichier Parquet est abîmé : rien n’est lu.") from erreur

    def lire(utiles: Collection[int]) -> Iterator[Ligne]:
        if lignes * len(utiles) > TAILLE_MAXIMALE // 8:
            raise FichierIllisible("fichier_trop_gros", "Le fichier Parquet tient trop de lignes.")
        choisies = sorted(utiles)
        try:
            with pq.ParquetFile(chemin) as ouvert:
                table = ouvert.read(columns=[entetes[i] for i in choisies])
        except (pa.ArrowException, OSError) as erreur:
            raise FichierIllisible(
                "parquet_abime", "Le fichier Parquet est abîmé : rien n’est lu."
            ) from erreur
        par_index = dict(zip(choisies, (_textes(c) for c in table.columns), strict=True))
        for rang in range(table.num_rows):
            # line 1 would be the headers, had it been a CSV
            yield rang + 2, [par_index[i][rang] if i in par_index else "" for i in range(len(entetes))]

    return Tableau(entetes, lire)


def _textes(colonne: pa.ChunkedArray) -> list[str]:
    """Write cells as a CSV would: a null or NaN is a blank."""
    return ["" if v is None or v != v else str(v) for v in colonne.to_pylist()]
