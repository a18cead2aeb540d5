"""The producers' files at their national size: reading them, then building when they stand in data/raw.

`python -m benchmarks.nationales lire FICHIER…` reads, `… pandas FICHIER…` has pandas read, `… construire RAW
DEMO ENTREPOT` builds; they write nothing but their errors, and their memory is measured from outside.
"""

import shutil
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd

from benchmarks import incrementale
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


def mesurer(dossier: Path, temporaire: Path) -> list[Comparaison]:
    """Reading against pandas, then the builds; writes the files into `dossier` if need be.

    `temporaire` holds the fictional campaign and the warehouse meanwhile.
    """
    referentiel = charger(dossier_par_defaut())
    fichiers = fabriquer(dossier, referentiel)
    shutil.copytree(RACINE / "data/raw/diagnostics", dossier / "diagnostics", dirs_exist_ok=True)
    demo, entrepot = temporaire / "demo_nationale", temporaire / "nationale.duckdb"
    generer(referentiel, demo, scenario="regime-etabli", echelle="ville")
    tout, memoire = a_part("benchmarks.nationales", "construire", dossier, demo, entrepot)
    _, notre = a_part("benchmarks.nationales", "lire", *fichiers)
    _, simple = a_part("benchmarks.nationales", "pandas", *fichiers)
    textes = formats.nombre(sum(map(_taille_du_texte, fichiers)) / 1e6, 0)
    return [
        Comparaison(
            f"lire {len(fichiers)} fichiers nationaux, {textes} Mo de texte (au plus {notre} Mo)",
            chronometrer(lambda: lire_et_verifier(fichiers), repetitions=3),
            chronometrer(lambda: lire_simplement(fichiers), repetitions=3, chauffe=0),
            f"pandas.read_csv, puis les lignes de la commune (au plus {simple} Mo)",
        ),
        Comparaison(
            f"fichiers nationaux et campagne : tout lire et construire, première fois (au plus {memoire} Mo)",
            Duree(tout, tout, tout),
        ),
        *(
            replace(ligne, quoi=f"fichiers nationaux et campagne : {ligne.quoi}")
            for ligne in incrementale.mesurer(dossier, demo, entrepot)
        ),
    ]


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
            recus, campagne, banc = chemins
            construire((recus, campagne), dossier_par_defaut(), banc)
