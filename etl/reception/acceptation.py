"""Accepted files enter `data/raw` in one move: killed at any moment, entirely in or entirely out.

They are written, with their dates, in a hidden folder that nobody reads, forced to disk, then the folder is
renamed. A file leaves its drop afterwards: a death in between leaves it in both, and it is then known by its
content.
"""

import csv
import datetime as dt
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from etl import disque, hachages, inventaire
from etl.canevas.lecture.reconnaissance import reconnaitre
from etl.reception.lots import Lot, Piece, dossier_depots, retirer, verrou

RECUS = "recus"  # under raw: what was accepted here
COLONNES = ("sha256", "fichier", "recu_le")  # of the receptions.csv written here
_FORMAT = "%Y-%m-%d_%H%M%S"
_ESSAIS = 100


@dataclass(frozen=True, slots=True)
class Acceptation:
    """`dossier`: where the files stand now, None when all were there; `deja`: those not stored twice."""

    dossier: Path | None
    entres: tuple[str, ...]
    deja: tuple[str, ...]


def accepter(
    lot: Lot, dates: Mapping[str, dt.date | dt.datetime], raw: Path | None = None, racine: Path | None = None
) -> Acceptation:
    """Move the files of a drop named in `dates` (name → date of reception) into `raw`. Raises OSError.

    Nothing has changed when it raises before the move.
    """
    raw = raw or inventaire.dossiers_lus()[0]
    racine = racine or dossier_depots()
    choisies = [piece for piece in lot.pieces if piece.nom in dates]
    with verrou(racine):
        disque.balayer(raw)
        connus, nouvelles, deja = deja_recus(raw), [], []
        for piece in choisies:
            (deja if deja_recu(piece, connus) else nouvelles).append(piece)
            connus[piece.sha256].append(piece.nom)
        dossier = _faire_entrer(nouvelles, dates, raw) if nouvelles else None
        retirer(lot, choisies)
    return Acceptation(dossier, tuple(p.nom for p in nouvelles), tuple(p.nom for p in deja))


def deja_recus(raw: Path) -> defaultdict[str, list[str]]:
    """SHA-256 → names of what already stands in `raw`."""
    connus = defaultdict(list)
    for chemin, obstacle in inventaire.parcourir(raw):
        if obstacle is None:
            connus[hachages.empreinte_de(chemin)].append(inventaire.nom_lisible(chemin.relative_to(raw)))
    return connus


def deja_recu(piece: Piece, connus: Mapping[str, Sequence[str]]) -> str | None:
    """The name under which a file is already there, or None when it may say something new.

    A form of ours says all of it inside. Open data, or a workbook of their own, may say their year only in
    their name: sent again under the one that was advised, they are looked at (etl/lecture/copies.py).
    """
    noms = connus.get(piece.sha256, ())
    meme = next((nom for nom in noms if PurePosixPath(nom).name == PurePosixPath(piece.nom).name), None)
    return meme or (noms[0] if noms and reconnaitre(piece.chemin) else None)


def _faire_entrer(pieces: list[Piece], dates: Mapping[str, dt.date | dt.datetime], raw: Path) -> Path:
    """Write everything aside, then give it its name; returns the folder."""
    recus = raw / RECUS
    horodatage = _libre(recus, dt.datetime.now().strftime(_FORMAT))
    with disque.preparer(raw, horodatage, vers=recus) as entrant:
        for piece in pieces:
            if disque.copier(piece.chemin, entrant / piece.nom) != piece.sha256:
                raise OSError(f"« {piece.nom} » a changé depuis son dépôt : le déposer à nouveau.")
        disque.ecrire(entrant / inventaire.RECEPTIONS, _receptions(pieces, dates))
    return recus / horodatage


def _libre(recus: Path, horodatage: str) -> str:
    noms = [horodatage, *(f"{horodatage}-{rang}" for rang in range(2, _ESSAIS))]
    return next(nom for nom in noms if not (recus / nom).exists())


def _receptions(pieces: list[Piece], dates: Mapping[str, dt.date | dt.datetime]) -> bytes:
    texte = io.StringIO(newline="")
    lignes = csv.writer(texte, delimiter=";", lineterminator="\n")
    lignes.writerow(COLONNES)
    lignes.writerows([piece.sha256, piece.nom, dates[piece.nom].isoformat()] for piece in pieces)
    return texte.getvalue().encode("utf-8")
