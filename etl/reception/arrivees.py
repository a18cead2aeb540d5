"""The journal of the files received (`recus/receptions.csv`): a date said again, a file withdrawn; who, why.

Nothing already written is touched: a line more each time, read after those that were written when the files
were accepted. The last date read about a content is the one that counts.
"""

import csv
import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from etl import disque, inventaire
from etl.inventaire import INCONNUE, RETRAIT, ReceptionsIllisibles
from etl.reception.acceptation import COLONNES, RECUS
from etl.reception.lots import dossier_depots, verrou

SIGNATURE = ("le", "fonction", "raison")  # of a correction; blank for the order of two files of one day
_ACTE = "acte"
_ENTETE = (*COLONNES, _ACTE, *SIGNATURE)
SANS_SIGNATURE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Dite:
    """What was said of a content: received on `recu_le` (None: nobody knows), or withdrawn.

    `le`, `fonction`, `raison`: when, by whom and why; blank for what was written when it was accepted.
    """

    recu_le: dt.datetime | None
    retire: bool
    le: str
    fonction: str
    raison: str


def est_la(fichier: str, raw: Path | None = None) -> bool:
    """Whether a file of the warehouse stands in the folder of what is received, not in the demonstration."""
    return ((raw or inventaire.dossiers_lus()[0]) / fichier).is_file()


def dater(
    fichier: str,
    sha256: str,
    recu_le: dt.datetime | None,
    raw: Path | None = None,
    racine: Path | None = None,
    signature: Mapping[str, str] = SANS_SIGNATURE,
) -> None:
    """Write when a file received came (None: nobody knows). Raises ReceptionsIllisibles (nothing written),
    OSError."""
    with verrou(racine or dossier_depots()):
        date = recu_le.isoformat() if recu_le else INCONNUE
        _ajouter(raw, {"sha256": sha256, "fichier": fichier, "recu_le": date, **signature})


def noter_le_retrait(
    fichier: str, sha256: str, signature: Mapping[str, str], raw: Path | None = None
) -> None:
    """Write that a file received was withdrawn; whoever calls holds the lock. Raises as `dater`."""
    _ajouter(raw, {"sha256": sha256, "fichier": fichier, _ACTE: RETRAIT, **signature})


def histoire(fichier: str, sha256: str, raw: Path | None = None) -> list[Dite]:
    """All that was said of a content, in order: when it was accepted, then since.

    `fichier`: its name, by which a register written by hand may call it. Raises ReceptionsIllisibles,
    OSError.
    """
    noms = (fichier, PurePosixPath(fichier).name)
    return [
        Dite(
            inventaire.lire_date(ligne["recu_le"], registre, numero) if ligne["recu_le"] else None,
            ligne.get(_ACTE) == RETRAIT,
            *(ligne.get(nom, "") for nom in SIGNATURE),
        )
        for registre in inventaire.registres(raw or inventaire.dossiers_lus()[0])
        for numero, ligne in enumerate(inventaire.lignes(registre), start=2)
        if (ligne.get("sha256", "").lower() or ligne.get("fichier")) in (sha256, *noms)
    ]


def _ajouter(raw: Path | None, champs: Mapping[str, str]) -> None:
    """One line more; a journal begun without the last columns is given them."""
    registre = (raw or inventaire.dossiers_lus()[0]) / RECUS / inventaire.RECEPTIONS
    deja = registre.read_bytes() if registre.is_file() else b""
    premiere, fin, suite = deja.partition(b"\n")
    entete = premiere.decode("utf-8-sig", "replace").rstrip("\r")
    if entete == ";".join(COLONNES):
        premiere, entete = _csv(_ENTETE).rstrip(b"\n"), ";".join(_ENTETE)
    if deja and entete != ";".join(_ENTETE):
        raise ReceptionsIllisibles(
            f"{registre}, ligne 1 : colonnes attendues « {';'.join(COLONNES)} ». Les remettre, puis "
            "recommencer."
        )
    if deja:
        deja = premiere + (fin or b"\n") + suite
        deja += b"" if deja.endswith(b"\n") else b"\n"
    else:
        deja = _csv(_ENTETE)
    registre.parent.mkdir(exist_ok=True, mode=0o700)
    neuf = registre.with_name(f".{registre.name}")
    neuf.unlink(missing_ok=True)
    disque.ecrire(neuf, deja + _csv([champs.get(colonne, "") for colonne in _ENTETE]))
    neuf.replace(registre)
    disque.forcer(registre.parent)


def _csv(cellules: object) -> bytes:
    texte = io.StringIO(newline="")
    csv.writer(texte, delimiter=";", lineterminator="\n").writerow(cellules)
    return texte.getvalue().encode()
