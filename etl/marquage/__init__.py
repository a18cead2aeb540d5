"""A .xlsx marked in place: cells coloured and commented, a list in front, all the rest kept as it was.

openpyxl loses what it does not know: results of formulas, pictures, charts. Here, only the XML of what is
marked changes.
"""

from etl.marquage.classeur import PaquetInattendu, marquer
from etl.marquage.modele import FONDS, Entree, Liste, Marque

__all__ = ["FONDS", "Entree", "Liste", "Marque", "PaquetInattendu", "marquer"]
