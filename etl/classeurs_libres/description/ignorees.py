"""The sheets of a workbook that hold nothing to read: how to fill it, its lists, a picture, words only.

A sheet of numbers that nothing recognises is not among them: it is told at each reading until somebody says
what it is.
"""

from collections.abc import Collection, Iterable

from etl.classeurs import Feuille
from etl.classeurs_libres.lecture.releve import contenu, ecrit_un_nombre, est_vide
from etl.classeurs_libres.mots import un_correspond

CHOISIE = "écartée par la coordination"
_RAISONS = {
    "mode d’emploi": (
        "*notice*",
        "*mode d'emploi*",
        "lisez*",
        "*a lire*",
        "consigne*",
        "aide*",
        "guide*",
        "*readme*",
    ),
    "listes et réglages du classeur": (
        "parametr*",
        "*liste*",
        "*nomenclature*",
        "*menu*",
        "lexique*",
        "legende*",
        "glossaire*",
        "reference*",
        "config*",
    ),
    "graphique": ("graph*", "*diagramme*"),
}
_TEXTE = "du texte, sans aucun nombre"


def a_ignorer(feuilles: Iterable[Feuille], lues: Collection[str]) -> dict[str, str]:
    """Sheet → why it is not read, for those that are surely not; `lues` names those that are."""
    raisons = {f.nom: _raison(f) for f in feuilles if f.nom not in lues and not _vide(f)}
    return {nom: raison for nom, raison in raisons.items() if raison}


def _raison(feuille: Feuille) -> str | None:
    dite = next((raison for raison, motifs in _RAISONS.items() if un_correspond(motifs, feuille.nom)), None)
    return dite or (None if any(map(ecrit_un_nombre, _cellules(feuille))) or feuille.trompeuses else _TEXTE)


def _cellules(feuille: Feuille) -> Iterable[object]:
    return (
        contenu(feuille, (rang, colonne))
        for rang, rangee in enumerate(feuille.rangees)
        for colonne in range(len(rangee))
    )


def _vide(feuille: Feuille) -> bool:
    return all(isinstance(lu, str) and est_vide(lu) for lu in _cellules(feuille))
