"""What lies under `raw`: every file with its hash, and the date somebody wrote down for its reception."""

import csv
import datetime as dt
import hashlib
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

RACINE = Path(__file__).parents[1]
RECEPTIONS = "receptions.csv"
# they accompany the data and hold none
_DOCUMENTATION = frozenset({".md", ".yml", ".yaml"})


@dataclass(frozen=True, slots=True)
class Recu:
    """A file as received. `nom`: its path under the folder read, with `/`; `recu_le`: from receptions.csv."""

    chemin: Path
    nom: str
    sha256: str
    taille: int
    recu_le: dt.datetime | None = None


class ReceptionsIllisibles(Exception):  # noqa: N818 (errors are named in French, by what happened)
    """A receptions.csv that cannot be read; the message says where and why."""


def dossiers_lus() -> tuple[Path, ...]:
    """Folders a build reads: `CTG_RAW` and nothing else, or data/raw then, without a real form, data/demo."""
    choisi = os.environ.get("CTG_RAW")
    return (Path(choisi),) if choisi else (RACINE / "data" / "raw", dossier_demo())


def dossier_demo() -> Path:
    """Folder of the fictional campaign."""
    return RACINE / "data" / "demo"


def dossier_saisies() -> Path:
    """Folder of what people decided."""
    return RACINE / "data" / "saisies"


def fichiers(dossier: Path) -> Iterator[Path]:
    """Every file to be read under `dossier`, sorted; hidden files, office locks, documentation left out."""
    if not dossier.is_dir():
        return
    for chemin in sorted(dossier.rglob("*")):
        parties = chemin.relative_to(dossier).parts
        cache = any(partie.startswith((".", "~$")) for partie in parties)
        if chemin.is_file() and not cache and chemin.suffix.casefold() not in _DOCUMENTATION:
            yield chemin


def inventorier(dossier: Path, prefixe: str = "") -> list[Recu]:
    """List the files received under `dossier`. Raises ReceptionsIllisibles."""
    chemins = list(fichiers(dossier))
    receptions = _receptions([c for c in chemins if c.name == RECEPTIONS])
    recus = []
    for chemin in chemins:
        if chemin.name == RECEPTIONS:
            continue
        nom = prefixe + chemin.relative_to(dossier).as_posix()
        sha256 = empreinte_de(chemin)
        recu_le = receptions.get(sha256) or receptions.get(nom) or receptions.get(chemin.name)
        recus.append(Recu(chemin, nom, sha256, chemin.stat().st_size, recu_le))
    return recus


def empreinte_de(chemin: Path) -> str:
    """SHA-256 of the content of a file."""
    with chemin.open("rb") as flux:
        return hashlib.file_digest(flux, "sha256").hexdigest()


def _receptions(chemins: list[Path]) -> dict[str, dt.datetime]:
    """Dates of reception, by hash when it was written down, else by name of file."""
    dates: dict[str, dt.datetime] = {}
    for chemin in chemins:
        lecteur = csv.DictReader(io.StringIO(_texte(chemin), newline=""), delimiter=";")
        entetes = set(lecteur.fieldnames or ())
        if entetes and not ("recu_le" in entetes and entetes & {"sha256", "fichier"}):
            raise ReceptionsIllisibles(
                f"{chemin.name} : colonnes attendues, séparées par « ; » : « sha256 » ou « fichier », puis "
                "« recu_le »."
            )
        for numero, ligne in enumerate(lecteur, start=2):
            cle = (ligne.get("sha256") or "").strip().lower() or (ligne.get("fichier") or "").strip()
            recu_le = (ligne.get("recu_le") or "").strip()
            if cle and recu_le:
                dates[cle] = _date(recu_le, chemin, numero)
    return dates


def _texte(chemin: Path) -> str:
    """The text of a receptions.csv, in UTF-8 or as Excel saves it on Windows."""
    contenu = chemin.read_bytes()
    for encodage in ("utf-8-sig", "cp1252"):
        try:
            return contenu.decode(encodage)
        except UnicodeDecodeError:
            continue
    raise ReceptionsIllisibles(f"{chemin.name} : encodage inconnu. L’enregistrer en CSV UTF-8.")


def _date(texte: str, chemin: Path, numero: int) -> dt.datetime:
    for lire in (dt.datetime.fromisoformat, lambda t: dt.datetime.strptime(t, "%d/%m/%Y")):
        try:
            return lire(texte).replace(tzinfo=None)
        except ValueError:
            continue
    raise ReceptionsIllisibles(
        f"{chemin.name}, ligne {numero} : « {texte} » n’est pas une date. Écrire AAAA-MM-JJ ou JJ/MM/AAAA."
    )
