"""Make the compact table from a folder of producers' files: `python -m etl compacter`."""

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from etl.sources.compact.ecriture import Provenance, ecrire_compact
from etl.sources.departage import departager
from etl.sources.lecture import lire
from etl.sources.modele import LectureSource


def compacter(
    raw: Path, vers: Path, referentiel: Any, *, fait_le: dt.date
) -> tuple[Path, tuple[tuple[Path, LectureSource], ...]]:
    """Read every file under `raw`, write the compact table into `vers`.

    Returns the table's path and the reading of each file, so that the caller may name what was left out.
    Raises ValueError, in French, when no producer's file gives a figure.
    """
    lectures = tuple((f, lire(f, referentiel)) for f in sorted(raw.rglob("*")) if f.is_file())
    utiles = [paire for paire in lectures if paire[1].priorite and paire[1].observations.num_rows]
    if not utiles:
        raise ValueError(f"Aucun fichier de producteur sous {raw} : la table compacte n'est pas écrite.")
    observations, _ = departager((str(f.relative_to(raw)), lecture) for f, lecture in utiles)
    provenances = [Provenance(f.name, lecture.famille, _empreinte(f)) for f, lecture in utiles]
    territoires = [t for _, lecture in lectures for t in lecture.territoires]
    table = ecrire_compact(
        observations,
        vers,
        territoires,
        provenances,
        nom=referentiel.parametres.convention.ville_id,
        fait_le=fait_le,
    )
    return table, lectures


def _empreinte(fichier: Path) -> str:
    return hashlib.sha256(fichier.read_bytes()).hexdigest()
