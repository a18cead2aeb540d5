"""Names of sheets: short enough for a spreadsheet, different from one another, still readable."""

import re

_LONGUEUR = 31  # what spreadsheets allow
_INTERDITS = re.compile(r"[\[\]:*?/\\]")
_GENERIQUES = re.compile(r"^(?:Multi-accueil|Accueil de loisirs|Réseau des)\s+", re.IGNORECASE)


def noms_de_feuilles(noms: list[str]) -> list[str]:
    """A sheet name for each name, in order: generic words go first, a number settles what is left."""
    pris: set[str] = set()
    return [_nommer(nom, pris) for nom in noms]


def _nommer(nom: str, pris: set[str]) -> str:
    propre = _INTERDITS.sub(" ", nom).strip("'")
    if len(propre) > _LONGUEUR:
        propre = _GENERIQUES.sub("", propre)
        propre = propre[:1].upper() + propre[1:]
    candidat, rang = propre[:_LONGUEUR].rstrip(), 1
    while candidat.casefold() in pris:
        rang += 1
        suffixe = f" ({rang})"
        candidat = propre[: _LONGUEUR - len(suffixe)].rstrip() + suffixe
    pris.add(candidat.casefold())
    return candidat
