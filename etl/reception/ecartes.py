"""What somebody set aside: kept with the reason, and put back among what waits once it can serve."""

import datetime as dt
import json
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from etl import disque
from etl.reception.lots import DESCRIPTION, ECARTES, FORMAT_ID, RAISON, dossier_depots, verrou


@dataclass(frozen=True, slots=True)
class Ecarte:
    """Files set aside in one gesture: `le`, when; `noms`, theirs."""

    dossier: Path
    le: dt.datetime
    raison: str
    noms: tuple[str, ...]


def ecartes(racine: Path | None = None) -> list[Ecarte]:
    """What was set aside and still stands there, the last gesture first."""
    racine = racine or dossier_depots()
    trouves = []
    for raison in (racine / ECARTES).glob(f"[!.]*/{RAISON}"):
        try:
            trouves.append(_lire(raison))
        except FileNotFoundError:  # taken back by another tab at this very moment
            continue
        except (ValueError, KeyError):
            trouves.append(_abimee(raison.parent))
    return sorted(
        (ecarte for ecarte in trouves if ecarte.noms), key=lambda e: (e.le, e.dossier.name), reverse=True
    )


def reprendre(ecarte: Ecarte, racine: Path | None = None) -> str:
    """Put files back among the drops that wait; returns the identifier of their drop. Raises OSError.

    They leave `ecartes/` once they stand whole in the drop: killed in between, they are in both.
    """
    racine = racine or dossier_depots()
    with verrou(racine):
        if not (ecarte.dossier / RAISON).is_file():
            raise FileNotFoundError("Ces fichiers ont déjà été repris : ils attendent une décision.")
        try:
            lu = json.loads((ecarte.dossier / RAISON).read_text(encoding="utf-8"))
        except ValueError:
            raise OSError(_abimee(ecarte.dossier).raison) from None
        lot_id = f"{dt.datetime.now():{FORMAT_ID}}-{secrets.token_hex(2)}"
        disque.balayer(racine)
        with disque.preparer(racine, lot_id) as entrant:
            pieces = [piece for piece in lu["pieces"] if piece["nom"] in ecarte.noms]
            for piece in pieces:
                disque.copier(ecarte.dossier / piece["nom"], entrant / piece["nom"])
            description = {
                # the day it was dropped is when it was received, unless its message says otherwise
                "depose_le": lu.get("depose_le") or lu["le"],
                "pieces": [
                    {nom: piece[nom] for nom in ("nom", "sha256", "taille", "origine")}
                    | {nom: piece.get(nom) or None for nom in ("recu_le", "dit_le", "refus")}
                    for piece in pieces
                ],
                "remarques": [],
            }
            disque.ecrire(entrant / DESCRIPTION, json.dumps(description, ensure_ascii=False).encode())
        (ecarte.dossier / RAISON).unlink()
        shutil.rmtree(ecarte.dossier, ignore_errors=True)
    return lot_id


def _lire(fichier: Path) -> Ecarte:
    lu = json.loads(fichier.read_text(encoding="utf-8"))
    noms = tuple(piece["nom"] for piece in lu["pieces"] if (fichier.parent / piece["nom"]).is_file())
    return Ecarte(fichier.parent, dt.datetime.fromisoformat(lu["le"]), lu["raison"], noms)


def _abimee(dossier: Path) -> Ecarte:
    """What remains to say when the description cannot be read: the files stand there."""
    return Ecarte(
        dossier,
        dt.datetime.fromtimestamp(dossier.stat().st_mtime),
        f"La description est abîmée ; déposer de nouveau ces fichiers, depuis {ECARTES}/{dossier.name}.",
        tuple(sorted(c.name for c in dossier.iterdir() if c.name != RAISON)),
    )
