"""Write the national files: the first cells of a line are its place’s, the others are drawn, then reused."""

import csv
import itertools
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from benchmarks.national import entetes
from benchmarks.national.fichiers import FICHIERS, Fichier
from benchmarks.national.lieux import Pays
from ctg.referentiel import Referentiel

COMMUNES = 35_000
_GRAINE = 20_251
_TIRAGES, _CELLULES = 400, 20_000  # drawn at least: more than the window of a zip remembers
_MORCEAU = 5_000


def fabriquer(dossier: Path, referentiel: Referentiel, nombre: int = COMMUNES) -> list[Path]:
    """Write every file that `dossier` does not hold yet, for `nombre` communes; give their paths.

    National size takes half a minute and 400 MB of disk. The figures known in advance are those of Dijon.
    """
    pays = Pays(nombre, referentiel.parametres.convention.commune_insee, tuple(referentiel.iris))
    manquants = [fichier for fichier in FICHIERS if not (dossier / fichier.chemin).exists()]
    with ThreadPoolExecutor() as equipe:  # compressing leaves Python free
        list(equipe.map(lambda fichier: _ecrire(fichier, dossier / fichier.chemin, pays), manquants))
    return [dossier / fichier.chemin for fichier in FICHIERS]


def _ecrire(fichier: Fichier, chemin: Path, pays: Pays) -> None:
    chemin.parent.mkdir(parents=True, exist_ok=True)
    provisoire = chemin.with_name(f".{chemin.name}")
    if fichier.membre is None:
        with provisoire.open("wb") as flux:
            flux.writelines(_texte(fichier, pays))
    else:
        with zipfile.ZipFile(provisoire, "w", zipfile.ZIP_DEFLATED) as archive:
            with archive.open(fichier.membre, "w", force_zip64=True) as flux:
                for morceau in _texte(fichier, pays):
                    flux.write(morceau)
            if fichier.dictionnaire:
                lignes = entetes.dictionnaire(fichier.dictionnaire, fichier.entetes, fichier.places(pays))
                archive.writestr(f"meta_{Path(fichier.membre).name}", "\n".join(lignes))
    provisoire.replace(chemin)


def _texte(fichier: Fichier, pays: Pays) -> Iterator[bytes]:
    titres = [f'"{e}"' if rang < fichier.citees else e for rang, e in enumerate(fichier.entetes)]
    yield f"{fichier.marque}{';'.join(titres)}{fichier.fin}".encode()
    lignes = _lignes(fichier, pays)
    while morceau := list(itertools.islice(lignes, _MORCEAU)):
        yield "".join(morceau).encode()


def _lignes(fichier: Fichier, pays: Pays) -> Iterator[str]:
    largeur = len(_cellules(fichier.lignes(pays.notre)[0]))
    fins = _fins(fichier, len(fichier.entetes) - largeur)
    for place in fichier.places(pays):
        for debut in fichier.lignes(place):
            suite = next(fins)
            if debut in fichier.connues:
                suite = _avec(fichier.connues[debut], fichier.entetes[largeur:], suite)
            yield f"{debut};{suite}{fichier.fin}"


def _cellules(ligne: str) -> list[str]:
    return next(csv.reader([ligne], delimiter=";"))


def _fins(fichier: Fichier, largeur: int) -> Iterator[str]:
    """The cells that nobody checks, again and again."""
    alea = np.random.default_rng(_GRAINE)
    tirages = max(_TIRAGES, _CELLULES // largeur)
    return itertools.cycle([";".join(fichier.tirage(alea, largeur)) for _ in range(tirages)])


def _avec(connues: Mapping[str, str], entetes_tirees: Sequence[str], suite: str) -> str:
    """The end of a line of ours, its known figures in their columns."""
    tirees = zip(entetes_tirees, suite.split(";"), strict=True)
    return ";".join(connues.get(entete, tiree) for entete, tiree in tirees)
