"""Make the compact table from a folder of producers' files: `python -m etl compacter`."""

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from ctg.referentiel import Referentiel
from etl.anomalie import Anomalie
from etl.inventaire import Recu, inventorier
from etl.sources.compact.ecriture import Provenance, ecrire_compact
from etl.sources.departage import departager
from etl.sources.jumeaux import Lue, sans_jumeaux
from etl.sources.lecture import lire
from etl.sources.modele import LectureSource, ecarter


class Compactage(NamedTuple):
    """What was written (`table` is None when no producer's file gives a figure) and what must be told."""

    table: Path | None
    lectures: tuple[tuple[str, LectureSource], ...]
    contradictions: tuple[tuple[str, Anomalie], ...] = ()


def compacter(raw: Path, vers: Path, referentiel: Referentiel, *, fait_le: dt.date) -> Compactage:
    """Read every file under `raw` and write the compact table into `vers`.

    The reading of each file is returned, so that the caller names what was left out and why.
    """
    recus = inventorier(raw)
    lues = [Lue(recu.nom, recu.sha256, _lire(recu, referentiel)) for recu in recus]
    lectures = tuple(sans_jumeaux(lues))
    utiles = [paire for paire in lectures if paire[1].priorite and paire[1].observations.num_rows]
    if not utiles:
        return Compactage(None, lectures)
    empreintes = {recu.nom: recu.sha256 for recu in recus}
    observations, contradictions = departager(utiles)
    table = ecrire_compact(
        observations,
        vers,
        [t for _, lecture in lectures for t in lecture.territoires],
        [Provenance(Path(nom).name, lecture.famille, empreintes[nom]) for nom, lecture in utiles],
        nom=referentiel.parametres.convention.ville_id,
        fait_le=fait_le,
    )
    return Compactage(table, lectures, contradictions)


def _lire(recu: Recu, referentiel: Referentiel) -> LectureSource:
    if recu.obstacle:
        return ecarter(None, "refuse", "fichier_inaccessible", recu.obstacle)
    return lire(recu.chemin, referentiel)
