"""A département: more than 5 000 reports, written once, then read and built in a process of its own.

`python -m benchmarks.departement DOSSIER ENTREPOT` builds, and writes nothing but its errors.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.mesure import Comparaison, Duree
from ctg.referentiel import charger, dossier_par_defaut
from etl.construction.entrepot import construire
from etl.demo import generer, peremption
from etl.demo.echelles import DOSSIER_REFERENTIEL

RACINE = Path(__file__).parents[1]
_MO = 1024 if sys.platform != "darwin" else 1024**2  # of a megabyte, in the unit of ru_maxrss


def mesurer(dossier: Path, entrepot: Path) -> list[Comparaison]:
    """Two lines: everything, then nothing changed; each with its peak of memory. Writes `dossier` if need be.

    Writing the campaign takes some minutes; a folder that already holds the one of today’s code is kept.
    """
    if peremption.perimee(dossier, dossier_par_defaut()):
        generer(charger(dossier_par_defaut()), dossier, echelle="departement")
        peremption.signer(dossier, dossier_par_defaut())
    classeurs = sum(1 for _ in dossier.rglob("*.xlsx"))
    lignes = []
    for quoi in ("tout lire et construire", "construire quand rien n’a changé"):
        secondes, memoire = _a_part(dossier, entrepot)
        lignes.append(
            Comparaison(
                f"département, {classeurs} classeurs : {quoi} (au plus {memoire} Mo)",
                Duree(secondes, secondes, secondes),
            )
        )
    return lignes


def _a_part(dossier: Path, entrepot: Path) -> tuple[float, int]:
    """Seconds, and megabytes at the peak, of a build in a new process. Raises RuntimeError when it fails."""
    debut = time.perf_counter()
    commande = [sys.executable, "-m", "benchmarks.departement", str(dossier), str(entrepot)]
    processus = subprocess.Popen(commande, cwd=RACINE)
    _, statut, usage = os.wait4(processus.pid, 0)
    secondes = time.perf_counter() - debut
    if statut:
        raise RuntimeError(f"La construction du département a échoué ({statut}).")
    return secondes, round(usage.ru_maxrss / _MO)


if __name__ == "__main__":
    campagne, banc = map(Path, sys.argv[1:])
    construire((RACINE / "data/raw/diagnostics", campagne), campagne / DOSSIER_REFERENTIEL, banc)
