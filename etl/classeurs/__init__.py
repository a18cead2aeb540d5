"""Any workbook as one neutral thing: sheets of rows from A1, their error cells, merged ranges, hidden sheets.

What comes from outside is recognised by its content and checked before anything interprets it.
"""

from etl.classeurs.modele import Calcul, Classeur, Feuille
from etl.classeurs.ouverture import ouvrir
from etl.classeurs.refus import ClasseurRefuse

__all__ = ["Calcul", "Classeur", "ClasseurRefuse", "Feuille", "ouvrir"]
