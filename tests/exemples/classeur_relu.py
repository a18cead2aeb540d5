"""A workbook read back as a reader finds it: sheets, and the table of each as rows keyed by header."""

import io
from dataclasses import dataclass

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True)
class ClasseurRelu:
    classeur: Workbook

    @classmethod
    def de(cls, octets: bytes) -> "ClasseurRelu":
        return cls(load_workbook(io.BytesIO(octets)))

    @property
    def pages(self) -> list[Worksheet]:
        return self.classeur.worksheets

    def lignes(self, feuille: str) -> list[dict]:
        """The rows of the only table of a sheet, by header; none when the sheet says why it is empty."""
        page = self.classeur[feuille]
        if not page.tables:
            return []
        (table,) = page.tables.values()
        entetes, *corps = [[cellule.value for cellule in rangee] for rangee in page[table.ref]]
        return [dict(zip(entetes, valeurs, strict=True)) for valeurs in corps]

    def ligne(self, feuille: str, **attendu) -> dict:
        """The only row whose columns hold these values."""
        trouvees = [
            ligne
            for ligne in self.lignes(feuille)
            if all(ligne[entete] == valeur for entete, valeur in attendu.items())
        ]
        assert len(trouvees) == 1, f"{len(trouvees)} lignes de {feuille} pour {attendu}"
        return trouvees[0]
