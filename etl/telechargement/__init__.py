"""Fetch the declared files from their producers: resumed, verified, never a good file replaced by a bad one.

What to fetch is declared in `etl/sources/<source>/source.yml` (`telechargements`); where it came from is
written beside each file, in the `source.yml` of its folder.
"""

from etl.telechargement.collecte import Demande, Resultat, demandes, telecharger
from etl.telechargement.reseau import Reglages

__all__ = ["Demande", "Reglages", "Resultat", "demandes", "telecharger"]
