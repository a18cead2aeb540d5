"""Reads one CSV of the referential into rows of its class, noting what is wrong without stopping."""

import csv
import io
import types
import typing
from dataclasses import fields
from datetime import date
from pathlib import Path

from ctg.referentiel.erreurs import Journal

BOOLEENS = {"oui": True, "non": False}
ATTENDUS = {int: "un nombre entier", float: "un nombre (12,5)", date: "une date (AAAA-MM-JJ)", bool: "oui ou non"}


def colonnes(classe) -> list:
    """Fields of `classe` that are columns of its table, in order (the others come from another file)."""
    return [champ for champ in fields(classe) if not champ.metadata.get("complement")]


def lire_table(chemin: Path, classe, journal: Journal) -> list:
    """Rows of the CSV `chemin` as objects of `classe`; a row with an error is noted and left out."""
    fichier = chemin.name
    texte = lire_texte(chemin, fichier, journal)
    if texte is None:
        return []
    lecteur = csv.reader(io.StringIO(texte), delimiter=";")
    champs = colonnes(classe)
    noms = [champ.name for champ in champs]
    entete = next(lecteur, [])
    if entete != noms:
        journal.noter(fichier, 1, f"en-tête attendu « {';'.join(noms)} », lu « {';'.join(entete)} »")
        return []
    objets = []
    for cellules in lecteur:
        ligne = lecteur.line_num
        if not cellules:
            continue
        if len(cellules) != len(noms):
            journal.noter(fichier, ligne, f"{len(cellules)} colonnes lues, {len(noms)} attendues")
            continue
        objet = _objet(classe, champs, cellules, fichier, ligne, journal)
        if objet is not None:
            journal.situer(objet, fichier, ligne)
            objets.append(objet)
    return objets


def lire_texte(chemin: Path, fichier: str, journal: Journal) -> str | None:
    """Text of a file of the referential (UTF-8, with or without BOM); None, and noted, when it cannot be read."""
    try:
        return chemin.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        journal.noter(fichier, 0, "fichier manquant")
    except UnicodeDecodeError:
        journal.noter(fichier, 0, "le fichier n’est pas encodé en UTF-8")
    return None


def indexer(objets, cle: str, journal: Journal) -> dict:
    """Objects by the value of their field `cle`, in the order of the file; a double is noted."""
    index = {}
    for objet in objets:
        valeur = getattr(objet, cle)
        if valeur in index:
            journal.noter_sur(objet, f"{cle} « {valeur} » déjà pris par une ligne précédente")
        else:
            index[valeur] = objet
    return index


def _objet(classe, champs, cellules, fichier, ligne, journal):
    valeurs, juste = {}, True
    for champ, cellule in zip(champs, cellules, strict=True):
        try:
            valeurs[champ.name] = _valeur(champ, cellule.strip())
        except ValueError as erreur:
            journal.noter(fichier, ligne, f"colonne {champ.name} : {erreur}")
            juste = False
    return classe(**valeurs) if juste else None


def _valeur(champ, cellule):
    """Value of a cell; ValueError with a French sentence when the column does not accept it."""
    genre, regles = _genre(champ.type), champ.metadata
    if genre is tuple:
        if not cellule and not regles.get("vide"):
            raise ValueError("liste vide")
        return tuple(cellule.split())
    if not cellule:
        if regles.get("vide"):
            return None
        raise ValueError("cellule vide")
    if (choix := regles.get("choix")) and cellule not in choix:
        raise ValueError(f"« {cellule} » n’est pas l’une des valeurs {', '.join(choix)}")
    if (motif := regles.get("motif")) and not motif.fullmatch(cellule):
        raise ValueError(f"« {cellule} » n’a pas la forme attendue ({EXEMPLES.get(champ.name, motif.pattern)})")
    return cellule if genre is str else _convertir(genre, cellule)


EXEMPLES = {
    "source": "document:ligne, par exemple 001:1169",
    "code_iris": "neuf chiffres",
    "code_postal": "cinq chiffres",
    "periode_id": "par exemple 2024-S1",
}


def _genre(annotation):
    """Plain type of a column: `str | None` → str, `tuple[str, ...]` → tuple."""
    if isinstance(annotation, types.UnionType):
        annotation = next(a for a in typing.get_args(annotation) if a is not type(None))
    return typing.get_origin(annotation) or annotation


def _convertir(genre, cellule):
    try:
        if genre is bool:
            return BOOLEENS[cellule]
        if genre is date:
            return date.fromisoformat(cellule)
        return genre(cellule.replace(",", ".") if genre is float else cellule)
    except (KeyError, ValueError):
        raise ValueError(f"« {cellule} » n’est pas {ATTENDUS[genre]}") from None
