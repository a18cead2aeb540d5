"""What one printed cell means: a figure, or a silence its producer has explained."""

from typing import NamedTuple

from etl.sources.modele import Famille, Regle
from etl.sources.nombres import lire_nombre

ILLISIBLE = Regle("manquant", "valeur illisible dans le fichier")
DECALEE = Regle("manquant", "ligne incomplète ou décalée dans le fichier")
SANS_EXPLICATION = Regle("manquant", "case vide sans explication du producteur")

PHRASES = {
    "nombre_illisible": "« {texte} » n’est pas un nombre (colonne « {colonne} ») : valeur non retenue.",
    "note_inconnue": "La note {note} n’est pas déclarée pour cette source (colonne « {colonne} ») : "
    "la case vide est dite non disponible.",
    "valeur_sous_secret": "La note {note} dit la ligne non diffusée, or une valeur est imprimée "
    "(colonne « {colonne} ») : elle reste masquée.",
}


class Lue(NamedTuple):
    """A cell read: its value if published, its state, a note, and the rule that asks for a person's eye."""

    valeur: float | None
    etat: str
    note: str | None = None
    alerte: str | None = None


def interpreter(famille: Famille, texte: str, note: str) -> Lue:
    """Say what a cell means under the note code that governs it (empty when there is none).

    A blank is never zero: it is what the note, else the source, declares, else `manquant`. A marker such
    as « ns » is what the source declares of it. A figure printed under a note that withholds it is masked.
    """
    regle = famille.notes.get(note)
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
        return Lue(valeur, "publie", f"note {note} du producteur, non documentée")
    return Lue(valeur, "publie", regle.texte or None if regle else None)
