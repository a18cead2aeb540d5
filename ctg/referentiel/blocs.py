"""YAML whose mappings remember the line they start on: an error is told with its line."""

from pathlib import Path

import yaml

from ctg.referentiel.erreurs import Journal
from ctg.referentiel.renvois import ChargeurSansRenvoi
from ctg.referentiel.tables import lire_texte


class Bloc(dict):
    """A YAML mapping that remembers the line it starts on."""

    ligne = 1


class _Chargeur(ChargeurSansRenvoi):
    pass


def _bloc(chargeur, noeud):
    bloc = Bloc()
    bloc.ligne = noeud.start_mark.line + 1
    yield bloc
    bloc.update(chargeur.construct_mapping(noeud, deep=True))


_Chargeur.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _bloc)


def lire_bloc(chemin: Path, fichier: str, journal: Journal) -> Bloc:
    """Content of a YAML file; an empty block, and a note, when it is missing or does not parse."""
    texte = lire_texte(chemin, fichier, journal)
    contenu = None if texte is None else analyser_bloc(texte, fichier, journal)
    if contenu is None:
        journal.casser(fichier, None)
        return Bloc()
    return contenu


def analyser_bloc(texte: str, fichier: str, journal: Journal) -> Bloc | None:
    """Content of a YAML text; None, and a note, when it does not parse or holds no mapping."""
    try:
        contenu = yaml.load(texte, _Chargeur)
    except yaml.composer.ComposerError as erreur:
        ligne = erreur.problem_mark.line + 1
        journal.noter(fichier, ligne, f"renvoi « {erreur.problem} » : écrire la valeur elle-même")
        return None
    except yaml.MarkedYAMLError as erreur:
        ligne = erreur.problem_mark.line + 1 if erreur.problem_mark else 1
        journal.noter(fichier, ligne, "YAML illisible (indentation, guillemets ou « : » à vérifier)")
        return None
    except (yaml.YAMLError, ValueError, RecursionError):
        journal.noter(fichier, 1, "YAML illisible (caractère interdit ou valeur impossible)")
        return None
    if not isinstance(contenu, Bloc):
        journal.noter(fichier, 1, "le fichier ne contient pas de rubriques")
        return None
    return contenu
