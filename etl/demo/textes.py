"""Fictional prose: sentences of `phrases.yml`, chosen not to repeat themselves from year to year."""

from functools import cache
from pathlib import Path

import yaml

from etl.demo.alea import tirage

_FICHIER = Path(__file__).with_name("phrases.yml")
_COMMUN = "commun"


@cache
def phrases() -> dict[str, dict[str, dict[str, list[str]]]]:
    """The bank of sentences: {genre: {rubrique: {famille: [phrase, …]}}}, genre `structure` or `fiche`."""
    return yaml.safe_load(_FICHIER.read_text(encoding="utf-8"))


def rediger(
    genre: str, rubrique: str, famille: str, *, repondant_id: str, annee: int, quartier: str, nombre: int = 1
) -> str:
    """`nombre` sentences of this rubric, joined by a space, always the same for the same arguments.

    `famille` is the family of a structure type or an axis; a rubric written once for all is under `commun`.
    Each respondent walks its own shuffled list, one step a year, so that two years running never agree.
    Raises KeyError when the bank has no such rubric.
    """
    par_famille = phrases()[genre][rubrique]
    liste = list(par_famille.get(famille) or par_famille[_COMMUN])
    tirage("prose", genre, rubrique, repondant_id).shuffle(liste)
    debut = annee * nombre
    choix = [liste[(debut + i) % len(liste)] for i in range(min(nombre, len(liste)))]
    return " ".join(choix).replace("{quartier}", quartier).replace("{annee}", str(annee))
