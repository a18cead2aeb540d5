"""Were these inputs already built? One hash of the files received, convention, decisions, code."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from etl.inventaire import RACINE, dossier_saisies, empreinte_de, fichiers

_CODE = frozenset({".py", ".sql", ".yml", ".csv"})


def calculer(referentiel: Path, dossiers: Iterable[Path]) -> str:
    """Fingerprint of everything a build depends on; `dossiers` are those whose files it would read."""
    hachage = hashlib.sha256()
    for role, racine, chemins in (
        *(("raw", dossier, fichiers(dossier)) for dossier in dossiers),
        ("saisies", dossier_saisies(), fichiers(dossier_saisies())),
        ("referentiel", referentiel, (c for c in sorted(referentiel.rglob("*")) if c.is_file())),
        ("code", RACINE, _code()),
    ):
        for chemin in chemins:
            nom = chemin.relative_to(racine).as_posix()
            hachage.update(f"{role}\0{nom}\0{empreinte_de(chemin)}\n".encode())
    return hachage.hexdigest()


def _code() -> Iterable[Path]:
    for paquet in ("ctg", "etl"):
        for chemin in sorted((RACINE / paquet).rglob("*")):
            if chemin.suffix in _CODE:
                yield chemin
