"""What people write around a number, and what it does to it: read in order, after the digits or before.

Each `Effet` is one habit. A habit that would change the number (« 12 mille », « 12 à 15 ») refuses it;
one that only speaks of it is kept as a remark; an unknown one is kept and asked about.
"""

import re
from typing import NamedTuple


class Effet(NamedTuple):
    """What a piece of text does to the number beside it.

    `regle`: told, or refusing when `refuse`; `garde`: the words become a remark; `facteur` multiplies.
    """

    motif: re.Pattern[str]
    regle: str | None = None
    refuse: bool = False
    garde: bool = False
    estime: bool = False
    facteur: float = 1.0


def _effet(motif: str, regle: str | None = None, **autres: object) -> Effet:
    return Effet(re.compile(motif, re.IGNORECASE | re.DOTALL), regle, **autres)


def _refus(motif: str, regle: str) -> Effet:
    return _effet(motif, regle, refuse=True)


_FIN = r"(?![^\W\d_])"  # the word ends here
_MOIS = (
    r"(?:janv(?:ier)?|f[ée]vr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|ao[uû]t|sept(?:embre)?|"
    r"oct(?:obre)?|nov(?:embre)?|d[ée]c(?:embre)?)"
)
_MULTIPLE = (
    r"(?:milliers?|mille|millions?|milliards?|cents?|centaines?|dizaines?|douzaines?|quinzaines?|vingtaines?|"
    r"k€|m€|keur\w*|meur\w*|[kmg]|[mgt]wh|ans?|demie?s?|moitié|tiers|quarts?|fois|"
    r"par (?:mois|semaine|jour|trimestre|semestre|séance|seance|heure))"
)
_ENVIRON = r"environ|env\.?|approximativement|approx\.?|à peu près|a peu pres|≈|~|±|\+\s?/\s?-"
_AVANT_ENVIRON = rf"(?:{_ENVIRON}|autour de|près de|pres de|quelques?|circa)"
_APRES_ENVIRON = rf"(?:{_ENVIRON}|estim(?:é|e)e?s?|estimations?|est\.|à la louche|à vue de nez)"
# A year, a change, another number: « 12 (2024) », « 12 (+3) », « 0 (12) » could be meant in two ways. A lone
# figure is the mark of a note, and words say what they count.
_ENTRE_PARENTHESES_A_VOIR = (
    r"[(\[]\s*(?:[+±\u2212–-]\s*[0-9][^()\[\]]*|[0-9][\s0-9.,]+|"
    r"(?:(?:en|pour|année|fin|au \d{1,2} \w+)\s+)?(?:19|20)[0-9]{2}(?:\s*[-–/]\s*[0-9]{2,4})?)\s*[)\]]"
)

# Before the digits. « - 12 » is a sign, « - de 12 » a bound.
AVANT = (
    _effet(rf"{_AVANT_ENVIRON}\s*(?=[0-9])", "nombre_estime", garde=True, estime=True),
    _refus(
        r"(?:[<>≤≥]\s?=?|(?:un peu |bien |beaucoup )?(?:plus|moins) (?:de|que)|[+-]\s?de|au moins|au plus|"
        r"au minimum|au maximum|mini(?:mum)?|maxi?(?:mum)?|jusqu['’]?\s?[àa]|à partir de|entre|de|"
        r"(?:inf|sup)[ée]rieure?s? à)\s*(?=[0-9])",
        "nombre_borne",
    ),
)

SYMBOLES = {
    "pourcentage": _effet(r"(?:%|p(?:our|\.)\s?(?:cents?|100))"),
    "montant": _effet(rf"(?:€|eur(?:os?)?{_FIN})"),
}
MULTIPLES_D_EURO = (
    _effet(rf"k\s?(?:€|eur(?:os?)?){_FIN}", "nombre_en_milliers", facteur=1e3),
    _effet(rf"m\s?(?:€|eur(?:os?)?){_FIN}", "nombre_en_milliers", facteur=1e6),
)

# After the digits, the first that fits. Bounds and several numbers come before what is only kept.
APRES = (
    _refus(r"(?:à|a|ou|-|–|—|…|\.{2,3})\s*[0-9]", "nombre_borne"),
    _refus(rf"(?:(?:et|ou) (?:plus|moins|\+)|\+(?!\s*[0-9/])|au (?:moins|plus)|(?:mini|maxi?)(?:mum)?){_FIN}",
           "nombre_borne"),
    _refus(r"(?:/|sur\b)\s*[0-9]", "deux_nombres"),
    _refus(rf"-?\s?{_MOIS}\b", "date_dans_nombre"),
    _refus(r"(?:%|p(?:our|\.)\s?(?:cents?|100)|[€$£¥]|eur(?:os?)?(?![^\W\d_]))", "unite_inattendue"),
    _refus(rf"[(\[]?\s?(?:[^\W\d_]+[\s'’-]+){{0,4}}{_MULTIPLE}{_FIN}", "nombre_multiple"),
    _refus(r"[(\[]\s?[x×*]\s?[0-9]", "nombre_multiple"),
    _effet(rf"[(\[]?{_APRES_ENVIRON}{_FIN}[)\]]?", "nombre_estime", garde=True, estime=True),
    _effet(r"\*+|[¹²³⁴-⁹]+", "nombre_annote", garde=True),
    _effet(_ENTRE_PARENTHESES_A_VOIR, "nombre_avec_mots", garde=True),
    _effet(r"\([^()]*\)|\[[^\[\]]*\]", "nombre_annote", garde=True),
    _effet(r"[,;:–—-]?\s*(?:dont|soit|y compris|hors|sauf|incluant)\b.*", "nombre_annote", garde=True),
    _effet(r"[?!]+", "nombre_avec_mots", garde=True),
    _effet(r"[.;]$"),
    # words without a digit; « h » and « m² » are the only ones of one letter
    _effet(r"(?:h(?!\w)|m²|(?!.*[½¼¾⅓⅔])[^\W\d_]{2}[^\d()\[\]<>=*/+%€²³]*?)"
           r"(?=\s*(?:$|[(\[*?!]|[,;:–—-]?\s*\b(?:dont|soit)\b))", "nombre_avec_mots", garde=True),
)  # fmt: skip

# of the rules that are only told, the one a person must look at first
_DU_PLUS_GRAVE = (
    "nombre_avec_mots",
    "nombre_a_l_anglaise",
    "nombre_en_milliers",
    "nombre_a_l_echelle",
    "nombre_estime",
    "nombre_annote",
)


def la_plus_grave(regles: set[str], sinon: str | None) -> str | None:
    """The rule to tell when several apply; `sinon` when none does."""
    return next((regle for regle in _DU_PLUS_GRAVE if regle in regles), sinon)
