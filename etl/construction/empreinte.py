"""Were these inputs already built, or already read? Hashes of files, convention, decisions, code."""

import datetime as dt
import hashlib
import os
import platform
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from etl.hachages import empreinte_de
from etl.inventaire import RACINE, dossier_saisies, nom_lisible, parcourir

_CODE = (".py", ".sql", ".yml", ".csv")
# what people confirmed of wordings: the only decisions a reading looks at
_SAISIES_LUES = ("libelles.csv",)
# as they are installed, which the lock does not tell: what reads, and what computes
_BIBLIOTHEQUES = ("duckdb", "openpyxl", "pyarrow", "pyyaml", "rapidfuzz", "xlrd")
Ligne = tuple[str, str, str]  # role, name, hash or obstacle


def calculer(version: str, dossiers: Iterable[Path]) -> str:
    """Fingerprint of everything a build depends on: the `version` of `de_la_suite`, what was decided, and the
    files of `dossiers`, those that it would read."""
    return _hacher(
        [
            ("version", "", version),
            *(ligne for dossier in dossiers for ligne in _recus("raw", dossier)),
            *_recus("saisies", dossier_saisies()),
            # among the files received a .yml only documents; among the decisions it counts: corrections.yml
            *(("saisies", c.name, empreinte_de(c)) for c in sorted(dossier_saisies().glob("*.yml"))),
        ]
    )


def de_la_suite(referentiel: Path) -> str:
    """Fingerprint of what makes a warehouse, beside the files received and what was decided of them.

    Two builds of one fingerprint read a file alike and compute alike: programme, libraries, convention, year.
    """
    return _hacher(
        [
            *_code(_CODE),
            *(("bibliotheques", c.name, empreinte_de(c)) for c in RACINE.glob("uv.lock")),
            ("bibliotheques", "python", platform.python_version()),
            ("annee", "", str(dt.date.today().year)),  # data of a year to come are refused (etl/sources)
            *(("bibliotheques", nom, metadata.version(nom)) for nom in _BIBLIOTHEQUES),
            *_referentiel(referentiel),
            *(
                ("saisies", nom, empreinte_de(dossier_saisies() / nom))
                for nom in _SAISIES_LUES
                if (dossier_saisies() / nom).is_file()
            ),
        ]
    )


def _hacher(lignes: Iterable[Ligne]) -> str:
    hachage = hashlib.sha256()
    for role, nom, empreinte in lignes:
        hachage.update(f"{role}\0{nom}\0{empreinte}\n".encode())
    return hachage.hexdigest()


def _recus(role: str, dossier: Path) -> Iterator[Ligne]:
    for chemin, obstacle in parcourir(dossier):
        yield role, nom_lisible(chemin.relative_to(dossier)), obstacle or empreinte_de(chemin)


def _referentiel(dossier: Path) -> Iterator[Ligne]:
    # what stands one folder down is read there even through a link, that `rglob` does not follow
    for chemin in sorted({*dossier.rglob("*"), *dossier.glob("*/*")}):
        if chemin.is_file():
            yield "referentiel", nom_lisible(chemin.relative_to(dossier)), empreinte_de(chemin)


def _code(suffixes: tuple[str, ...]) -> Iterator[Ligne]:
    for paquet in ("ctg", "etl"):
        for lieu, dossiers, noms in os.walk(RACINE / paquet):
            dossiers.sort()
            for nom in sorted(noms):
                if nom.endswith(suffixes):
                    chemin = Path(lieu, nom)
                    yield "code", nom_lisible(chemin.relative_to(RACINE)), empreinte_de(chemin)
