"""Numbers as people type them in a form: what is accepted, what is refused, and under which rule.

`cas_nombres.CAS` is the published table of cases (docs/nombres.md); the tests hold it, and a new habit of
the senders is a new row. Nothing is guessed: a text that two readers would read differently is refused, and
no text yields a number that is not written in it.
"""

import datetime as dt
import math
import re
from enum import StrEnum
from typing import NamedTuple

from etl.canevas.reponse.ecritures import BLANCS, ESPACES, MOINS, Notation, lire_ecriture
from etl.canevas.reponse.entourage import APRES, AVANT, MULTIPLES_D_EURO, SYMBOLES, Effet, la_plus_grave
from etl.classeurs.affichage import NombreMontre


class Nature(StrEnum):
    """What an input cell expects."""

    ENTIER = "entier"  # persons, families, actions…: no fraction, no negative
    DECIMAL = "decimal"  # hours, m², full-time equivalents: no negative
    MONTANT = "montant"  # euros, negative allowed (a result, a refund)
    POURCENTAGE = "pourcentage"  # in points once read: 85.0
    NIVEAU = "niveau"  # 1 to 4
    DATE = "date"
    ETAT = "etat"
    TEXTE = "texte"


class Nombre(NamedTuple):
    """A number read, or None with the rule that refuses it; a rule beside a number is only told.

    `remarque` holds the words that stood beside the number; `estime`: they say that it is no exact count.
    """

    valeur: float | None
    regle: str | None = None
    remarque: str | None = None
    estime: bool = False


_NIVEAU_MAXIMAL = 4
# Beyond, a number cannot be true of a city: a phone number, a slipped key. Without a cap, sums overflow.
_MAXIMUM = {Nature.ENTIER: 1e6, Nature.DECIMAL: 1e9, Nature.MONTANT: 1e9}
# « 1,234 » is 1,234 hours, but neither a count nor an amount has three decimals
_SANS_MILLIEMES = frozenset({Nature.ENTIER, Nature.MONTANT, Nature.NIVEAU})

