"""Open data of the diagnostics: recognise a producer's file by its content and read it.

A source is one folder: `source.yml` (who made it, under which licence, what a blank, an absent row and
each note code mean), `colonnes.csv` (printed column → variable), and `lire.py` only where that is not
enough. Nothing here writes anywhere: observations are handed to the builder of the warehouse.
"""

from etl.sources.catalogue import familles, variables
from etl.sources.departage import departager
from etl.sources.lecture import lire
from etl.sources.modele import LectureSource, Territoire

__all__ = [
    "LectureSource",
    "Territoire",
    "departager",
    "familles",
    "lire",
    "variables",
]
