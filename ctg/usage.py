"""What a command line says of itself, in French: a command badly typed, the titles of its help."""

import enum
import sys
from typing import NoReturn

import typer

RIEN_FAIT = 2

# typer keeps the classes of these mistakes to itself: they are known by their names
_FAUTES = {
    "MissingParameter": "Il manque {quoi}.",
    "NoSuchOption": "L’option {quoi} n’existe pas.",
    "BadOptionUsage": "L’option {quoi} est mal employée : elle attend peut-être une valeur.",
    "BadParameter": "La valeur donnée pour {quoi} ne convient pas.",
    "UsageError": "Cette commande n’existe pas, ou un mot est en trop.",
}
_TITRES = {
    "ARGUMENTS_PANEL_TITLE": "Arguments",
    "OPTIONS_PANEL_TITLE": "Options",
    "COMMANDS_PANEL_TITLE": "Commandes",
    "DEFAULT_STRING": "[par défaut : {}]",
    "REQUIRED_LONG_STRING": "[obligatoire]",
}


def lancer(application: typer.Typer, nom: str) -> NoReturn:
    """Run what the command line asks, `nom` being what is typed before it; end with its exit code.

    A command badly typed is a French sentence and the code 2.
    """
    if "--help" in sys.argv:
        _aide_en_francais()
    try:
        sys.exit(application(prog_name=nom, standalone_mode=False))
    except typer.TyperException as faute:
        typer.echo(phrase(faute), err=True)
        sys.exit(RIEN_FAIT)


def phrase(faute: typer.TyperException) -> str:
    """What was badly typed, what would be accepted when it is a choice, and where to look."""
    contexte, parametre = getattr(faute, "ctx", None), getattr(faute, "param", None)
    nom = getattr(faute, "option_name", None) or (parametre and _nom(parametre))
    dite = _FAUTES.get(type(faute).__name__, _FAUTES["UsageError"]).format(quoi=f"« {nom} »")
    genre = parametre and parametre.type_descriptor.annotation
    enumere = isinstance(genre, enum.EnumMeta)
    attendus = f" Choisir parmi : {', '.join(choix.value for choix in genre)}." if enumere else ""
    voir = f" Voir « {contexte.command_path} --help »." if contexte else ""
    return f"Rien n’a été fait. {dite}{attendus}{voir}"


def _aide_en_francais() -> None:
    """Give the help its French titles; called only when it is asked for, since it imports what draws it."""
    from typer import rich_utils

    for nom, titre in _TITRES.items():
        setattr(rich_utils, nom, titre)


def _nom(parametre: object) -> str:
    return parametre.metavar or max(parametre.opts, key=len)
