"""The « fiche de travail et d’analyse » as a Word form: the same rows, in tables, with a cell to fill."""

import datetime as dt
import io
from pathlib import Path

from docx import Document
from docx.document import Document as Ouvert
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from ctg.exports.archive import redater
from ctg.referentiel import Referentiel, Structure
from etl.canevas.redaction.styles import POLICE
from etl.classeurs_libres.fiche.contenu import TITRE, Champ, Grille, Titre, contenu

_MARGES = Cm(1.8)
_LIBELLE = Cm(6.5)
_CORPS = Pt(10)


def ecrire_word(referentiel: Referentiel, structure: Structure, annee: int, dossier: Path) -> Path:
    """Write the blank form of a structure into an existing folder; returns it. Raises OSError."""
    document = Document()
    document.styles["Normal"].font.name = POLICE
    document.styles["Normal"].font.size = _CORPS
    _en_francais(document, annee)
    document.sections[0].left_margin = document.sections[0].right_margin = _MARGES
    champs: list[Champ] = []
    for bloc in contenu(referentiel, structure, annee):
        if isinstance(bloc, Champ):
            champs.append(bloc)
            continue
        _champs(document, champs)
        champs = []
        if isinstance(bloc, Titre):
            document.add_heading(bloc.texte, bloc.niveau)
        else:
            _grille(document, bloc)
    _champs(document, champs)
    chemin = dossier / f"fiche_de_travail_{annee}_{structure.structure_id}.docx"
    sortie = io.BytesIO()
    document.save(sortie)
    # a date that depends on the campaign alone: written again, it is the same file
    chemin.write_bytes(redater(sortie.getvalue(), dt.datetime(annee + 1, 1, 1)))
    return chemin


def _en_francais(document: Ouvert, annee: int) -> None:
    """Say its title and its language, in which Word checks the spelling: the library writes in English."""
    proprietes = document.core_properties
    proprietes.title, proprietes.language = f"{TITRE.capitalize()} {annee}", "fr-FR"
    proprietes.author = proprietes.comments = ""
    for langue in document.styles.element.iter(qn("w:lang")):
        langue.set(qn("w:val"), "fr-FR")


def _champs(document: Ouvert, champs: list[Champ]) -> None:
    """Labels that follow each other make one table of two columns."""
    if not champs:
        return
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for champ in champs:
        cellules = table.add_row().cells
        cellules[0].text, cellules[1].text = champ.libelle, str(champ.reponse)
        cellules[0].width = _LIBELLE
    document.add_paragraph()


def _grille(document: Ouvert, grille: Grille) -> None:
    table = document.add_table(rows=0, cols=len(grille.entetes[0]), style="Table Grid")
    for rangee in grille.entetes:
        for cellule, mots in zip(table.add_row().cells, rangee, strict=True):
            cellule.text = mots
    for libelle in grille.lignes:
        table.add_row().cells[0].text = libelle
    document.add_paragraph()
