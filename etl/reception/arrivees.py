"""When a file already received came, said again by a person: one more line in a receptions.csv.

Nothing already written is touched. The lines go to `recus/receptions.csv`, read after those that were written
when the files were accepted: the last one read about a content is the one that counts.
"""

import csv
import datetime as dt
import io
from pathlib import Path

from etl import disque, inventaire
from etl.inventaire import ReceptionsIllisibles
from etl.reception.acceptation import COLONNES, RECUS
from etl.reception.lots import dossier_depots, verrou


def est_la(fichier: str, raw: Path | None = None) -> bool:
    """Whether a file of the warehouse stands in the folder of what is received, not in the demonstration."""
    return ((raw or inventaire.dossiers_lus()[0]) / fichier).is_file()


def dater(
    fichier: str, sha256: str, recu_le: dt.datetime, raw: Path | None = None, racine: Path | None = None
) -> None:
    """Write when a file received came. Raises ReceptionsIllisibles (nothing written), OSError."""
    raw = raw or inventaire.dossiers_lus()[0]
    with verrou(racine or dossier_depots()):
        registre = raw / RECUS / inventaire.RECEPTIONS
        lignes = io.StringIO(newline="")
        ecrire = csv.writer(lignes, delimiter=";", lineterminator="\n").writerow
        deja = registre.read_bytes() if registre.is_file() else b""
        if not deja:
            ecrire(COLONNES)
        elif deja.decode("utf-8-sig", "replace").splitlines()[0] != ";".join(COLONNES):
            raise ReceptionsIllisibles(
                f"{registre}, ligne 1 : colonnes attendues « {';'.join(COLONNES)} ». Les remettre, puis "
                "recommencer."
            )
        elif not deja.endswith(b"\n"):
            lignes.write("\n")
        ecrire([sha256, fichier, recu_le.isoformat()])
        registre.parent.mkdir(exist_ok=True, mode=0o700)
        neuf = registre.with_name(f".{registre.name}")
        neuf.unlink(missing_ok=True)
        disque.ecrire(neuf, deja + lignes.getvalue().encode())
        neuf.replace(registre)
        disque.forcer(registre.parent)
