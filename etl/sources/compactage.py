"""Make the compact table from a folder of producers' files: `python -m etl compacter`."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from ctg.referentiel import Referentiel
from etl.inventaire import inventorier
from etl.sources.compact.ecriture import Provenance, ecrire_compact
from etl.sources.departage import departager
from etl.sources.lecture import lire
from etl.sources.modele import LectureSource


def compacter(
    raw: Path, vers: Path, referentiel: Referentiel, *, fait_le: dt.date
) -> tuple[Path | None, Sequence[tuple[str, LectureSource]]]:
    """Read every file under `raw` and write the compact table into `vers`.

    Returns the path of the table (None when no producer's file gives a figure: nothing is written) and the
    reading of each file, so that the caller may name what was left out.
    """
    recus = inventorier(raw)
    lectures = [(recu.nom, lire(recu.chemin, referentiel)) for recu in recus]
    utiles = [paire for paire in lectures if paire[1].priorite and paire[1].observations.num_rows]
    if not utiles:
        return None, lectures
    empreintes = {recu.nom: recu.sha256 for recu in recus}
    provenances = [Provenance(Path(nom).name, lue.famille, empreintes[nom]) for nom, lue in utiles]
    observations, _ = departager(utiles)
    table = ecrire_compact(
        observations,
        vers,
        [t for _, lecture in lectures for t in lecture.territoires],
        provenances,
        nom=referentiel.parametres.convention.ville_id,
        fait_le=fait_le,
    )
    return table, lectures
