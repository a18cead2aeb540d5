"""A small writer of .xls (BIFF8 in its OLE envelope): enough to hold a form, or what makes one hostile."""

import datetime as dt
import struct
from collections.abc import Iterable, Mapping

from etl.classeurs import Calcul, Feuille
from etl.classeurs.affichage import NombreMontre

_SECTEUR = 512
_FIN, _LIBRE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_FORMAT_DATE, _FORMAT_POURCENTAGE = 14, 10  # the built-in dd/mm/yyyy and 0.00%
_ERREURS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}


def enregistrement(numero: int, corps: bytes = b"") -> bytes:
    """One BIFF record."""
    return struct.pack("<HH", numero, len(corps)) + corps


def _texte(texte: str, longueur: str = "<H") -> bytes:
    return struct.pack(longueur, len(texte)) + b"\x01" + texte.encode("utf-16-le")


def _debut(genre: int) -> bytes:
    return enregistrement(0x809, struct.pack("<HHHHII", 0x600, genre, 0, 0, 0, 0))


def _xf(format_: int, police: int = 0) -> bytes:
    return enregistrement(0xE0, struct.pack("<HHHBBBBIIH", police, format_, 0, 0, 0, 0, 0, 0, 0, 0)[:20])


def police(barree: bool = False, exposant: bool = False) -> bytes:
    """A font; those of a workbook are numbered from 0, and number 4 is never written."""
    corps = struct.pack("<HHHHHBBBB", 200, 8 * barree, 0x7FFF, 400, exposant, 0, 0, 0, 0)
    return enregistrement(0x31, corps + b"\x05\x00Arial")


def texte_enrichi(ligne: int, colonne: int, texte: str, coupes: Iterable[tuple[int, int]]) -> bytes:
    """A text whose `coupes` say where another font begins, and which."""
    coupes = list(coupes)
    corps = struct.pack("<HHH", ligne, colonne, 0) + _texte(texte) + struct.pack("<H", len(coupes))
    return enregistrement(0xD6, corps + b"".join(struct.pack("<HH", *coupe) for coupe in coupes))


def nombre(ligne: int, colonne: int, valeur: float, style: int) -> bytes:
    """A number whose cell format is number `style`: 3 and after are those given to `flux`."""
    return enregistrement(0x203, struct.pack("<HHHd", ligne, colonne, style, valeur))


def formule_nulle(ligne: int, colonne: int, jetons: bytes) -> bytes:
    """A formula whose result is written as the number 0, as LibreOffice does of a text."""
    corps = struct.pack("<HHH8xHIH", ligne, colonne, 0, 0, 0, len(jetons))
    return enregistrement(0x06, corps + jetons)


def format_de_nombre(numero: int, code: str) -> bytes:
    """A number format, to be given to `flux` among the records that come first."""
    return enregistrement(0x41E, struct.pack("<H", numero) + _texte(code))


def proprietes(application: str) -> bytes:
    """The stream « SummaryInformation » of a workbook that this program says it wrote."""
    nom = application.encode() + b"\0"
    valeur = struct.pack("<III", 24 + len(nom), 1, 0x12) + struct.pack("<III", 16, 0x1E, len(nom)) + nom
    resume = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
    return struct.pack("<HHI16xI", 0xFFFE, 0, 0, 1) + resume + struct.pack("<I", 48) + valeur


def _cellule(ligne: int, colonne: int, valeur: object) -> bytes:
    if isinstance(valeur, bytes):  # a record of its own
        return valeur
    place = struct.pack("<HH", ligne, colonne)
    if isinstance(valeur, Calcul):
        return enregistrement(0x205, place + struct.pack("<HBB", 0, _ERREURS[valeur.erreur], 1))
    if isinstance(valeur, bool):
        return enregistrement(0x205, place + struct.pack("<HBB", 0, valeur, 0))
    if isinstance(valeur, dt.date):
        jours = (valeur - dt.date(1899, 12, 30)).days
        return enregistrement(0x203, place + struct.pack("<Hd", 1, jours))
    if isinstance(valeur, float):
        style = 2 if isinstance(valeur, NombreMontre) else 0  # forms show no other words than %
        return enregistrement(0x203, place + struct.pack("<Hd", style, valeur))
    return enregistrement(0x204, place + struct.pack("<H", 0) + _texte(str(valeur)))


