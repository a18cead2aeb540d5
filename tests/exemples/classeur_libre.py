"""Small workbooks of a structure's own, written by a test, and what a declaration makes of them."""

from pathlib import Path

from openpyxl import Workbook

from ctg.referentiel import Referentiel, charger, dossier_par_defaut
from etl.anomalie import Anomalie
from etl.canevas.modeles import Lecture
from etl.classeurs import ouvrir
from etl.classeurs_libres.declaration.chargement import declaration
from etl.classeurs_libres.lecture.classeur import lire_selon

# the extract of an administration: how many children each structure admitted
ISAJE = """
titre: Extraction des admissions du logiciel ISAJE
nature: extrait
source: isaje
reconnaissance: {cellules: [Code structure, Nb admissions]}
annee: {valeur: 2025}
tableaux:
  - entete: [Code structure, Nb admissions]
    colonnes:
      - {entete: Code structure, donne: structure}
      - {entete: Nb admissions, donne: valeur, mesure: "i:PE-2.0.2-b"}
"""


def ecrire(
    chemin: Path, feuilles: dict[str, list[list[object]]], fusions: dict[str, str] | None = None
) -> Path:
    """Write a workbook from the rows of its sheets; `fusions`: sheet → ranges to merge, « A1:C1 A4:A6 »."""
    classeur = Workbook()
    classeur.remove(classeur.active)
    for nom, rangees in feuilles.items():
        feuille = classeur.create_sheet(nom)
        for rangee in rangees:
            feuille.append(rangee)
        for plage in (fusions or {}).get(nom, "").split():
            feuille.merge_cells(plage)
    classeur.save(chemin)
    return chemin


def lire(chemin: Path, yaml: str, referentiel: Referentiel | None = None) -> Lecture:
    """What a declaration, given as YAML, reads in a file."""
    convention = referentiel or charger(dossier_par_defaut())
    modele = declaration(yaml, "modele", convention)
    return lire_selon(modele, ouvrir(chemin), chemin.name, convention)


def valeurs(lecture: Lecture) -> dict[tuple[str, str], float | str | None]:
    """(respondent, address) → value or text of every cell that holds one; the sheet stands before an address
    of another sheet than the form's own."""
    return {
        (f.repondant_id, f"{c.feuille}!{c.adresse}" if c.feuille else c.adresse): c.valeur
        if c.texte is None
        else c.texte
        for f in lecture.formulaires
        for c in f.cellules
        if c.etat == "valeur"
    }


def anomalies(lecture: Lecture) -> list[Anomalie]:
    """Those of the file, then those of its forms."""
    return [*lecture.anomalies, *(a for f in lecture.formulaires for a in f.anomalies)]


def regles(lecture: Lecture) -> list[tuple[str, str | None]]:
    """(rule, address) of each, in order."""
    return [(a.regle, a.cellule) for a in anomalies(lecture)]
