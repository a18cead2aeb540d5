"""Where each downloaded file comes from: the `source.yml` beside it, for people and for the next download."""

import datetime as dt
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from etl.sources.modele import Famille

NOM = "source.yml"  # documentation: the inventory of the files received leaves it aside


@dataclass(frozen=True, slots=True)
class Provenance:
    """One downloaded file: where from, when, and the proof that it did not change since."""

    nom: str
    adresse: str
    telecharge_le: dt.date
    sha256: str
    taille: int
    annee: int | None = None
    etag: str | None = None
    modifie_le: str | None = None
    a_verifier: str | None = None  # what was told when it was taken, that nothing proved or that had doubts


def lire(dossier: Path) -> dict[str, Provenance]:
    """The files of a folder by name; empty when nothing was written there, or nothing that can be read."""
    try:
        return {f["nom"]: Provenance(**f) for f in _ecrit(dossier)["fichiers"]}
    except (KeyError, TypeError):
        return {}


def _ecrit(dossier: Path) -> dict[str, Any]:
    try:
        ecrit = yaml.safe_load((dossier / NOM).read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        return {}
    return ecrit if isinstance(ecrit, dict) else {}


def noter(dossier: Path, famille: Famille, provenance: Provenance) -> None:
    """Write the provenance of one file beside the others, in one move. Raises OSError."""
    fichiers = {**lire(dossier), provenance.nom: provenance}
    contenu = _ecrit(dossier) | {  # what a person wrote there stays
        "source_id": famille.source_id,
        "titre": famille.titre,
        "producteur": famille.producteur,
        "licence": famille.licence,
        "fait_avec": "python -m etl telecharger",
        "fichiers": [asdict(fichiers[nom]) for nom in sorted(fichiers)],
    }
    temporaire = dossier / f".{NOM}.nouveau"
    temporaire.write_text(
        yaml.safe_dump(contenu, allow_unicode=True, sort_keys=False, width=110), encoding="utf-8"
    )
    temporaire.replace(dossier / NOM)
