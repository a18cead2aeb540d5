"""What one input cell says: a value, a text, « sans objet », nothing, or something to refuse."""

import datetime as dt
import re
from typing import NamedTuple

from etl.canevas.grammaire import ETATS_AVANCEMENT, SANS_OBJET, normaliser
from etl.canevas.nombres import Nature, lire_nombre
from etl.canevas.textes_libres import motifs_a_relire

_SANS_OBJET = frozenset({SANS_OBJET, "s.o.", "s.o", "so", "s/o"})
_ETATS = {normaliser(etat): etat for etat in ETATS_AVANCEMENT}
_DATE = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4})")
_DATE_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class Valeur(NamedTuple):
    """`regle` is the rule to tell the sender, None when all is well; `motifs` completes texte_a_relire."""

    valeur: float | None
    texte: str | None
    etat: str  # valeur | sans_objet | manquant | refuse | a_relire
    regle: str | None = None
    motifs: tuple[str, ...] = ()


MANQUANT = Valeur(None, None, "manquant")
_SANS = Valeur(None, None, "sans_objet")


def lire_valeur(lu: object, nature: Nature) -> Valeur:
    """Read the content of an input cell, as the spreadsheet reader gave it, blank (empty text) included."""
    if isinstance(lu, str):
        if not lu.strip():
            return MANQUANT
        if normaliser(lu) in _SANS_OBJET:
            return _SANS
    if nature is Nature.TEXTE:
        return _texte(lu)
    if nature is Nature.ETAT:
        etat = _ETATS.get(normaliser(str(lu)))
        return Valeur(None, etat, "valeur") if etat else _refus("etat_inconnu")
    if nature is Nature.DATE:
        return _date(lu)
    nombre = lire_nombre(lu, nature)
    return (
        _refus(nombre.regle) if nombre.valeur is None else Valeur(nombre.valeur, None, "valeur", nombre.regle)
    )


def _refus(regle: str | None) -> Valeur:
    return Valeur(None, None, "refuse", regle)


def lire_date(lu: object) -> dt.date | None:
    """A date from a date cell, or from a French or ISO text; None when it is none of them."""
    if isinstance(lu, dt.datetime):
        return lu.date()
    if isinstance(lu, dt.date):
        return lu
    texte = str(lu).strip()
    if trouve := _DATE.fullmatch(texte):
        jour, mois, annee = map(int, trouve.groups())
    elif trouve := _DATE_ISO.fullmatch(texte):
        annee, mois, jour = map(int, trouve.groups())
    else:
        return None
    try:
        return dt.date(annee, mois, jour)
    except ValueError:
        return None


def _date(lu: object) -> Valeur:
    lue = lire_date(lu)
    if lue is None:
        return _refus("date_illisible")
    return Valeur(None, lue.isoformat(), "valeur", "date_en_texte" if isinstance(lu, str) else None)


def _texte(lu: object) -> Valeur:
    texte = texte_de(lu)
    motifs = motifs_a_relire(texte)
    if motifs:
        return Valeur(None, texte, "a_relire", "texte_a_relire", motifs)
    return Valeur(None, texte, "valeur")


def texte_de(lu: object) -> str:
    """The words of a text cell; a number or a date typed there is written as a person would."""
    if isinstance(lu, float):
        return f"{lu:.15g}".replace(".", ",")
    if isinstance(lu, dt.date):
        return lu.strftime("%d/%m/%Y")
    return str(lu).strip()