def _feuille(feuille: Feuille) -> bytes:
    corps = _debut(0x10)
    for colonne in feuille.masques[1]:
        corps += enregistrement(0x7D, struct.pack("<HHHHHH", colonne, colonne, 2_560, 0, 1, 0))
    for ligne in feuille.masques[0]:
        corps += enregistrement(0x208, struct.pack("<HHHHHHI", ligne, 0, 1, 255, 0, 0, 0x120))
    for ligne, rangee in enumerate(feuille.rangees):
        for colonne, valeur in enumerate(rangee):
            valeur = feuille.trompeuses.get((ligne, colonne), valeur)
            if valeur != "":
                corps += _cellule(ligne, colonne, valeur)
    for r0, c0, r1, c1 in feuille.fusions:
        corps += enregistrement(0xE5, struct.pack("<HHHHH", 1, r0, r1, c0, c1))
    return corps + enregistrement(0x0A)


def flux(
    feuilles: Iterable[Feuille],
    globaux: bytes = b"",
    type_de_feuille: int = 0,
    styles: Iterable[tuple[int, int]] = (),
) -> bytes:
    """The stream « Workbook »; `globaux`: records added before the list of sheets.

    `styles`: cell formats added as number 3 and after, each a number format and a font. Font 6 is struck,
    font 7 raised.
    """
    feuilles = list(feuilles)
    polices = police() * 5 + police(barree=True) + police(exposant=True)
    xfs = _xf(0) + _xf(_FORMAT_DATE) + _xf(_FORMAT_POURCENTAGE) + b"".join(_xf(*style) for style in styles)
    tete = _debut(0x05) + globaux + polices + xfs
    noms = [_texte(feuille.nom, "<B") for feuille in feuilles]
    place = len(tete) + sum(4 + 6 + len(nom) for nom in noms) + 4
    corps = b""
    for feuille, nom in zip(feuilles, noms, strict=True):
        entete = struct.pack("<IBB", place + len(corps), feuille.cachee, type_de_feuille)
        tete += enregistrement(0x85, entete + nom)
        corps += _feuille(feuille)
    return tete + enregistrement(0x0A) + corps


def enveloppe(flux_par_nom: Mapping[str, bytes]) -> bytes:
    """An OLE file that holds these streams, each padded past the size of the small ones."""
    donnees, fat, entrees = b"", [], []
    for nom, contenu in flux_par_nom.items():
        contenu = contenu.ljust(4096, b"\0")
        nombre = -(-len(contenu) // _SECTEUR)
        entrees.append((nom, 2, len(fat), len(contenu)))
        fat += [*range(len(fat) + 1, len(fat) + nombre), _FIN]
        donnees += contenu.ljust(nombre * _SECTEUR, b"\0")
    repertoire = _repertoire(entrees)
    debut_repertoire = len(fat)
    nombre = len(repertoire) // _SECTEUR
    fat += [*range(len(fat) + 1, len(fat) + nombre), _FIN]
    secteurs_fat = 1
    while secteurs_fat * 128 < len(fat) + secteurs_fat:
        secteurs_fat += 1
    premiere_fat = len(fat)
    fat += [_FAT] * secteurs_fat
    fat += [_LIBRE] * (secteurs_fat * 128 - len(fat))
    difat = [*range(premiere_fat, premiere_fat + secteurs_fat)]
    difat += [_LIBRE] * (109 - len(difat))
    entete = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    entete += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    entete += struct.pack("<IIIIIIIII", 0, secteurs_fat, debut_repertoire, 0, 4096, _FIN, 0, _FIN, 0)
    return entete + struct.pack("<109I", *difat) + donnees + repertoire + struct.pack(f"<{len(fat)}I", *fat)


def _repertoire(entrees: list[tuple[str, int, int, int]]) -> bytes:
    toutes = [("Root Entry", 5, _FIN, 0), *entrees]
    octets = b""
    for rang, (nom, genre, debut, taille) in enumerate(toutes):
        # The streams hang one under the other, each at the right of the former.
        suivant = rang + 1 if 0 < rang < len(entrees) else _LIBRE
        enfant = 1 if rang == 0 and entrees else _LIBRE
        brut = (nom + "\0").encode("utf-16-le")
        octets += brut.ljust(64, b"\0") + struct.pack("<HBBIII", len(brut), genre, 1, _LIBRE, suivant, enfant)
        octets += bytes(36) + struct.pack("<IQ", debut, taille)
    return octets.ljust(-(-len(octets) // _SECTEUR) * _SECTEUR, b"\0")
