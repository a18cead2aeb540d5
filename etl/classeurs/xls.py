"""An old .xls: its records are walked through for what is refused, then xlrd reads the cells.

xlrd is the only reader that keeps error cells. It trusts what it reads: sizes, macros, links and encryption
are looked for before, in the records themselves (MS-XLS 2.3.2 lists their numbers).
"""

import datetime as dt
import io
import struct
from collections.abc import Iterator

import olefile
import xlrd
from xlrd.sheet import Cell

from etl.classeurs.modele import (
    Calcul,
    Feuille,
    Place,
    borner,
    verifier_etendue,
    verifier_total,
)
from etl.classeurs.refus import ClasseurRefuse
from etl.classeurs.xls_formules import resultats_perdus
from etl.classeurs.xls_polices import Polices, code_de

_FLUX = ("Workbook", "Book")
_CHIFFRES = ("EncryptedPackage", "EncryptionInfo")
_MACROS = ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA")
_DOCUMENTS = {"WordDocument": "un document Word (.doc)", "PowerPoint Document": "une présentation (.ppt)"}

_TYPES_A_MACROS = (1, 6)
_FILEPASS, _BOUNDSHEET, _SUPBOOK, _BOF = 0x2F, 0x85, 0x1AE, 0x809
_DUREE = "[h"  # how the format of a duration begins
_INTERNES = (0x0401, 0x3A01)  # a SUPBOOK that names this workbook, or the functions of an add-in
# Records that begin with a row and a column: numbers, texts, formulas, blanks, errors, several in one.
_CELLULES = frozenset({0x06, 0x7E, 0x201, 0x203, 0x204, 0x205, 0xBD, 0xBE, 0xD6, 0xFD, 0x406, 0x206})


def est_chiffre(octets: bytes) -> bool:
    """True for the envelope of an encrypted .xlsx. Never raises."""
    try:
        with olefile.OleFileIO(octets) as enveloppe:
            return any(enveloppe.exists(nom) for nom in _CHIFFRES)
    except Exception:  # olefile raises whatever the damage made it meet
        return False


def lire(octets: bytes) -> tuple[Feuille, ...]:
    """The sheets of a workbook, hidden ones included. Raises ClasseurRefuse, and nothing else."""
    try:
        flux, d_excel = _flux(octets)
        _verifier(flux)
        # The bare stream: xlrd walks through the envelope with less care than olefile.
        with xlrd.open_workbook(file_contents=flux, formatting_info=True, logfile=io.StringIO()) as classeur:
            perdus = [] if d_excel else resultats_perdus(flux, _enregistrements(flux), classeur)
            return tuple(_feuilles(classeur, perdus))
    except ClasseurRefuse:
        raise
    except Exception as e:  # xlrd and olefile raise whatever the damage made them meet
        raise ClasseurRefuse("classeur_abime") from e


def _flux(octets: bytes) -> tuple[bytes, bool]:
    """The stream of the workbook inside its envelope, and whether Excel says that it wrote it."""
    with olefile.OleFileIO(octets) as enveloppe:
        entrees = enveloppe.listdir(streams=True, storages=True)
        noms = {nom for entree in entrees for nom in entree}
        if noms.intersection(_CHIFFRES):
            raise ClasseurRefuse("protege")
        if noms.intersection(_MACROS):
            raise ClasseurRefuse("macros")
        if any(nom.startswith("MBD") for nom in noms):
            raise ClasseurRefuse("objets_incorpores")
        flux = next((nom for nom in _FLUX if enveloppe.exists(nom)), None)
        if flux is None:
            documents = (nature for nom, nature in _DOCUMENTS.items() if nom in noms)
            raise ClasseurRefuse("pas_un_classeur", nature=next(documents, "inconnu"))
        return enveloppe.openstream(flux).read(), _vient_d_excel(enveloppe)


def _vient_d_excel(enveloppe: olefile.OleFileIO) -> bool:
    try:
        return b"Microsoft Excel" in (enveloppe.get_metadata().creating_application or b"")
    except Exception:  # damaged properties say nothing, and are not what is read
        return False


