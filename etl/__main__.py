"""The command line: `python -m etl …` (README.md says when to use what).

Exit 0: done; 1: done, but files or cells were refused, each named with its reason; 2: nothing done, the
previous warehouse intact. The commands themselves are in `etl/commandes/`.
"""

import os
import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer

from ctg import usage
from etl.commandes import archives, demonstration, donnees_ouvertes, entrepot, formulaires, renvois
from etl.commandes.issue import RIEN_FAIT

COMMANDES = (
    formulaires.canevas,
    formulaires.fiche_de_travail,
    formulaires.verifier,
    renvois.retours,
    demonstration.demo,
    entrepot.demarrer,
    archives.sauvegarder,
    archives.restaurer,
    donnees_ouvertes.telecharger,
    donnees_ouvertes.compacter,
)

application = typer.Typer(
    help="Construire l’entrepôt de la convention, écrire et vérifier ses formulaires.",
    add_completion=False,
    pretty_exceptions_enable=False,
)

Raw = Annotated[Path | None, typer.Option(help="Dossier des fichiers reçus ; rien d’autre n’est lu.")]
DossierReferentiel = Annotated[Path | None, typer.Option("--referentiel", help="Dossier de la convention.")]
Tout = Annotated[bool, typer.Option("--tout", help="Relire tous les fichiers, changés ou non.")]
CheminEntrepot = Annotated[Path | None, typer.Option("--entrepot", help="Entrepôt à construire.")]


@application.callback(invoke_without_command=True)
def reconstruire(
    contexte: typer.Context,
    raw: Raw = None,
    referentiel: DossierReferentiel = None,
    chemin: CheminEntrepot = None,
    tout: Tout = False,
) -> None:
    """Reconstruire l’entrepôt à partir des fichiers reçus (sans autre commande)."""
    # the options serve every command alike, through the variables that the dashboard reads too
    for variable, valeur in (("CTG_RAW", raw), ("CTG_REFERENTIEL", referentiel), ("CTG_ENTREPOT", chemin)):
        if valeur is not None:
            os.environ[variable] = str(valeur)
    if contexte.invoked_subcommand is None:
        raise typer.Exit(entrepot.construire(tout_relire=tout))


for commande in COMMANDES:
    application.command()(commande)


def lancer() -> None:
    """Run what the command line asks; every mistake ends as a French sentence, ours too: no traceback."""
    # forms, copies sent back and warehouses hold exact answers: no other account of the machine reads them
    os.umask(os.umask(0) | 0o007)
    try:
        usage.lancer(application, "python -m etl")
    except Exception as erreur:
        lieu = traceback.extract_tb(erreur.__traceback__)[-1]
        typer.echo(
            "Rien n’a été fait. Erreur du programme, à signaler avec cette ligne :\n"
            f"{type(erreur).__name__} : {erreur} ({Path(lieu.filename).name}, ligne {lieu.lineno})",
            err=True,
        )
        sys.exit(RIEN_FAIT)


if __name__ == "__main__":
    lancer()
