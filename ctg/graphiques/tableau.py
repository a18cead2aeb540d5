"""The data of a figure as a CSV file that opens well, and safely, in a French spreadsheet."""

import csv
import io
import re

from ctg import formats
from ctg.graphiques.figure import Figure

_NOMBRE = re.compile(r"^[+-]?\d+(,\d+)?( ?%)?$")
_FORMULE = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def cellule(texte: object) -> str:
    """One cell: a French number becomes readable as a number, any other text can never start a formula.

    Source of the list of prefixes: OWASP ASVS 1.2.10 (CWE-1236).
    """
    brut = str(texte)
    compact = brut.replace(formats.ESPACE_FINE, "").replace("\u00a0", "").replace(formats.MOINS, "-")
    if _NOMBRE.match(compact):
        return compact
    return f"'{brut}" if brut.startswith(_FORMULE) else brut


def en_csv(figure: Figure) -> bytes:
    """The table of a figure: UTF-8 with BOM, `;`, CRLF, then what is needed to quote it."""
    sortie = io.StringIO()
    ecrivain = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    ecrivain.writerow([cellule(nom) for nom in figure.tableau.columns])
    for ligne in figure.tableau.itertuples(index=False):
        # the unit stands below, in « Mesure »: a spreadsheet then reads a number
        ecrivain.writerow([cellule(formats.sans_unite(str(valeur))) for valeur in ligne])
    ecrivain.writerow([])
    for nom, texte in (
        ("Constat", figure.constat),
        ("Mesure", figure.mesure),
        ("Couverture", figure.couverture),
        ("Source", figure.source),
        *([("Avertissement", "Données fictives")] if figure.fictif else []),
        *([("Statut", figure.diffusion)] if figure.diffusion else []),
    ):
        ecrivain.writerow([nom, cellule(texte)])
    return sortie.getvalue().encode("utf-8-sig")
