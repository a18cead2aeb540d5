"""The looks of the cells of an old .xls: what their number format says, what is raised or struck.

xlrd keeps the format and the font of each cell, and where the runs of a rich text begin.
"""

import xlrd
from xlrd.sheet import Sheet

from etl.classeurs.affichage import parle
from etl.classeurs.apparence import CODES_CONNUS, Apparence, habillee
from etl.classeurs.passages import Passage, composer

_SANS_DECALAGE = 0


def code_de(classeur: xlrd.Book, rang: int) -> str:
    """The code of the number format of a cell format."""
    if not 0 <= rang < len(classeur.xf_list):
        return ""
    cle = classeur.xf_list[rang].format_key
    code = classeur.format_map[cle].format_str if cle in classeur.format_map else ""
    # xlrd gives the dollars of its own country to a format that the file does not write
    return CODES_CONNUS[cle] if cle in CODES_CONNUS and "$" in code and "€" not in code else code


class Polices:
    """The cell formats and the fonts of one workbook."""

    def __init__(self, classeur: xlrd.Book) -> None:
        self.polices = classeur.font_list
        codes = [code_de(classeur, rang) for rang in range(len(classeur.xf_list))]
        self.apparences = [
            Apparence(code if parle(code) else None, self._barree(xf.font_index))
            for code, xf in zip(codes, classeur.xf_list, strict=True)
        ]

    def habiller(self, feuille: Sheet, ligne: int, colonne: int, lue: object) -> object:
        """A cell that is not blank, as it looks."""
        rang = feuille.cell_xf_index(ligne, colonne)
        apparence = self.apparences[rang] if 0 <= rang < len(self.apparences) else Apparence()
        coupes = feuille.rich_text_runlist_map.get((ligne, colonne))
        if not coupes or not isinstance(lue, str):
            return habillee(lue, apparence)
        bornes = [0, *(debut for debut, _ in coupes), len(lue)]
        passages = [Passage(lue[: bornes[1]], barre=apparence.barre)]
        for (debut, police), fin in zip(coupes, bornes[2:], strict=True):
            passages.append(Passage(lue[debut:fin], self._decalee(police), self._barree(police)))
        return composer(passages)

    def _barree(self, rang: int) -> bool:
        return rang < len(self.polices) and bool(self.polices[rang].struck_out)

    def _decalee(self, rang: int) -> bool:
        return rang < len(self.polices) and self.polices[rang].escapement != _SANS_DECALAGE
