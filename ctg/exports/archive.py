"""The container of a workbook: the same content always gives the same bytes."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import tostring

_BIBLIOTHEQUE = "openpyxl"


class ArchiveDatee(ZipFile):
    """A zip whose entries all bear one date, instead of the clock of the machine that writes them."""

    def __init__(self, sortie: io.BytesIO, date: datetime) -> None:
        super().__init__(sortie, "w", ZIP_DEFLATED)
        # a zip cannot date anything before 1980, and keeps even seconds only
        self._date = max(date, datetime(1980, 1, 1)).timetuple()[:6]

    def writestr(self, nom: str, contenu: str | bytes) -> None:
        entree = ZipInfo(nom, self._date)
        entree.compress_type = ZIP_DEFLATED
        super().writestr(entree, contenu)

    def write(self, fichier: str, nom: str) -> None:
        self.writestr(nom, Path(fichier).read_bytes())


class EcrivainDecrit(ExcelWriter):
    """Writes what openpyxl leaves out of charts: their text alternative (`alternative`), and that the figures
    on the bars have a format of their own instead of that of the cells."""

    def _write_drawing(self, dessin) -> None:
        cadre_nu = dessin._chart_frame

        def cadre_decrit(rang: int):
            cadre = cadre_nu(rang)
            proprietes = cadre.nvGraphicFramePr.cNvPr
            proprietes.name = f"Graphique {rang}"
            proprietes.descr = dessin.charts[rang - 1].alternative
            return cadre

        dessin._chart_frame = cadre_decrit
        super()._write_drawing(dessin)

    def _write_charts(self) -> None:
        for trace in self._charts:
            arbre = trace._write()
            for format_propre in arbre.iterfind(".//dLbls/numFmt"):
                format_propre.set("sourceLinked", "0")
            self._archive.writestr(trace.path[1:], tostring(arbre))
            self.manifest.append(trace)


def octets(classeur: Workbook, date: datetime) -> bytes:
    """Serialise `classeur`; every date inside the file is `date` (naive, UTC), and its author nobody when
    none was said: the properties of a form are read in French, by the structures too."""
    proprietes = classeur.properties
    proprietes.created = proprietes.modified = date
    proprietes.language = "fr-FR"
    if proprietes.creator == _BIBLIOTHEQUE:  # it signs what it writes
        proprietes.creator = None
    sortie = io.BytesIO()
    EcrivainDecrit(classeur, ArchiveDatee(sortie, date)).save()
    return sortie.getvalue()


def redater(paquet: bytes, date: datetime) -> bytes:
    """The same zip, written by somebody else, its entries dated by us (naive)."""
    sortie = io.BytesIO()
    with ZipFile(io.BytesIO(paquet)) as lu, ArchiveDatee(sortie, date) as neuf:
        for nom in lu.namelist():
            neuf.writestr(nom, lu.read(nom))
    return sortie.getvalue()