_SIGNE_ET_CHIFFRES = re.compile(
    rf"([{MOINS}+])?[{ESPACES}]?([0-9](?:[0-9{ESPACES}.,'’]*[0-9])?)(.*)", re.DOTALL
)
_ENTRE_PARENTHESES = re.compile(rf"\([{ESPACES}]*[0-9][0-9{ESPACES}.,]*\)")  # a loss, or a note?
_DATE = re.compile(r"[0-9]{1,2}([/.\-])[0-9]{1,2}\1[0-9]{2}(?:[0-9]{2})?|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TELEPHONE = r"(?:\+33|0033|0)[\s.\-]?[1-9](?:[\s.\-]?[0-9]{2}){4}"
_SIRET = r"[0-9]{3}\s?[0-9]{3}\s?[0-9]{3}(?:\s?[0-9]{5})"
_NUMERO = re.compile(rf"{_TELEPHONE}|{_SIRET}")
_MOTS_DE_NOMBRE = frozenset(
    {
        *("et", "un", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze"),
        *("douze", "treize", "quatorze", "quinze", "seize", "vingt", "vingts", "trente", "quarante"),
        *("cinquante", "soixante", "cent", "cents", "mille", "millier", "milliers", "centaine", "centaines"),
        *("dizaine", "dizaines", "douzaine", "quinzaine", "vingtaine", "trentaine", "quarantaine"),
        *("cinquantaine", "soixantaine"),
    }
)
_DONT = re.compile(r"\bdont\s+([0-9]{1,9})\b(?!\s*[%€,.])")
_TIRET_INITIAL = re.compile(rf"^[–—-]+(?![{ESPACES}]*[0-9])")  # « – dont 5 », not « -3 »
# Beyond, a cell holds a text: looking for a number in it would only cost time.
_LONGUEUR_MAXIMALE = 200


def lire_nombre(lu: object, nature: Nature) -> Nombre:
    """Read the content of a number cell (float, int, bool, date or non-empty text) as `nature` expects it.

    A `NombreMontre` is read as the text its cell shows.
    """
    if isinstance(lu, bool):
        return Nombre(None, "nombre_illisible")
    if isinstance(lu, NombreMontre):
        return _lire_montre(lu, nature)
    if isinstance(lu, (int, float)):
        return _lire_part(float(lu)) if nature is Nature.POURCENTAGE else _verifier(float(lu), nature)
    if isinstance(lu, (dt.time, dt.timedelta)):
        return Nombre(None, "duree_dans_nombre")
    if isinstance(lu, dt.date):
        return Nombre(None, "date_dans_nombre")
    return _lire_texte(str(lu).strip(BLANCS).removeprefix("'"), nature)


def _lire_part(valeur: float) -> Nombre:
    """A bare number where a percentage is asked: 0.85 is a share, 85 is in points, 1 may be both."""
    lue = _verifier(_en_points(valeur), Nature.POURCENTAGE)
    return lue._replace(regle="part_sans_pourcent") if valeur == 1 else lue


def _en_points(valeur: float) -> float:
    # Percentage cells bear the « 0 % » format: a spreadsheet stores 85 % as 0.85; other programs write 85.
    return valeur * 100 if 0 <= valeur <= 1 else valeur


def _lire_montre(lu: NombreMontre, nature: Nature) -> Nombre:
    """A number whose format says more than its digits: as the text it shows, its digits being certain."""
    if len(lu.avant) + len(lu.apres) > _LONGUEUR_MAXIMALE:
        return Nombre(None, "nombre_illisible")
    entourage = _Entourage()
    regle, reste = entourage.lire_avant(f"{lu.avant} 0")
    regle = regle or ("nombre_illisible" if reste.strip(BLANCS) != "0" else None)
    regle = regle or entourage.lire("", lu.apres, nature)
    reduit = lu.echelle < 1  # shown in thousands: the cell itself holds the whole number
    if regle and not (reduit and regle == "nombre_multiple"):
        return Nombre(None, regle)
    if reduit and entourage.facteur == 1:
        entourage.regles.add("nombre_a_l_echelle")
    elif reduit and entourage.facteur * lu.echelle != 1:
        return Nombre(None, "nombre_ambigu")
    pourcent = nature is Nature.POURCENTAGE
    valeur = float(lu) if reduit else float(lu) * entourage.facteur
    if pourcent and lu.echelle == 100:
        if 1 < valeur < 2:  # shown « 120 % »: nobody meant 1,2 %; further, it was typed in points
            return Nombre(None, "hors_bornes")
        valeur = _en_points(valeur)
    elif pourcent and not entourage.symbole and 0 < valeur <= 1:
        return Nombre(None, "pourcentage_ambigu")
    return entourage.conclure(_verifier(valeur, nature), None)


def _lire_texte(texte: str, nature: Nature) -> Nombre:
    if len(texte) > _LONGUEUR_MAXIMALE:
        return Nombre(None, "nombre_illisible")
    if set(re.split(r"[\s-]+", texte.casefold())) <= _MOTS_DE_NOMBRE:
        return Nombre(None, "nombre_en_lettres")
    for motif, regle in (
        (_DATE, "date_dans_nombre"),
        (_NUMERO, "numero_dans_nombre"),
        (_ENTRE_PARENTHESES, "nombre_ambigu"),
    ):
        if motif.fullmatch(texte):
            return Nombre(None, regle)
    entourage = _Entourage()
    regle, texte = entourage.lire_avant(texte)
    if regle:
        return Nombre(None, regle)
    trouve = _SIGNE_ET_CHIFFRES.fullmatch(texte)
    if trouve is None:
        return Nombre(None, "nombre_illisible")
    signe, chiffres, reste = trouve.groups()
    regle = entourage.lire(chiffres, reste, nature)
    if regle:
        return Nombre(None, regle)
    ecriture = lire_ecriture(chiffres, nature in _SANS_MILLIEMES)
    if ecriture.valeur is None:
        ambigu = ecriture.notation is Notation.AMBIGUE
        return Nombre(None, "nombre_ambigu" if ambigu else "nombre_illisible")
    if ecriture.notation is Notation.ANGLAISE:
        entourage.regles.add("nombre_a_l_anglaise")
    valeur = ecriture.valeur * entourage.facteur
    if nature is Nature.POURCENTAGE and not entourage.symbole and 0 < valeur <= 1:
        return Nombre(None, "pourcentage_ambigu")
    return entourage.conclure(_verifier(-valeur if signe and signe in MOINS else valeur, nature))


class _Entourage:
    """The words met around the digits of one cell."""

    def __init__(self) -> None:
        self.regles: set[str] = set()
        self.mots: list[str] = []
        self.estime = self.symbole = False
        self.facteur = 1.0

    def noter(self, effet: Effet, mots: str) -> None:
        if effet.regle:
            self.regles.add(effet.regle)
        if effet.garde:
            self.mots.append(" ".join(_TIRET_INITIAL.sub("", mots.strip(f"{BLANCS}()[],;:")).split()))
        self.estime |= effet.estime
        self.facteur *= effet.facteur

    def lire_avant(self, texte: str) -> tuple[str | None, str]:
        """Go through what precedes the digits: the rule that refuses them, or None, and what is left."""
        for effet in AVANT:
            if trouve := effet.motif.match(texte.lstrip(BLANCS)):
                if effet.refuse:
                    return effet.regle, texte
                self.noter(effet, trouve[0])
                return None, texte.lstrip(BLANCS)[trouve.end() :]
        return None, texte

    def lire(self, chiffres: str, reste: str, nature: Nature) -> str | None:
        """Go through what follows the digits; the rule that refuses the number, or None."""
        if chiffres == "10" and reste[:1] in tuple("²³⁴⁵⁶⁷⁸⁹"):
            return "nombre_ambigu"  # a power, or a note?
        reste = reste.strip(BLANCS)
        for effet in MULTIPLES_D_EURO if nature is Nature.MONTANT else ():
            if trouve := effet.motif.match(reste):
                self.noter(effet, trouve[0])
                reste = reste[trouve.end() :].lstrip(BLANCS)
        if (symbole := SYMBOLES.get(nature.value)) and (trouve := symbole.motif.match(reste)):
            self.symbole = True
            reste = reste[trouve.end() :].lstrip(BLANCS)
        while reste:
            effet, trouve = next(((e, t) for e in APRES if (t := e.motif.match(reste))), (None, None))
            if effet is None:
                return "plusieurs_nombres" if re.search(r"[0-9]", reste) else "nombre_illisible"
            if effet.refuse:
                return effet.regle
            self.noter(effet, trouve[0])
            reste = reste[trouve.end() :].lstrip(BLANCS)
        return None

    def conclure(self, verifie: Nombre, sans_mots: str | None = "nombre_en_texte") -> Nombre:
        """The number with what its words say of it; `sans_mots` is told when they say nothing."""
        if verifie.regle:
            return verifie
        mots = " ; ".join(filter(None, self.mots)) or None
        if any(int(partie) > abs(verifie.valeur) for partie in _DONT.findall(mots or "")):
            self.regles.add("nombre_avec_mots")  # a part larger than its whole
        return Nombre(verifie.valeur, la_plus_grave(self.regles, sans_mots), mots, self.estime)


def _verifier(valeur: float, nature: Nature) -> Nombre:
    if not math.isfinite(valeur):
        return Nombre(None, "nombre_illisible")
    if not valeur.is_integer() and math.isclose(valeur, round(valeur), rel_tol=0, abs_tol=1e-9):
        valeur = float(round(valeur))
    valeur += 0.0  # never -0.0
    if abs(valeur) > _MAXIMUM.get(nature, math.inf):
        return Nombre(None, "nombre_demesure")
    if nature is Nature.MONTANT:
        return Nombre(valeur)
    if nature is Nature.POURCENTAGE:
        return Nombre(valeur) if 0 <= valeur <= 100 else Nombre(None, "hors_bornes")
    if nature is Nature.NIVEAU:
        connu = valeur.is_integer() and 1 <= valeur <= _NIVEAU_MAXIMAL
        return Nombre(valeur) if connu else Nombre(None, "hors_bornes")
    if valeur < 0:
        return Nombre(None, "nombre_negatif")
    if nature is Nature.ENTIER and not valeur.is_integer():
        return Nombre(None, "nombre_non_entier")
    return Nombre(valeur)
