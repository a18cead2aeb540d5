"""What one printed cell means: a figure, or a silence its producer has explained."""

import re
from typing import NamedTuple

from etl.sources.modele import Famille, Regle
from etl.sources.nombres import lire_nombre

ILLISIBLE = Regle("manquant", "valeur illisible dans le fichier")
DECALEE = Regle("manquant", "ligne incomplète ou décalée dans le fichier")
SANS_EXPLICATION = Regle("manquant", "case vide sans explication du producteur")

PHRASES = {
    "valeur_sous_secret": "La note {note} dit la ligne non diffusée, or une valeur est imprimée "
    "(colonne « {colonne} ») : elle reste masquée.",
}
# told once for a file: one answer holds for all the cells of a mark, or of a note
PHRASES_COMMUNES = {
    "nombre_illisible": "« {texte} » n’est pas un nombre : {cases}, à partir de la colonne « {colonne} ». "
    "État retenu : non disponible. Si c’est une marque du producteur, déclarez ce qu’elle veut dire "
    "(docs/sources.md) ; sinon, déposez le fichier du producteur tel quel.",
    "note_inconnue": "La note {note} n’est pas déclarée pour cette source : rien n’explique {cases}, "
    "à partir de la colonne « {colonne} ». État retenu : non disponible.",
    "valeur_sous_note_inconnue": "La note {note} n’est pas déclarée pour cette source : {cases} à vérifier, "
    "à partir de la colonne « {colonne} ». État retenu : non disponible. Si le producteur les diffuse, "
    "déclarez cette note (docs/sources.md).",
}


_CODE = re.compile(r"0*([0-9]+)(?:[.,]0+)?")


class Lue(NamedTuple):
    """A cell read: its value if published, its state, a note, and the rule that asks for a person's eye."""

    valeur: float | None
    etat: str
    note: str | None = None
    alerte: str | None = None


def interpreter(famille: Famille, texte: str, note: str) -> Lue:
    """Say what a cell means under the note code that governs it (empty when there is none).

    A blank is never zero: it is what the note, else the source, declares, else `manquant`. A marker such
    as « ns » is what the source declares of it. A figure printed under a note that withholds it is masked;
    under one that nobody explains it is not taken, since it may be withheld.
    """
    regle = famille.notes.get(note) or famille.notes.get(_code(note))
    masquee = regle is not None and regle.etat != "publie"
    if not texte:
        if masquee:
            return Lue(None, *regle)
        if note and regle is None:
            return Lue(None, "manquant", f"note {note} du producteur, non documentée", "note_inconnue")
        return Lue(None, *(famille.vide or SANS_EXPLICATION))
    if texte.casefold() in famille.textes:
        return Lue(None, *famille.textes[texte.casefold()])
    valeur = lire_nombre(texte)
    if valeur is None:
        return Lue(None, *ILLISIBLE, "nombre_illisible")
    if masquee:
        return Lue(None, *regle, "valeur_sous_secret")
    if note and regle is None:
        inconnue = Regle("manquant", f"note {note} du producteur, non documentée")
        return Lue(None, *inconnue, "valeur_sous_note_inconnue")
    return Lue(valeur, "publie", regle.texte or None if regle else None)


def _code(note: str) -> str:
    """A note code as its producer writes it: a spreadsheet, or pandas, makes « 3.0 » or « 03 » of 3."""
    code = _CODE.fullmatch(note)
    return code[1] if code else note
