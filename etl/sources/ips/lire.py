"""Position index of schools: primary schools and collèges are two measures, printed in one column."""

from etl.sources.correspondance import Valeurs
from etl.sources.extraction import extraire
from etl.sources.modele import Contexte, LectureSource
from etl.sources.tables import normaliser


def lire(contexte: Contexte) -> LectureSource:
    """Read a file of écoles or of collèges; the name of each school says which it is."""
    return extraire(contexte, _concerne)


def _concerne(nom: str, valeurs: Valeurs) -> bool:
    college = normaliser(nom).startswith("college")
    return college == (valeurs.colonne.variable_id == "ips_college")
