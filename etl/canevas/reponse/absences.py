"""The words that stand for an answer without being one: not known, not asked of us, none at all.

Missing is not zero. « zéro » is a number written in letters; « aucun » says that there was none, and is read
0 to be confirmed; « néant » is written as well where nothing was counted as where the question does not
arise (an official form is « néant » in both cases): it makes no zero, it is missing until its sender says.
"""

import re

from etl.canevas.grammaire import SANS_OBJET, normaliser

_SANS_OBJET = frozenset(
    {SANS_OBJET, "s.o.", "s.o", "so", "s/o", "sans-objet", "non concerné", "non concernée", "non concernés",
     "non concernées", "pas concerné", "pas concernée", "non applicable", "ne s'applique pas"}
)  # fmt: skip
_SANS_REPONSE = frozenset(
    {"n.c.", "n.c", "nc", "n.d.", "n.d", "nd", "n.r.", "n.r", "nr", "n/a", "n/d", "n/c", "n.a.", "na", "nsp",
     "non communiqué", "non communiquée", "non connu", "non connue", "inconnu", "inconnue", "non renseigné",
     "non renseignée", "non disponible", "indisponible", "pas d'information", "pas de donnée",
     "pas de données", "ne sait pas", "à compléter", "à venir", "en attente", "en cours",
     "non comptabilisé", "non mesuré"}
)  # fmt: skip
_SIGNES = re.compile(r"[\s?.…/_\-\u2010-\u2015\u2212]+")  # « ? », « - », « — », « … »
_NEANT = frozenset({"néant", "neant", "rien", "ras", "r.a.s.", "rien à signaler"})
_AUCUN = frozenset({"aucun", "aucune", "aucuns", "aucunes"})
_ZERO = frozenset({"zéro", "zero"})
_ERREUR = re.compile(
    r"#(?:DIV/0|N/?A|N/?D|REF|NOM|NAME|VALEUR|VALUE|NUL|NULL|NOMBRE|NUM|PROPAGATION|SPILL|CALC|CHAMP|FIELD)"
    r"[!?]?|#{3,}|Err\s?:\s?[0-9]{3}",
    re.IGNORECASE,
)


def est_sans_objet(texte: str) -> bool:
    """True for « sans objet » and its short forms."""
    return normaliser(texte) in _SANS_OBJET


def est_une_erreur(texte: str) -> bool:
    """True for the text of a failed formula: « #DIV/0! », « #N/A », « Err:502 », a column too narrow."""
    return _ERREUR.fullmatch(texte.strip()) is not None


def est_sans_reponse(texte: str, nombre_attendu: bool = True) -> bool:
    """True for « n.c. », « ? », « - »: the sender says that there is no answer.

    Where words are expected only the signs and the abbreviations are no answer; « en cours » is one.
    """
    mot = normaliser(texte)
    if _SIGNES.fullmatch(texte):
        return True
    return mot in _SANS_REPONSE and (nombre_attendu or len(mot) <= len("n.c."))


def regle_du_zero(texte: str) -> str | None:
    """« nombre_en_texte » for « zéro », « aucun_lu_zero » for « aucun », « neant », else None."""
    mot = normaliser(texte)
    for mots, regle in ((_ZERO, "nombre_en_texte"), (_AUCUN, "aucun_lu_zero"), (_NEANT, "neant")):
        if mot in mots:
            return regle
    return None
