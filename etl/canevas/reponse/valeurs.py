"""What one input cell says: a value, a text, « sans objet », nothing, or something to refuse."""

import datetime as dt
import re
from typing import NamedTuple

from etl.canevas.grammaire import ETATS_AVANCEMENT, normaliser
from etl.canevas.reponse.absences import est_sans_objet, est_sans_reponse, est_une_erreur, regle_du_zero
from etl.canevas.reponse.ecritures import BLANCS
from etl.canevas.reponse.nombres import Nature, lire_nombre
from etl.canevas.reponse.textes_libres import motifs_a_relire
from etl.classeurs.affichage import NombreMontre
from etl.classeurs.passages import TexteBarre

_NOMBRES = frozenset({Nature.ENTIER, Nature.DECIMAL, Nature.MONTANT, Nature.POURCENTAGE, Nature.NIVEAU})
_ETATS = {normaliser(etat): etat for etat in ETATS_AVANCEMENT}
_DATE = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4})")
_DATE_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class Valeur(NamedTuple):
    """`regle` is the rule to tell the sender, None when all is well; `motifs` completes texte_a_relire.

    `remarque` holds the words that stood beside a number; `estime`: they say that it is no exact count.
    """

    valeur: float | None
    texte: str | None
    etat: str  # valeur | sans_objet | manquant | refuse | a_relire
    regle: str | None = None
    motifs: tuple[str, ...] = ()
    remarque: str | None = None
    estime: bool = False


MANQUANT = Valeur(None, None, "manquant")
_SANS = Valeur(None, None, "sans_objet")


def lire_valeur(lu: object, nature: Nature) -> Valeur:
    """Read the content of an input cell, as the spreadsheet reader gave it, blank (empty text) included."""
    if isinstance(lu, TexteBarre):
        return _sans_le_barre(lu, nature)
    if isinstance(lu, str):
        sans_nombre = _sans_nombre(lu, nature)
        if sans_nombre is not None:
            return sans_nombre
    if nature is Nature.TEXTE:
        return _texte(lu)
    if nature is Nature.ETAT:
        etat = _ETATS.get(normaliser(str(lu)))
        return Valeur(None, etat, "valeur") if etat else _refus("etat_inconnu")
    if nature is Nature.DATE:
        return _date(lu)
    nombre = lire_nombre(lu, nature)
    if nombre.valeur is None:
        return _refus(nombre.regle)
    return Valeur(nombre.valeur, None, "valeur", nombre.regle, remarque=nombre.remarque, estime=nombre.estime)


def _sans_le_barre(lu: TexteBarre, nature: Nature) -> Valeur:
    """What was struck is no part of the answer; it is kept beside a number."""
    if lu.entier:
        return Valeur(None, None, "manquant", "reponse_barree")
    lue = lire_valeur(str(lu), nature)
    if lue.etat in ("refuse", "a_relire"):
        return lue
    if nature not in _NOMBRES:
        return lue._replace(regle="texte_barre")
    remarque = " ; ".join(filter(None, (lue.remarque, f"{lu.mot} : {lu.barre}")))
    return lue._replace(regle="passage_barre", remarque=remarque)


def _sans_nombre(texte: str, nature: Nature) -> Valeur | None:
    """Blank, not applicable, no answer, the text of an error, zero in a word; None for all the rest."""
    if not texte.strip().strip(BLANCS):  # some blanks have no width
        return MANQUANT
    if est_sans_objet(texte):
        return _SANS
    if est_une_erreur(texte):
        return _refus("cellule_en_erreur")
    en_nombre = nature in _NOMBRES
    if est_sans_reponse(texte, en_nombre or nature is Nature.DATE):
        return Valeur(None, None, "manquant", "sans_reponse")
    regle = regle_du_zero(texte) if en_nombre else None
    if regle == "neant":
        return Valeur(None, None, "manquant", regle)
    if regle is None or nature is Nature.NIVEAU:
        return None
    return Valeur(0.0, None, "valeur", regle)


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
    texte = str(lu).strip() if isinstance(lu, str) else texte_de(lu)
    motifs = motifs_a_relire(texte)
    if motifs:
        return Valeur(None, texte, "a_relire", "texte_a_relire", motifs)
    return Valeur(None, texte, "valeur")


def decimales(valeur: float) -> int:
    """How many decimals a number needs to be written whole: 12.5 → 1."""
    return len(texte_de(valeur).partition(",")[2])


def texte_de(lu: object) -> str:
    """The words of a text cell; a number, a date or a duration typed there is written as a person would."""
    if isinstance(lu, (NombreMontre, TexteBarre)):
        return lu.montre
    if isinstance(lu, float):
        return f"{lu:.15g}".replace(".", ",")
    if isinstance(lu, dt.date):
        return lu.strftime("%d/%m/%Y")
    if isinstance(lu, dt.time):
        lu = dt.timedelta(hours=lu.hour, minutes=lu.minute)
    if isinstance(lu, dt.timedelta):
        heures, minutes = divmod(round(lu.total_seconds()) // 60, 60)
        return f"{heures} h {minutes:02}" if minutes else f"{heures} heures"
    return str(lu).strip()
