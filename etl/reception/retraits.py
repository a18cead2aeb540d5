"""Taking a file out of what was received, with a reason: set aside whole, where it is taken back from.

It stands with what was set aside (`ecartes/`) before it leaves the received ones: killed in between, it is
in both, and known by its content. Who withdrew it and why stays in the journal (etl/reception/arrivees.py).
"""

import datetime as dt
import json
import secrets
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from etl import disque, inventaire
from etl.reception import arrivees
from etl.reception.lots import ECARTES, FORMAT_ID, RAISON, dossier_depots, verrou


def retirer(
    fichier: str,
    sha256: str,
    recu_le: dt.datetime | None,
    signature: Mapping[str, str],
    raw: Path | None = None,
    racine: Path | None = None,
) -> Path:
    """Set aside the file `fichier` of `raw`; returns the folder it stands in. Raises OSError (it has changed,
    or is no longer there), ReceptionsIllisibles; it then has not moved.

    `recu_le`: the date it keeps, would it be taken back. `signature`: see etl.saisies.signer.
    """
    raw, racine = raw or inventaire.dossiers_lus()[0], racine or dossier_depots()
    source = raw / fichier
    nom = PurePosixPath(fichier).name
    with verrou(racine):
        ecartes = racine / ECARTES
        ecartes.mkdir(exist_ok=True, mode=0o700)
        disque.balayer(ecartes)
        maintenant = dt.datetime.now()
        dossier = f"{maintenant:{FORMAT_ID}}-{secrets.token_hex(2)}"
        with disque.preparer(ecartes, dossier) as entrant:
            if disque.copier(source, entrant / nom) != sha256:
                raise OSError(f"« {fichier} » a changé depuis qu’il est affiché : le regarder de nouveau.")
            dit = {
                "raison": f"retiré des fichiers reçus. {signature['raison']}",
                "le": signature["le"],
                "depose_le": (recu_le or maintenant).isoformat(),
                "pieces": [
                    {
                        "nom": nom,
                        "sha256": sha256,
                        "taille": (entrant / nom).stat().st_size,
                        "origine": None,
                        "recu_le": recu_le.isoformat() if recu_le else None,
                    }
                ],
            }
            disque.ecrire(entrant / RAISON, json.dumps(dit, ensure_ascii=False).encode())
        arrivees.noter_le_retrait(fichier, sha256, signature, raw)
        source.unlink()
        disque.forcer(source.parent)
    return ecartes / dossier
