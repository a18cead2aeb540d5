"""The producers' files at their national size: reading them, then building when they stand in data/raw.

`python -m benchmarks.nationales lire FICHIER…` reads, `… pandas FICHIER…` has pandas read, `… construire RAW
ENTREPOT` builds; they write nothing but their errors, and their memory is measured from outside.
"""

import contextlib
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from benchmarks import reconstruction
from benchmarks.mesure import RACINE, Comparaison, Duree, a_part, chronometrer
from benchmarks.national.fabrique import fabriquer
from benchmarks.national.fichiers import FICHIERS
from ctg import formats
from ctg.referentiel import charger, dossier_par_defaut
from etl.construction.entrepot import construire
from etl.demo import generer
from etl.sources import lire

# the column that says whose a line is, by the names the producers give it
_LIEUX = ("IRIS", "CODGEO", "GEO", "numcomdo", "numcom", "Code_commune", "Code INSEE de la commune")


def mesurer(raw: Path, entrepot: Path) -> list[Comparaison]:
    """Everything, the national files among it; then those files alone, against pandas.

    Writes into `raw` the files that it does not hold.
    """
    referentiel = charger(dossier_par_defaut())
    fichiers = fabriquer(raw, referentiel)
    textes = formats.nombre(sum(map(_taille_du_texte, fichiers)) / 1e6, 0)
    with completes(raw):
        tout, memoire = a_part("benchmarks.nationales", "construire", raw, entrepot)
        lignes = reconstruction.mesurer(
            "les données ouvertes nationales", raw, entrepot, lambda: lire_simplement(fichiers)
        )
    _, notre = a_part("benchmarks.nationales", "lire", *fichiers)
    _, simple = a_part("benchmarks.nationales", "pandas", *fichiers)
    return [
        *lignes,
        Comparaison(
            f"les mêmes données, tout lire et construire, première fois (au plus {memoire} Mo)",
            Duree(tout, tout, tout),
        ),
        Comparaison(
            f"lire les seuls {len(fichiers)} fichiers nationaux, {textes} Mo de texte (au plus {notre} Mo)",
            chronometrer(lambda: lire_et_verifier(fichiers), repetitions=3),
            chronometrer(lambda: lire_simplement(fichiers), repetitions=3, chauffe=0),
            f"pandas.read_csv, puis les lignes de la commune (au plus {simple} Mo)",
        ),
    ]


@contextlib.contextmanager
def completes(raw: Path) -> Iterator[None]:
    """The fictional campaign and the shipped table in a folder of that one, for a while."""
    raw.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=raw, prefix="banc-") as ajout:
        generer(charger(dossier_par_defaut()), Path(ajout, "demo"), scenario="regime-etabli", echelle="ville")
        shutil.copytree(RACINE / "data/raw/diagnostics", Path(ajout, "diagnostics"))
        yield


def lire_et_verifier(fichiers: list[Path]) -> None:
    """Read each file. Raises ValueError when a figure known in advance is not the one read."""
    referentiel = charger(dossier_par_defaut())
    for fichier, chemin in zip(FICHIERS, fichiers, strict=True):
        if ecarts := fichier.ecarts(lire(chemin, referentiel).observations):
            raise ValueError(f"{chemin.name} : lu autrement, {ecarts}.")


def lire_simplement(fichiers: list[Path]) -> list[pd.DataFrame]:
    """The plain way: pandas reads the whole table, then keeps the lines of the commune."""
    commune = charger(dossier_par_defaut()).parametres.convention.commune_insee
    return [_filtrer(_trame(chemin), commune) for chemin in fichiers]


def _trame(chemin: Path) -> pd.DataFrame:
    textes = dict.fromkeys(_LIEUX, str)
    if chemin.suffix != ".zip":
        return pd.read_csv(chemin, sep=";", dtype=textes, low_memory=False)
    with zipfile.ZipFile(chemin) as archive, archive.open(archive.namelist()[0]) as flux:
        return pd.read_csv(flux, sep=";", dtype=textes, low_memory=False)


def _filtrer(trame: pd.DataFrame, commune: str) -> pd.DataFrame:
    lieu = next(colonne for colonne in _LIEUX if colonne in trame)
    return trame[trame[lieu].str.startswith(commune, na=False)]


def _taille_du_texte(chemin: Path) -> int:
    if chemin.suffix != ".zip":
        return chemin.stat().st_size
    with zipfile.ZipFile(chemin) as archive:
        return sum(info.file_size for info in archive.infolist())


if __name__ == "__main__":
    geste, *arguments = sys.argv[1:]
    chemins = [Path(argument) for argument in arguments]
    match geste:
        case "lire":
            lire_et_verifier(chemins)
        case "pandas":
            lire_simplement(chemins)
        case _:
            recus, banc = chemins
            construire((recus,), dossier_par_defaut(), banc)
