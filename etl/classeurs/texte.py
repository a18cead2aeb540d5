"""A .csv: its encoding, its separator, then one sheet of texts."""

import csv
import io
from collections import Counter

from etl.classeurs.modele import Feuille, Rangees, verifier_etendue, verifier_total
from etl.classeurs.refus import ClasseurRefuse

FEUILLE = "CSV"  # a .csv does not say how its sheet was called
_SEPARATEURS = (";", ",", "\t")
_LIGNES_EXAMINEES = 50
# Letters that only a right reading of a French text makes frequent: cp850 is what « CSV (MS-DOS) » writes,
# mac_roman what « CSV (Macintosh) » does.
_ACCENTS = frozenset("éèàêçîôûùâï")


def lire(octets: bytes) -> tuple[Feuille, ...]:
    """The only sheet of a text file, every cell as a text. Raises ClasseurRefuse."""
    texte = decoder(octets)
    try:
        rangees = _rangees(texte, _separateur(texte))
    except csv.Error as e:
        raise ClasseurRefuse("texte_illisible") from e
    while rangees and not any(rangees[-1]):
        rangees.pop()
    largeur = max(map(len, rangees), default=0)
    verifier_total(verifier_etendue(FEUILLE, len(rangees), largeur))
    for rangee in rangees:
        rangee += [""] * (largeur - len(rangee))
    return (Feuille(FEUILLE, rangees),)


def decoder(octets: bytes) -> str:
    """The text of a file of a spreadsheet: UTF-8, UTF-16 with its mark, else French Windows, DOS or Mac."""
    if octets.startswith((b"\xff\xfe", b"\xfe\xff")):
        return octets.decode("utf-16", "replace")
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        lectures = [octets.decode(page, "replace") for page in ("cp1252", "cp850", "mac_roman")]
        return max(lectures, key=_accents)


def _accents(texte: str) -> int:
    return sum(texte.count(lettre) for lettre in _ACCENTS)


def _separateur(texte: str) -> str:
    """The one that cuts the most lines of the beginning into one same number of pieces."""
    debut = "\n".join(texte.splitlines()[:_LIGNES_EXAMINEES])
    return max(_SEPARATEURS, key=lambda separateur: _regularite(debut, separateur))


def _regularite(debut: str, separateur: str) -> tuple[int, int]:
    try:
        largeurs = Counter(len(rangee) for rangee in _rangees(debut, separateur) if len(rangee) > 1)
    except csv.Error:  # one endless cell: not the separator
        return 0, 0
    if not largeurs:
        return 0, 0
    largeur, nombre = largeurs.most_common(1)[0]
    return nombre, largeur


def _rangees(texte: str, separateur: str) -> Rangees:
    rangees = []
    for rangee in csv.reader(io.StringIO(texte, newline=""), delimiter=separateur):
        if any(rangee):  # refused as soon as it is known: a national file would be cut whole for nothing
            verifier_etendue(FEUILLE, len(rangees) + 1, 0)
        rangees.append(rangee)
    return rangees
