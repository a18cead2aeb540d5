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
ATTENDUS = {
    int: "un nombre entier",
    float: "un nombre (par exemple 12,5)",
    date: "une date (AAAA-MM-JJ)",
    bool: "oui ou non",
}
EXEMPLES = {
    "source": "document:ligne, par exemple 001:1169",
    "code_iris": "neuf chiffres",
    "code_postal": "cinq chiffres",
    "periode_id": "par exemple 2024-S1",
    "fiche_id": "par exemple PE-1",
    "ligne_id": "par exemple JE-1.2.3",
    "indicateur_id": "par exemple JE-1.2.3-a, EN-1.0.p1 ou PE-5.j1",
    "cle": "celle d’une ligne, par exemple i:JE-1.1.1-a ou v:adherents",
    "axe_id": "des majuscules, par exemple PE",
}
IDENTIFIANT = "minuscules sans accent, chiffres et tirets"


def colonnes(classe) -> list:
    """Fields of `classe` that are columns of its table, in order (the others come from another file)."""
    return [champ for champ in fields(classe) if not champ.metadata.get("complement")]


def lire_table(chemin: Path, classe, journal: Journal) -> list:
    """Rows of the CSV `chemin` as objects of `classe`; a row with an error is noted and left out."""
    fichier = chemin.name
    champs = colonnes(classe)
    objets = []
    for ligne, cellules in _lignes(chemin, [champ.name for champ in champs], journal):
        if len(cellules) != len(champs):
            journal.noter(fichier, ligne, f"{len(cellules)} colonnes lues, {len(champs)} attendues")
            journal.casser(fichier, cellules[0].strip())
            continue
        valeurs, fautes = _valeurs(champs, cellules)
        for faute in fautes:
            journal.noter(fichier, ligne, faute)
        if fautes:
            journal.casser(fichier, cellules[0].strip())
            continue
        objet = classe(**valeurs)
        journal.situer(objet, fichier, ligne)
        objets.append(objet)
    return objets


def lire_texte(chemin: Path, fichier: str, journal: Journal) -> str | None:
    """Text of a UTF-8 file of the referential; None, and noted, when it cannot be read."""
    try:
        return chemin.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        journal.noter(fichier, 0, "fichier manquant")
    except UnicodeDecodeError:
        journal.noter(fichier, 0, "le fichier n’est pas encodé en UTF-8")
    return None


def indexer(objets: list, cle: str, journal: Journal) -> dict:
    """Objects by the value of their field `cle`, in the order of the file; a double is noted."""
    index = {}
    for objet in objets:
        valeur = getattr(objet, cle)
        if valeur in index:
            journal.noter_sur(objet, f"{cle} « {valeur} » déjà pris par une ligne précédente")
        else:
            index[valeur] = objet
    return index


def _lignes(chemin, noms, journal):
    """(line number, cells) of each row under the expected header; nothing when the file is unusable."""
    fichier = chemin.name
    texte = lire_texte(chemin, fichier, journal)
    lecteur = csv.reader(io.StringIO(texte or "", newline=""), delimiter=";", strict=True)
    try:
        entete = next(lecteur, [])
        if texte is not None and entete != noms:
            journal.noter(fichier, 1, f"en-tête attendu « {';'.join(noms)} », lu « {';'.join(entete)} »")
        if entete != noms:
            journal.casser(fichier, None)
            return
        for cellules in lecteur:
            if any(cellules):
                yield lecteur.line_num, cellules
    except csv.Error:
        journal.noter(fichier, lecteur.line_num, "guillemets mal fermés")
        journal.casser(fichier, None)


def _valeurs(champs, cellules):
    """Values by column name, and the French sentence of each cell that is refused."""
    valeurs, fautes = {}, []
    for champ, cellule in zip(champs, cellules, strict=True):
        try:
            valeurs[champ.name] = _valeur(champ, cellule.strip())
        except ValueError as erreur:
            fautes.append(f"colonne {champ.name} : {erreur}")
    return valeurs, fautes


def _valeur(champ, cellule):
    """Value of a cell; ValueError with a French sentence when the column does not accept it."""
    genre, regles = _genre(champ.type), champ.metadata
    if not cellule:
        if not regles.get("vide"):
            raise ValueError("cellule vide")
        return () if genre is tuple else None
    if genre is tuple:
        return tuple(cellule.split())
    if (choix := regles.get("choix")) and cellule not in choix:
        raise ValueError(f"« {cellule} » n’est pas l’une des valeurs {', '.join(choix)}")
    if (motif := regles.get("motif")) and not motif.fullmatch(cellule):
        forme = EXEMPLES.get(champ.name, IDENTIFIANT)
        raise ValueError(f"« {cellule} » n’a pas la forme attendue ({forme})")
    return cellule if genre is str else _convertir(genre, cellule)


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
