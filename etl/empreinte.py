"""Were these inputs already built? One hash of the files received, convention, decisions, code."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from etl.inventaire import RACINE, dossier_saisies, empreinte_de, nom_lisible, parcourir

_CODE = frozenset({".py", ".sql", ".yml", ".csv"})


def calculer(referentiel: Path, dossiers: Iterable[Path]) -> str:
    """Fingerprint of everything a build depends on; `dossiers` are those whose files it would read."""
    hachage = hashlib.sha256()
    for role, racine, chemins in (
        *(("raw", dossier, parcourir(dossier)) for dossier in dossiers),
        ("saisies", dossier_saisies(), parcourir(dossier_saisies())),
        ("referentiel", referentiel, ((c, None) for c in sorted(referentiel.rglob("*")) if c.is_file())),
        ("code", RACINE, ((c, None) for c in _code())),
    ):
        for chemin, obstacle in chemins:
            nom = nom_lisible(chemin.relative_to(racine))
            hachage.update(f"{role}\0{nom}\0{obstacle or empreinte_de(chemin)}\n".encode())
    return hachage.hexdigest()


def _code() -> Iterable[Path]:
    for paquet in ("ctg", "etl"):
        for chemin in sorted((RACINE / paquet).rglob("*")):
            if chemin.suffix in _CODE:
                yield chemin
