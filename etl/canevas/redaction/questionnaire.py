"""The one-page satisfaction questionnaire: plain words, a scale from 1 to 5, nothing that names anybody.

Its last question is the one that counts: offered, answered, and the marks 4 and 5, are what the forms ask.
"""

import datetime as dt
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from ctg.exports.archive import octets
from ctg.referentiel import Referentiel
from etl.canevas.grammaire import marque
from etl.canevas.redaction import mise_en_page as page
from etl.canevas.redaction.styles import BLEU, BLEU_PALE, GRIS_TEXTE, POLICE

_NOTES = ("1\nPas du tout", "2\nPlutôt non", "3\nMoyen", "4\nPlutôt oui", "5\nTout à fait")
_AFFIRMATIONS = (
    "J’ai été bien accueilli(e).",
    "J’ai compris ce qui m’était proposé.",
    "Les horaires et le lieu me conviennent.",
    "On m’a écouté(e) et mon avis compte.",
    "Cela m’a été utile, à moi ou à mon enfant.",
)
_GENERALE = "En général, je suis content(e)."
_LIBRES = ("Ce qui me plaît le plus :", "Ce qu’il faudrait changer :")
_COLONNES = "ABCDEF"
_MARQUE = "G"  # hidden: dropped among the reports, the questionnaire is told from a form
_LARGEURS = (46, 11.5, 11.5, 11.5, 11.5, 11.5)


def ecrire_questionnaire(referentiel: Referentiel, annee: int, dossier: Path) -> Path:
    """Write the questionnaire of a year, ready to print on one A4 page, into an existing folder."""
    classeur = Workbook()
    feuille = classeur.active
    feuille.title = "Questionnaire"
    for lettre, largeur in zip(_COLONNES, _LARGEURS, strict=True):
        feuille.column_dimensions[lettre].width = largeur
    rang = _presentation(feuille, referentiel, annee)
    rang = _echelle(feuille, rang)
    for question in _LIBRES:
        rang = _ligne(feuille, rang + 1, question, taille=13, gras=True)
        for _ in range(3):
            rang = _ligne(feuille, rang, "", points=36, souligne=True)
    rang = _ligne(feuille, rang + 1, "Merci. Votre réponse reste sans nom.", taille=13, gras=True)
    _ligne(
        feuille,
        rang,
        "Pour l’équipe : comptez les questionnaires proposés, ceux qui reviennent remplis, et parmi eux les "
        "notes 4 et 5 à la question « En général ». Ces trois nombres vont dans le rapport annuel.",
        taille=9,
        points=28,
        couleur=GRIS_TEXTE,
    )
    feuille[f"{_MARQUE}1"] = marque("aide")
    feuille.column_dimensions[_MARQUE].hidden = True
    feuille.sheet_view.showGridLines = False
    page.imprimer_en_a4(feuille)
    feuille.page_setup.fitToHeight = 1
    chemin = dossier / f"questionnaire_satisfaction_{annee}.xlsx"
    chemin.write_bytes(octets(classeur, dt.datetime(annee + 1, 1, 1)))
    return chemin


def _presentation(feuille: Worksheet, referentiel: Referentiel, annee: int) -> int:
    convention = referentiel.parametres.convention
    rang = _ligne(feuille, 1, "Votre avis compte", taille=24, gras=True, points=40, couleur=BLEU)
    rang = _ligne(feuille, rang, f"{convention.ville}, {annee} · 3 minutes · sans votre nom", taille=12)
    rang = _ligne(feuille, rang, "De quoi parle-t-on ? (rempli par l’équipe)", taille=12, points=24)
    rang = _ligne(feuille, rang, "", points=24, souligne=True)
    rang = _ligne(feuille, rang, "Je suis :", taille=13, gras=True, points=28)
    publics = "☐ un enfant      ☐ un(e) jeune      ☐ un parent      ☐ un(e) habitant(e)      ☐ autre"
    return _ligne(feuille, rang, publics, taille=12, points=26)


def _echelle(feuille: Worksheet, rang: int) -> int:
    rang = _ligne(feuille, rang, "Faites une croix par ligne.", taille=13, gras=True, points=28)
    trait = Side("thin", color="7F7F7F")
    cadre = Border(left=trait, right=trait, top=trait, bottom=trait)
    for numero, texte in enumerate(("", *_AFFIRMATIONS, _GENERALE)):
        entete, generale = numero == 0, texte == _GENERALE
        for colonne, mot in enumerate((texte, *(_NOTES if entete else [None] * len(_NOTES))), start=1):
            cellule = feuille.cell(rang, colonne, mot)
            gras = generale or entete
            cellule.font = Font(name=POLICE, size=10 if entete else 13, bold=gras)
            cellule.alignment = Alignment(
                horizontal="left" if colonne == 1 else "center", vertical="center", wrap_text=True
            )
            cellule.border = cadre
            if entete or generale:
                cellule.fill = PatternFill("solid", start_color=BLEU_PALE)
        feuille.row_dimensions[rang].height = 42
        rang += 1
    return rang


def _ligne(
    feuille: Worksheet,
    rang: int,
    texte: str,
    *,
    taille: float = 11,
    gras: bool = False,
    points: float = 20,
    couleur: str = "000000",
    souligne: bool = False,
) -> int:
    """A row of words, or a dotted line to write on; returns the next row."""
    cellule = feuille.cell(rang, 1, texte or None)
    cellule.font = Font(name=POLICE, size=taille, bold=gras, color=couleur)
    cellule.alignment = Alignment(vertical="center", wrap_text=True)
    if souligne:
        for colonne in range(1, len(_COLONNES) + 1):
            feuille.cell(rang, colonne).border = Border(bottom=Side("dotted", color="7F7F7F"))
    feuille.merge_cells(start_row=rang, end_row=rang, start_column=1, end_column=len(_COLONNES))
    feuille.row_dimensions[rang].height = points
    return rang + 1
