"""A département: more than 5 000 reports, written once, then read and built in a process of its own.

`python -m benchmarks.departement DOSSIER ENTREPOT` builds, and writes nothing but its errors.
"""

import sys
from pathlib import Path

from benchmarks.mesure import RACINE, Comparaison, Duree, a_part
from ctg.referentiel import charger, dossier_par_defaut
from etl.construction.entrepot import construire
from etl.demo import generer, peremption
from etl.demo.echelles import DOSSIER_REFERENTIEL


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
        secondes, memoire = a_part("benchmarks.departement", dossier, entrepot)
        lignes.append(
            Comparaison(
                f"département, {classeurs} classeurs : {quoi} (au plus {memoire} Mo)",
                Duree(secondes, secondes, secondes),
            )
        )
    return lignes


if __name__ == "__main__":
    campagne, banc = map(Path, sys.argv[1:])
    construire((RACINE / "data/raw/diagnostics", campagne), campagne / DOSSIER_REFERENTIEL, banc)
