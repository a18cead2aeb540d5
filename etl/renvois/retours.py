"""The way back: for each workbook to correct or confirm, its marked copy and the mail that goes with it."""

import datetime as dt
import io
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from etl.classeurs import ClasseurRefuse
from etl.renvois import copies
from etl.renvois.courrier import Renvoi, message

SANS_COPIE = "_a_lire_sans_copie.txt"  # sorts first
_DISPARU = "ce fichier n’est plus là où il a été lu. Relancez « python -m etl », ou redemandez-le."


@dataclass(frozen=True, slots=True)
class Retour:
    """What was written for one file; `copie` is None when no copy of it can be made, for the reason given."""

    fichier: str
    texte: Path
    copie: Path | None
    raison: str | None = None


def ecrire(renvoi: Renvoi, chemin: Path, vers: Path, aujourd_hui: dt.date) -> Retour:
    """Write into `vers` the marked copy of the file at `chemin` and the text of its mail; the text alone when
    no copy can be made. Raises OSError."""
    vers.mkdir(parents=True, exist_ok=True)
    copie, raison = None, None
    if not chemin.is_file():
        raison = _DISPARU
    else:
        try:
            renvoi = situer(renvoi, chemin)
            copie = copies.annoter(chemin, renvoi.points, vers)
        except ClasseurRefuse as refus:
            raison = refus.anomalie.message
    texte = _libre(vers, copie.stem if copie else f"{chemin.stem}_a_corriger")
    texte.write_text(message(renvoi, copie and copie.name, aujourd_hui), encoding="utf-8")
    return Retour(renvoi.fichier, texte, copie, raison)


def en_archive(liste: Iterable[Renvoi], dossiers: tuple[Path, ...], aujourd_hui: dt.date) -> bytes:
    """Every copy and mail in one zip; a first file names those that go without a copy, and why. Raises
    OSError."""
    octets = io.BytesIO()
    with (
        tempfile.TemporaryDirectory() as atelier,
        zipfile.ZipFile(octets, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        ecrits = [
            ecrire(renvoi, chemin_de(renvoi.fichier, dossiers), Path(atelier), aujourd_hui)
            for renvoi in liste
        ]
        sans_copie = [retour for retour in ecrits if retour.copie is None]
        if sans_copie:
            archive.writestr(SANS_COPIE, _dire_sans_copie(sans_copie))
        for ecrit in sorted(Path(atelier).iterdir()):
            archive.write(ecrit, ecrit.name)
    return octets.getvalue()


def _dire_sans_copie(liste: Iterable[Retour]) -> str:
    lignes = [f"- {r.fichier} (message : {r.texte.name}) : {r.raison}" for r in liste]
    return "\n".join(["Ces messages partent sans copie annotée :", *lignes, ""])


def _libre(vers: Path, nom: str) -> Path:
    """A text of that name that nobody has yet: two senders may give the same one to their files."""
    texte, rang = vers / f"{nom}.txt", 2
    while texte.exists():
        texte, rang = vers / f"{nom}_{rang}.txt", rang + 1
    return texte


def situer(renvoi: Renvoi, chemin: Path) -> Renvoi:
    """The same, with the places of a document that has no address, as its reader finds them. Raises
    OSError."""
    points = renvoi.points
    dits = copies.situer(chemin, points)
    lieux = {p.cellule: d.cellule for p, d in zip(points, dits, strict=True) if p.cellule != d.cellule}
    return replace(renvoi, lieux=lieux)


def chemin_de(fichier: str, dossiers: tuple[Path, ...]) -> Path:
    """Where a file of the warehouse stands: its name is its path under the folder it was read from."""
    demo = fichier.startswith("demo/") and len(dossiers) > 1
    return dossiers[1] / fichier.removeprefix("demo/") if demo else dossiers[0] / fichier
