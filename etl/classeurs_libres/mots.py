"""Words as people write them: compared without case, accents, kinds of spaces, nor a colon at the end.

In a declared wording, `*` stands for anything and `AAAA` for a year, or a school year: the title of next
year's column is the same one.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from etl.canevas.reponse.valeurs import texte_de
from etl.classeurs.passages import TexteBarre

AAAA, JOKER = "AAAA", "*"
_TOTAUX = ("total*", "sous-total*", "sous total*", "ensemble", "moyenne*", "cumul*", "recap*", "synthese*")
_ANNEE = r"20[0-9]{2}(?: ?[-/] ?(?:20)?[0-9]{2})?"


def ecrit(lu: object) -> str:
    """What a cell says, as a person would read it: « 4861 » for 4861.0, empty for a blank.

    A label is its words: neither what was struck in it, nor what its format shows around a number.
    """
    if isinstance(lu, bool):
        return "VRAI" if lu else "FAUX"
    if isinstance(lu, (int, float)):
        return texte_de(float(lu))
    return texte_de(str(lu) if isinstance(lu, TexteBarre) else lu)


@lru_cache(maxsize=65536)
def simplifier(texte: str) -> str:
    """Forget what nobody means to change: « Nombre d’adhérents : » → « nombre d'adherents »."""
    decompose = unicodedata.normalize("NFKD", texte.replace("’", "'").replace("œ", "oe"))
    sans_accent = "".join(lettre for lettre in decompose if not unicodedata.combining(lettre))
    return " ".join(sans_accent.casefold().split()).rstrip(" :")


@lru_cache(maxsize=4096)
def _expression(motif: str) -> re.Pattern[str]:
    ecrit_ = ".*".join(re.escape(morceau) for morceau in simplifier(motif).split(JOKER))
    return re.compile(ecrit_.replace(AAAA.casefold(), _ANNEE), re.DOTALL)


def correspond(motif: str, texte: str) -> bool:
    """True when `texte` is the wording `motif`, where `*` stands for anything and `AAAA` for a year."""
    return _expression(motif).fullmatch(simplifier(texte)) is not None


def un_correspond(motifs: Iterable[str], texte: str) -> bool:
    return any(correspond(motif, texte) for motif in motifs)


def est_un_total(libelle: str) -> bool:
    """True for the label of a row, of a column or of a sheet that adds others up."""
    return un_correspond(_TOTAUX, libelle)


def chercher(noms: dict[str, str], texte: str) -> str | None:
    """The value of the wording that `texte` is: the same words first, then the first pattern that holds."""
    cle = simplifier(texte)
    exacts = {simplifier(nom): valeur for nom, valeur in noms.items() if JOKER not in nom}
    if cle in exacts:
        return exacts[cle]
    return next((valeur for nom, valeur in noms.items() if JOKER in nom and correspond(nom, texte)), None)
