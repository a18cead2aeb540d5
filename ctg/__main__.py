"""The command line of the read side: `python -m ctg exporter recapitulatif --annee 2025 --vers F.xlsx`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ctg import erreurs_du_systeme, usage
from ctg.entrepot import Entrepot, EntrepotAbsent, EntrepotIllisible, chemin_par_defaut
from ctg.exports.recapitulatif import document
from ctg.exports.recapitulatif.contexte import Selection, SelectionInconnue

application = typer.Typer(help="Lire l’entrepôt et en sortir des documents.", add_completion=False)
exports = typer.Typer(help="Écrire un document.")
application.add_typer(exports, name="exporter")
sortie, erreurs = Console(highlight=False), Console(stderr=True, highlight=False)


@application.callback()
@exports.callback()
def _garder_les_noms() -> None:
    """Typer drops the names of a single command without this."""


@exports.command()
def recapitulatif(
    annee: Annotated[int, typer.Option(help="Campagne, par exemple 2025.")],
    vers: Annotated[Path, typer.Option(help="Classeur à écrire, ou dossier où le ranger.")],
    axe: Annotated[str | None, typer.Option(help="PE, EN, JE ou AVS ; sinon tous.")] = None,
    quartier: Annotated[str | None, typer.Option(help="Par exemple gresilles ; sinon la ville.")] = None,
    entrepot: Annotated[Path | None, typer.Option(help="Entrepôt à lire.")] = None,
) -> None:
    """Écrire le tableau récapitulatif annuel des fiches projet (.xlsx)."""
    try:
        ouvert = Entrepot(entrepot or chemin_par_defaut())
        classeur = document.produire(ouvert, Selection(annee, axe, quartier))
        fichier = vers / classeur.nom if vers.is_dir() else vers
        _ecrire(fichier, classeur.octets)
    except EntrepotAbsent as absence:
        _refuser(f"Aucun entrepôt à cet endroit : {absence}. Lancez « python -m etl » pour le construire.")
    except EntrepotIllisible as defaut:
        _refuser(f"Ce fichier n’est pas un entrepôt de ce tableau de bord : {defaut}.")
    except SelectionInconnue as refus:
        _refuser(str(refus))
    except OSError as defaut:
        _refuser(f"Le classeur n’a pas pu être écrit. {erreurs_du_systeme.phrase(defaut)}")
    sortie.print(f"Classeur écrit : {fichier}", markup=False, soft_wrap=True)


def _ecrire(fichier: Path, octets: bytes) -> None:
    """Put the whole file in place in one move: an interrupted export leaves the former one."""
    fichier.parent.mkdir(parents=True, exist_ok=True)
    provisoire = fichier.with_name(f".{fichier.name}.{os.getpid()}")
    try:
        provisoire.write_bytes(octets)
        provisoire.replace(fichier)
    finally:
        provisoire.unlink(missing_ok=True)


def _refuser(message: str) -> None:
    erreurs.print(message, markup=False, soft_wrap=True)
    raise typer.Exit(usage.RIEN_FAIT)


if __name__ == "__main__":
    usage.lancer(application, "python -m ctg")
