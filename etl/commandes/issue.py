"""How a command ends: its exit code, and the sentence that says why nothing was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import typer

from ctg.usage import RIEN_FAIT

if TYPE_CHECKING:
    from ctg.referentiel import Referentiel

DES_REFUS = 1


def refuser(message: str) -> NoReturn:
    """Say why nothing was done, and end."""
    typer.echo(message, err=True)
    raise typer.Exit(RIEN_FAIT)


def refuser_ecriture(constat: str, erreur: OSError) -> NoReturn:
    """Say what could not be written and why, in French, and end."""
    from ctg import erreurs_du_systeme

    refuser(f"{constat} {erreurs_du_systeme.phrase(erreur)}")


def lire_referentiel() -> Referentiel:
    """The convention; every one of its errors is said, and the command ends, when it has some."""
    from ctg.referentiel import ReferentielInvalide, charger, dossier_par_defaut
    from etl.classeurs_libres.declaration.chargement import declarations

    try:
        referentiel = charger(dossier_par_defaut())
        declarations(referentiel)
        return referentiel
    except ReferentielInvalide as erreur:
        refuser(str(erreur))


def exiger_annee(annee: int, referentiel: Referentiel) -> None:
    """End, with a sentence, when no form of that year could be read back."""
    debut, fin = referentiel.parametres.annee_reference, referentiel.parametres.convention.fin
    if not debut <= annee <= fin:
        refuser(f"{annee} n’est pas une année de la convention ({debut} à {fin}).")
