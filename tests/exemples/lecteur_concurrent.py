"""A reader that never stops, in its own process: `python lecteur_concurrent.py ENTREPOT ARRET JOURNAL`.

It asks the warehouse again and again through the only door of the pages, and writes down each version it
saw as soon as it saw it, or the error that should never happen.
"""

import json
import sys
import time
from pathlib import Path

from ctg.entrepot import Entrepot, signature

# the version is written twice, in two tables: a mixture of two builds would not agree
VERSION = """
    SELECT c.empreinte, (SELECT count(*) FROM publication.structure) AS structures,
           (SELECT string_agg(sha256, ' ') FROM collecte.fichier WHERE fichier = 'version.csv') AS sha256,
           (SELECT count(*) FROM publication.indicateur) AS indicateurs
    FROM publication.convention AS c
"""


def lire(chemin: Path, arret: Path, journal: Path) -> None:
    """Note every distinct version seen, in order, until `arret` exists; an error ends the list."""
    vues: list[dict] = []
    entrepot = None
    while not arret.exists():
        try:
            if entrepot is None or entrepot.signature != signature(chemin):
                entrepot = Entrepot(chemin)
            vue = entrepot.executer(VERSION).to_dict("records")[0]
        except Exception as erreur:  # whatever it is, the test must know it
            vue = {"erreur": repr(erreur)}
        if not vues or vues[-1] != vue:
            vues.append(vue)
            provisoire = journal.with_suffix(".nouveau")
            provisoire.write_text(json.dumps(vues), encoding="utf-8")
            provisoire.replace(journal)
        if "erreur" in vue:
            return
        time.sleep(0.05)


if __name__ == "__main__":
    lire(*map(Path, sys.argv[1:]))
