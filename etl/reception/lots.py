"""What was dropped and waits for somebody's decision: one folder a drop, under `data/depots`.

A drop stands whole before anything is looked at: the browser may close. What was decided leaves its folder,
so that a drop is what remains to decide.
"""

import contextlib
import datetime as dt
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from etl import disque
from etl.inventaire import RACINE
from etl.reception.deballage import deballer
from etl.reception.noms import assainir

ECARTES = "ecartes"
DESCRIPTION, RAISON = "lot.json", "raison.json"
FORMAT_ID = "%Y-%m-%d_%H%M%S.%f"  # two drops of one second have an order too


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a drop. `origine`: the archive or message it was in; `recu_le`: when that message came.

    `dit_le`: when it came, as a person corrected it. `refus`: why it could not be opened, if it is so.
    """

    nom: str
    chemin: Path
    sha256: str
    taille: int
    origine: str | None = None
    recu_le: dt.datetime | None = None
    dit_le: dt.datetime | None = None
    refus: str | None = None


@dataclass(frozen=True, slots=True)
class Lot:
    """A drop: what remains to decide, and what was left out at once, as (name, reason)."""

    lot_id: str
    dossier: Path
    depose_le: dt.datetime
    pieces: tuple[Piece, ...]
    remarques: tuple[tuple[str, str], ...]


def dossier_depots() -> Path:
    """Folder of the drops: `CTG_DEPOTS`, else data/depots."""
    return Path(os.environ.get("CTG_DEPOTS") or RACINE / "data" / "depots")


def verrou(racine: Path) -> FileLock:
    """One person at a time puts down, accepts or sets aside."""
    racine.mkdir(parents=True, exist_ok=True, mode=0o700)
    return FileLock(racine / ".verrou")


def deposer(fichiers: Iterable[tuple[str, bytes]], racine: Path | None = None) -> str:
    """Put down (name, content) pairs, archives and messages opened; returns the identifier of the drop.

    All of it or nothing. Raises OSError.
    """
    racine = racine or dossier_depots()
    maintenant = dt.datetime.now()
    lot_id = f"{maintenant:{FORMAT_ID}}-{secrets.token_hex(2)}"
    with verrou(racine):
        disque.balayer(racine)
        with disque.preparer(racine, lot_id) as entrant:
            pieces, remarques, noms = [], [], {DESCRIPTION}
            for nom, contenu in fichiers:
                deballe = deballer(nom, contenu)
                remarques += deballe.remarques
                for extrait in deballe.extraits:
                    propre = assainir(extrait.nom, noms)
                    noms.add(propre)
                    disque.ecrire(entrant / propre, extrait.contenu)
                    pieces.append(
                        {
                            "nom": propre,
                            "sha256": hashlib.sha256(extrait.contenu).hexdigest(),
                            "taille": len(extrait.contenu),
                            "origine": extrait.origine,
                            "recu_le": extrait.recu_le and extrait.recu_le.isoformat(),
                            "refus": extrait.refus,
                        }
                    )
            description = {
                "depose_le": maintenant.isoformat(timespec="seconds"),
                "pieces": pieces,
                "remarques": remarques,
            }
            disque.ecrire(entrant / DESCRIPTION, json.dumps(description, ensure_ascii=False).encode())
    return lot_id


def en_attente(racine: Path | None = None) -> list[Lot]:
    """The drops where something remains to decide or to be read, the last one first."""
    racine = racine or dossier_depots()
    if not racine.is_dir():
        return []
    lots = []
    for description in sorted(racine.glob(f"[!.]*/{DESCRIPTION}"), reverse=True):
        with contextlib.suppress(FileNotFoundError):  # decided in another tab at this very moment
            lots.append(_lire(description.parent))
    return [lot for lot in lots if lot.pieces or lot.remarques]


def trouver(adresse: str, racine: Path | None = None) -> Piece | None:
    """The file that waits at « drop/name »; None once it was decided."""
    for lot in en_attente(racine):
        for piece in lot.pieces:
            if f"{lot.lot_id}/{piece.nom}" == adresse:
                return piece
    return None


def dater(lot: Lot, nom: str, dit_le: dt.datetime | None, racine: Path | None = None) -> None:
    """Keep when a file came, as a person says (None: as it was); nothing for a drop decided since.

    Raises OSError.
    """
    with verrou(racine or dossier_depots()):
        fichier = lot.dossier / DESCRIPTION
        if not fichier.is_file():
            return
        lu = json.loads(fichier.read_text(encoding="utf-8"))
        for piece in lu["pieces"]:
            if piece["nom"] == nom:
                piece["dit_le"] = dit_le and dit_le.isoformat()
        neuf = fichier.with_name(f".{DESCRIPTION}")
        neuf.unlink(missing_ok=True)
        disque.ecrire(neuf, json.dumps(lu, ensure_ascii=False).encode())
        neuf.replace(fichier)


def retirer(lot: Lot, pieces: Iterable[Piece]) -> None:
    """Take decided files out of their drop; nothing left, the drop goes. Raises OSError."""
    partent = {piece.nom for piece in pieces}
    for piece in lot.pieces:
        if piece.nom in partent:
            piece.chemin.unlink(missing_ok=True)
    if all(piece.nom in partent for piece in lot.pieces):
        fermer(lot)


def fermer(lot: Lot) -> None:
    """Forget a drop where nothing remains to decide. Raises OSError."""
    (lot.dossier / DESCRIPTION).unlink(missing_ok=True)
    shutil.rmtree(lot.dossier, ignore_errors=True)


def ecarter(lot: Lot, pieces: Iterable[Piece], raison: str, racine: Path | None = None) -> Path:
    """Keep files somebody did not want under `ecartes/`, with the reason; returns the folder. Raises OSError.

    Nothing is lost: they leave their drop once they stand there whole.
    """
    racine, pieces = racine or dossier_depots(), list(pieces)
    with verrou(racine):
        ecartes = racine / ECARTES
        ecartes.mkdir(exist_ok=True, mode=0o700)
        disque.balayer(ecartes)
        nom = f"{lot.lot_id}-{secrets.token_hex(2)}"
        with disque.preparer(ecartes, nom) as entrant:
            for piece in pieces:
                disque.copier(piece.chemin, entrant / piece.nom)
            dit = {
                "raison": raison,
                "le": dt.datetime.now().isoformat(timespec="seconds"),
                "depose_le": lot.depose_le.isoformat(),
            }
            fiches = [
                {**asdict(p), "chemin": p.nom, "recu_le": str(p.recu_le or ""), "dit_le": str(p.dit_le or "")}
                for p in pieces
            ]
            disque.ecrire(
                entrant / RAISON, json.dumps({**dit, "pieces": fiches}, ensure_ascii=False).encode()
            )
        retirer(lot, pieces)
    return ecartes / nom


def _lire(dossier: Path) -> Lot:
    lu = json.loads((dossier / DESCRIPTION).read_text(encoding="utf-8"))
    return Lot(
        lot_id=dossier.name,
        dossier=dossier,
        depose_le=dt.datetime.fromisoformat(lu["depose_le"]),
        pieces=tuple(
            Piece(
                nom=p["nom"],
                chemin=dossier / p["nom"],
                sha256=p["sha256"],
                taille=p["taille"],
                origine=p["origine"],
                recu_le=dt.datetime.fromisoformat(p["recu_le"]) if p["recu_le"] else None,
                dit_le=dt.datetime.fromisoformat(p["dit_le"]) if p.get("dit_le") else None,
                refus=p.get("refus"),
            )
            for p in lu["pieces"]
            if (dossier / p["nom"]).is_file()
        ),
        remarques=tuple((nom, raison) for nom, raison in lu["remarques"]),
    )
