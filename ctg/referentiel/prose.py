"""Reads the YAML of the referential: the settings, and the long prose of each fiche."""

import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path

from ctg.referentiel.blocs import Bloc, lire_bloc
from ctg.referentiel.erreurs import Journal
from ctg.referentiel.modeles import Texte
from ctg.referentiel.parametres import Parametres
from ctg.referentiel.tables import ATTENDUS
from ctg.referentiel.vocabulaire import SOURCE

RUBRIQUES = ("objectifs", "objectifs_operationnels", "resultats")


def lire_prose(chemin: Path, journal: Journal) -> dict:
    """`objectifs`, `objectifs_operationnels`, `resultats` (tuples of Texte) and `remarque` of a fiche."""
    fichier = f"fiches/{chemin.name}"
    contenu = lire_bloc(chemin, fichier, journal)
    for inconnue in set(contenu) - {*RUBRIQUES, "remarque"}:
        journal.noter(fichier, contenu.ligne, f"rubrique « {inconnue} » inconnue")
    prose = {
        rubrique: tuple(
            texte
            for rang, item in enumerate(contenu.get(rubrique) or [], start=1)
            if (texte := _texte(item, rang, fichier, contenu.ligne, journal))
        )
        for rubrique in RUBRIQUES
    }
    return {**prose, "remarque": contenu.get("remarque")}


def lire_parametres(chemin: Path, journal: Journal) -> Parametres | None:
    """Settings of the convention; None when something is missing or ill-typed (then noted)."""
    contenu = lire_bloc(chemin, chemin.name, journal)
    fautes = len(journal.erreurs)
    parametres = _construire(Parametres, contenu, chemin.name, journal) if contenu else None
    return parametres if len(journal.erreurs) == fautes else None


def _texte(item, rang, fichier, ligne, journal) -> Texte | None:
    ligne = getattr(item, "ligne", ligne)
    if not isinstance(item, Bloc) or not {"texte", "source"} <= set(item) <= {"texte", "source", "rang"}:
        faute = "chaque texte s’écrit avec « texte » et « source »"
    elif not SOURCE.fullmatch(str(item["source"])):
        faute = f"source « {item['source']} » : attendu document:ligne, par exemple 001:1169"
    else:
        return Texte(item["texte"], item["source"], item.get("rang", rang))
    journal.noter(fichier, ligne, faute)
    journal.casser(fichier, None)
    return None


def _construire(classe, bloc, fichier, journal):
    """Object of the dataclass `classe` from a YAML block, its own blocks included."""
    champs = {champ.name: champ for champ in fields(classe)}
    for inconnu in [nom for nom in bloc if nom not in champs]:
        journal.noter(fichier, bloc.ligne, f"réglage « {inconnu} » inconnu")
    manquants = [nom for nom, champ in champs.items() if nom not in bloc and champ.default is MISSING]
    for manquant in manquants:
        journal.noter(fichier, bloc.ligne, f"réglage « {manquant} » manquant")
    if manquants:
        return None
    valeurs = {
        nom: _reglage(nom, champ.type, bloc[nom], fichier, bloc.ligne, journal)
        for nom, champ in champs.items()
        if nom in bloc
    }
    return classe(**valeurs)


def _reglage(nom, genre, valeur, fichier, ligne, journal):
    if typing.get_origin(genre) is types.UnionType:
        genre = typing.get_args(genre)[0]  # « or None »: an optional setting, when it is written
    if is_dataclass(genre) and isinstance(valeur, Bloc):
        return _construire(genre, valeur, fichier, journal)
    if typing.get_origin(genre) is tuple and isinstance(valeur, list):
        (element, _) = typing.get_args(genre)
        return tuple(_reglage(nom, element, v, fichier, getattr(v, "ligne", ligne), journal) for v in valeur)
    if genre is float and type(valeur) is int:
        return float(valeur)
    if not isinstance(genre, type) or type(valeur) is not genre:
        attendu = ATTENDUS.get(genre, "un texte" if genre is str else "une liste ou un bloc de réglages")
        journal.noter(fichier, ligne, f"réglage « {nom} » : « {valeur} » n’est pas {attendu}")
        return None
    return valeur