def _enregistrements(flux: bytes) -> Iterator[tuple[int, int, int]]:
    """Number, place and length of each record."""
    place, fin = 0, len(flux) - 4
    while place <= fin:
        numero, longueur = struct.unpack_from("<HH", flux, place)
        yield numero, place + 4, longueur
        place += 4 + longueur


def _verifier(flux: bytes) -> None:
    lignes = colonnes = total = 0
    for numero, place, longueur in _enregistrements(flux):
        if numero in _CELLULES and longueur >= 4:
            ligne, colonne = struct.unpack_from("<HH", flux, place)
            lignes, colonnes = max(lignes, ligne + 1), max(colonnes, colonne + 1)
        elif numero == _BOF:  # the next sheet begins
            total += lignes * colonnes
            lignes = colonnes = 0
        elif numero == _FILEPASS:
            raise ClasseurRefuse("protege")
        elif numero == _BOUNDSHEET and longueur > 6 and flux[place + 5] in _TYPES_A_MACROS:
            raise ClasseurRefuse("macros")
        elif numero == _SUPBOOK and longueur >= 4 and _mot(flux, place + 2) not in _INTERNES:
            raise ClasseurRefuse("liens_externes")
        verifier_etendue("", lignes, 0)
    verifier_total(total + lignes * colonnes)


def _mot(flux: bytes, place: int) -> int:
    return struct.unpack_from("<H", flux, place)[0]


def _feuilles(classeur: xlrd.Book, perdus: list[dict[Place, Calcul]]) -> Iterator[Feuille]:
    polices = Polices(classeur)
    for rang, feuille in enumerate(classeur.sheets()):
        verifier_etendue(feuille.name, feuille.nrows, feuille.ncols)
        trompeuses = dict(perdus[rang]) if rang < len(perdus) else {}
        rangees = []
        for ligne in range(feuille.nrows):
            rangee = [_valeur(cellule, classeur) for cellule in feuille.row(ligne)]
            rangees.append(rangee)
            for colonne, valeur in enumerate(rangee):
                if isinstance(valeur, Calcul):
                    trompeuses[ligne, colonne] = valeur
                if (ligne, colonne) in trompeuses:
                    rangee[colonne] = ""
                elif valeur != "":
                    rangee[colonne] = polices.habiller(feuille, ligne, colonne, valeur)
        # xlrd counts the last row and column excluded.
        fusions = tuple(borner((r0, c0, r1 - 1, c1 - 1)) for r0, r1, c0, c1 in feuille.merged_cells)
        notes = {place: note.author or "" for place, note in feuille.cell_note_map.items()}
        masques = tuple(
            frozenset(rang for rang, forme in formes.items() if forme.hidden and rang < fin)
            for formes, fin in ((feuille.rowinfo_map, feuille.nrows), (feuille.colinfo_map, feuille.ncols))
        )
        yield Feuille(feuille.name, rangees, trompeuses, fusions, feuille.visibility != 0, notes, masques)


def _valeur(cellule: Cell, classeur: xlrd.Book) -> object:
    if cellule.ctype == xlrd.XL_CELL_ERROR:
        return Calcul(None, xlrd.error_text_from_code.get(cellule.value, "#ERREUR"))
    if cellule.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cellule.value)
    if cellule.ctype == xlrd.XL_CELL_DATE:
        if _DUREE in code_de(classeur, cellule.xf_index).casefold():
            return dt.timedelta(days=cellule.value)
        return _date(cellule.value, classeur.datemode)
    return cellule.value if cellule.ctype in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER) else ""


def _date(nombre: float, origine: int) -> object:
    """As calamine gives them: a time under one day, a date, or a date with its time."""
    try:
        lue = xlrd.xldate_as_datetime(nombre, origine)
    except (xlrd.XLDateError, ValueError, OverflowError):
        return nombre  # a number too far from any date, shown as one
    if 0 <= nombre < 1:
        return lue.time()
    return lue.date() if lue.time() == dt.time() else lue
