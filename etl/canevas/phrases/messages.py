"""What the senders are told: the sentence of a rule, with what was read, what was expected, what to do."""

import datetime as dt
import re

from ctg.formats import nombre
from etl.anomalie import Anomalie
from etl.canevas.phrases.regles import REGLES
from etl.canevas.reponse.nombres import Nature
from etl.canevas.reponse.petits_nombres import NonMontre
from etl.canevas.reponse.textes_libres import motifs_a_relire
from etl.canevas.reponse.valeurs import decimales, texte_de

_LONGUEUR_CITEE = 60
_UNE_DATE = "15/03/2026"
_DATE_COURTE = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{2})")
_VEILLE_DU_TABLEUR = dt.date(
    1899, 12, 31
)  # the day 0 of spreadsheets, true until their false 29 February 1900
_PREMIER_MARS_1900 = dt.date(1900, 3, 1)

ATTENDU = {
    Nature.ENTIER: "un nombre entier, par exemple 30",
    Nature.DECIMAL: "un nombre, par exemple 12,5",
    Nature.MONTANT: "un montant en euros, par exemple 12 500",
    Nature.POURCENTAGE: "un pourcentage entre 0 et 100, par exemple 85 %",
    Nature.NIVEAU: "un niveau de 1 à 4",
    Nature.DATE: f"une date, par exemple {_UNE_DATE}",
    Nature.ETAT: "un état de la liste (Non engagé, Engagé, En cours, Réalisé, Décalé)",
    Nature.TEXTE: "un texte",
}


def citer(lu: object) -> str:
    """What was read, as a person would recognise it, cut when long; not copied when it may not be shown."""
    if isinstance(lu, NonMontre):
        return lu.mention
    if isinstance(lu, bool):
        return "VRAI" if lu else "FAUX"
    texte = " ".join(texte_de(lu).split())
    if motifs_a_relire(texte):
        return "texte à relire, non recopié"  # an anomaly is shown on screens: it names nobody
    return texte if len(texte) <= _LONGUEUR_CITEE else texte[: _LONGUEUR_CITEE - 1] + "…"


def lu_comme(montre: object, valeur: float | None) -> str:
    """The number that was understood, as a sentence writes it: « 12 000 »; unsaid when `montre`, what was
    read, may not be shown."""
    if isinstance(montre, NonMontre):
        return "comme un nombre"
    return "" if valeur is None else nombre(valeur, decimales(valeur))


def exemple_de_date(lu: object) -> str:
    """A complete date to take as a model: « 12/06/26 » with its year in full, else any."""
    trouve = _DATE_COURTE.fullmatch(str(lu).strip())
    return f"{trouve[1]:0>2}/{trouve[2]:0>2}/20{trouve[3]}" if trouve else _UNE_DATE


def attendu(nature: Nature, lu: object) -> str:
    """What a cell expects, with an example close to what was read there."""
    return ATTENDU[nature].replace(_UNE_DATE, exemple_de_date(lu))


def origine_de_la_date(lu: object) -> str:
    """What was probably typed in a number cell that holds a date, between brackets; empty when unknown.

    A French spreadsheet makes « 12 mars » of 12/3, and shows 12 as 12/01/1900 in a cell formatted as a date,
    as 288 hours in a cell formatted as a duration.
    """
    if isinstance(lu, dt.timedelta):
        jours, heures = lu / dt.timedelta(days=1), lu / dt.timedelta(hours=1)
        if jours.is_integer():
            return f" (sans doute le nombre {jours:.0f}, mis au format « Heure »)"
        return f" (soit {nombre(heures, min(decimales(heures), 2))} heures)"
    if not isinstance(lu, dt.date):
        return ""
    jour = lu.date() if isinstance(lu, dt.datetime) else lu
    if jour < _PREMIER_MARS_1900:
        return f" (sans doute le nombre {(jour - _VEILLE_DU_TABLEUR).days}, mis au format date)"
    return f" (sans doute {jour.day}/{jour.month}, ou {jour.day}.{jour.month})"


def anomalie(
    regle: str, feuille: str | None = None, cellule: str | None = None, lu: object = None, **details: object
) -> Anomalie:
    """The anomaly of a rule of `REGLES`, its sentence filled in. Raises KeyError for an unknown rule.

    What was read is quoted, or only named (« le texte lu ») when it may not be shown.
    """
    gravite, phrase = REGLES[regle]
    cite = None if lu is None else citer(lu)
    dit = lu.nom if isinstance(lu, NonMontre) else f"« {cite} »"
    message = phrase.format(lu=dit, feuille=feuille, **details)
    return Anomalie(feuille, cellule, gravite, regle, message, cite)
