"""The « fiche de travail et d’analyse » as a workbook: one sheet to print, yellow cells to fill."""

import datetime as dt
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ctg.exports.archive import octets
from ctg.referentiel import Referentiel, Structure
from etl.canevas.redaction import mise_en_page as page
from etl.canevas.redaction.styles import installer, style_saisie
from etl.canevas.reponse.nombres import Nature
from etl.classeurs_libres.fiche.contenu import Champ, Grille, Titre, contenu

FEUILLE = "Fiche de travail"
_LARGEURS = (44, 14, 14, 14, 14, 14, 14)
_STYLES = {1: "ctg titre", 2: "ctg section", 3: "ctg intitule"}
_HAUTEUR, _HAUTEUR_LONGUE = 18, 90  # points
_NON_LUE = "%"  # a column that the amounts already say


def ecrire_classeur(referentiel: Referentiel, structure: Structure, annee: int, dossier: Path) -> Path:
    """Write the blank form of a structure into an existing folder; returns it. Raises OSError."""
    classeur = Workbook()
    installer(classeur)
    feuille = classeur.active
    feuille.title = FEUILLE
    feuille.sheet_view.showGridLines = False
    for lettre, largeur in zip("ABCDEFG", _LARGEURS, strict=True):
        feuille.column_dimensions[lettre].width = largeur
    rang = 1
    for bloc in contenu(referentiel, structure, annee):
        dessiner = {Titre: _titre, Champ: _champ, Grille: _grille}[type(bloc)]
        rang = dessiner(feuille, rang, bloc)
    page.imprimer_en_a4(feuille)
    chemin = dossier / f"fiche_de_travail_{annee}_{structure.structure_id}.xlsx"
    # a date that depends on the campaign alone: written again, it is the same file
    chemin.write_bytes(octets(classeur, dt.datetime(annee + 1, 1, 1)))
    return chemin


def _titre(feuille: Worksheet, rang: int, titre: Titre) -> int:
    """Write a heading; a blank row stands before it, so that a table above ends."""
    rang += titre.niveau > 1
    feuille.cell(rang, 1, titre.texte).style = _STYLES[titre.niveau]
    feuille.merge_cells(start_row=rang, end_row=rang, start_column=1, end_column=len(_LARGEURS))
    return rang + 1


def _champ(feuille: Worksheet, rang: int, champ: Champ) -> int:
    feuille.cell(rang, 1, champ.libelle).style = "ctg question longue" if champ.long else "ctg question"
    derniere = len(_LARGEURS) if champ.long else 3
    for colonne in range(2, derniere + 1):
        feuille.cell(rang, colonne).style = style_saisie(Nature.TEXTE if champ.long else Nature.DECIMAL)
    if champ.reponse != "":
        feuille.cell(rang, 2).value = champ.reponse
    feuille.merge_cells(start_row=rang, end_row=rang, start_column=2, end_column=derniere)
    feuille.row_dimensions[rang].height = _HAUTEUR_LONGUE if champ.long else _HAUTEUR
    return rang + 1


def _grille(feuille: Worksheet, rang: int, grille: Grille) -> int:
    for entete in grille.entetes:
        for colonne, mots in enumerate(entete, 1):
            feuille.cell(rang, colonne, mots or None).style = "ctg entete"
        feuille.row_dimensions[rang].height = 2 * _HAUTEUR
        rang += 1
    for libelle in grille.lignes:
        feuille.cell(rang, 1, libelle).style = "ctg question"
        for colonne, mots in enumerate(grille.entetes[-1][1:], 2):
            style = "ctg precedent" if mots == _NON_LUE else style_saisie(Nature.DECIMAL)
            feuille.cell(rang, colonne).style = style
        feuille.row_dimensions[rang].height = page.hauteur(libelle, _LARGEURS[0]) + 5
        rang += 1
    return rang + 1
