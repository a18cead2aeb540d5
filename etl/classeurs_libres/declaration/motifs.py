"""The patterns of a declaration, applied to the cells of files that nobody here wrote."""

import re

# an id, a year, a name: what stands beyond is no such thing, and would only cost time
LONGUEUR_MAXIMALE = 200
_UN_CARACTERE = re.compile(r"\\.|\[\^?\]?[^\]]*\]", re.DOTALL)
_FOIS_FIXE = re.compile(r"\{[0-9]+\}")
_GROUPE = re.compile(r"\(([^()]*)\)([+*{]?)")
_VARIABLE = re.compile(r"[+*{|]")


def faute(motif: str) -> str | None:
    """Why a pattern may not be declared, in French; None when it may.

    A repeated group that itself repeats, or chooses, may take for ever on a cell made for it: « (a+)+ ».
    """
    try:
        re.compile(motif)
    except (re.error, RecursionError, OverflowError):
        return "n’est pas une expression régulière"
    reste = _FOIS_FIXE.sub("", _UN_CARACTERE.sub("x", motif))
    while groupe := _GROUPE.search(reste):
        variable = bool(_VARIABLE.search(groupe[1]))
        if variable and groupe[2]:
            return "répète un groupe qui se répète déjà : le simplifier"
        # what the group holds still counts for the one around it
        reste = f"{reste[: groupe.start()]}x{'+' if variable else ''}{groupe[2]}{reste[groupe.end() :]}"
    return None


def chercher(motif: str, texte: str) -> re.Match[str] | None:
    """The first place of the beginning of a text where a pattern stands."""
    return re.search(motif, texte[:LONGUEUR_MAXIMALE])


def retirer(motif: str, texte: str) -> str:
    """The text without what a pattern matches; one too long to be an id or a name stays as it is."""
    return re.sub(motif, "", texte) if len(texte) <= LONGUEUR_MAXIMALE else texte
