"""What cannot be rebuilt: keep it in an archive, put it back."""

from pathlib import Path
from typing import Annotated

import typer

from etl.commandes.issue import refuser, refuser_ecriture


def sauvegarder(
    vers: Annotated[Path | None, typer.Option(help="Archive à écrire (par défaut dans sorties/).")] = None,
) -> None:
    """Garder dans une archive ce qui ne se reconstruit pas : fichiers reçus, convention, saisies."""
    from etl import sauvegarde

    try:
        typer.echo(f"Sauvegarde écrite : {sauvegarde.sauvegarder(vers)}")
    except OSError as erreur:
        refuser_ecriture("La sauvegarde n’a pas pu être écrite.", erreur)


def restaurer(archive: Annotated[Path, typer.Argument(help="Archive faite par « sauvegarder ».")]) -> None:
    """Remettre les données d’une sauvegarde ; ce qui était là est d’abord sauvegardé."""
    from etl import sauvegarde

    try:
        precedent = sauvegarde.restaurer(archive)
    except sauvegarde.ArchiveRefusee as refus:
        refuser(f"Rien n’a été restauré. {refus}")
    except OSError as erreur:
        refuser_ecriture("Rien n’a été restauré.", erreur)
    typer.echo(f"Données restaurées. L’état précédent est gardé dans {precedent}. Lancez « python -m etl ».")
