"""What the look of a cell changes in what a person reads: sown by a program, each at a cell known beforehand.

Unlike `erreurs_semees`, where what is typed is wrong, the number is there: it must be read as one sees it.
"""

import random
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from etl.canevas.plan import lignes, plan_structure
from etl.canevas.reponse.nombres import Nature
from tests.exemples.campagne_fictive import convention
from tests.exemples.formulaire_rempli import COLONNES

_NOTE, _BARRE = InlineFont(vertAlign="superscript"), InlineFont(strike=True)
_NOMBRES = (Nature.ENTIER, Nature.DECIMAL, Nature.MONTANT)


@dataclass(frozen=True, slots=True)
class Trompeuse:
    """One cell made misleading: the rule that must tell it, and the value it must have (None: none)."""

    genre: str
    feuille: str
    cellule: str
    regle: str
    valeur: float | None


Geste = Callable[[Cell, float], float | None]


def _texte(valeur: float) -> str:
    return f"{valeur:g}".replace(".", ",")


def _note(cellule: Cell, valeur: float) -> float:
    cellule.value = CellRichText(_texte(valeur), TextBlock(_NOTE, "5"))
    return valeur


def _corrige(cellule: Cell, valeur: float) -> float:
    cellule.value = CellRichText(TextBlock(_BARRE, "30"), _texte(valeur))
    return valeur


def _raye(cellule: Cell, valeur: float) -> None:
    police = copy(cellule.font)
    police.strike = True
    cellule.font = police


def _en_milliers(cellule: Cell, valeur: float) -> float:
    cellule.value = valeur / 1000
    cellule.number_format = '#,##0.0" k€"'
    return valeur


def _montre_en_milliers(cellule: Cell, valeur: float) -> float:
    cellule.number_format = "#,##0.0,"
    return valeur


def _format(code: str) -> Geste:
    def changer(cellule: Cell, valeur: float) -> None:
        cellule.number_format = code

    return changer


def _en_mots(code: str) -> Geste:
    def changer(cellule: Cell, valeur: float) -> float:
        cellule.number_format = code
        return valeur

    return changer


def _saisir(valeur: object, code: str, lue: float | None) -> Geste:
    def changer(cellule: Cell, _: float) -> float | None:
        cellule.value, cellule.number_format = valeur, code
        return lue

    return changer


def _avec(suite: str) -> Geste:
    def changer(cellule: Cell, valeur: float) -> float:
        cellule.value = f"{_texte(valeur)}{suite}"
        return valeur

    return changer


GENRES: dict[str, tuple[Geste, str, tuple[Nature, ...]]] = {
    "exposant": (_note, "nombre_annote", _NOMBRES),
    "passage_barre": (_corrige, "passage_barre", _NOMBRES),
    "case_barree": (_raye, "reponse_barree", (*_NOMBRES, Nature.POURCENTAGE)),
    "k_euros": (_en_milliers, "nombre_en_milliers", (Nature.MONTANT,)),
    "milliers": (_montre_en_milliers, "nombre_a_l_echelle", (Nature.MONTANT,)),
    "euros": (_format('#,##0.00 "€"'), "unite_inattendue", (Nature.ENTIER, Nature.POURCENTAGE)),
    "pourcents": (_format("0%"), "unite_inattendue", _NOMBRES),
    "duree": (_format("[h]:mm"), "duree_dans_nombre", (Nature.ENTIER,)),
    "mots": (_en_mots('0.##" salariés"'), "nombre_avec_mots", (Nature.DECIMAL, Nature.ENTIER)),
    "un_pour_cent": (_saisir(1, "General", 100), "part_sans_pourcent", (Nature.POURCENTAGE,)),
    "fraction": (_saisir("4/15", "@", None), "deux_nombres", _NOMBRES),
    "annee": (_avec(" (2024)"), "nombre_avec_mots", _NOMBRES),
    "ajout": (_avec(" (+3)"), "nombre_avec_mots", _NOMBRES),
}


def semer(classeurs: list[Path], annee: int, nombre: int, graine: int) -> list[Trompeuse]:
    """Make `nombre` cells misleading in these workbooks, in place, each kind in turn."""
    alea = random.Random(graine)
    ouverts = {chemin: load_workbook(chemin) for chemin in classeurs}
    places = [place for classeur in ouverts.values() for place in _places(classeur, annee)]
    alea.shuffle(places)
    semees: list[Trompeuse] = []
    while len(semees) < nombre:
        for genre, (geste, regle, natures) in GENRES.items():
            rang = next(rang for rang, (_, nature, _) in enumerate(places) if nature in natures)
            cellule, _, valeur = places.pop(rang)
            lue = geste(cellule, valeur)
            semees.append(Trompeuse(genre, cellule.parent.title, cellule.coordinate, regle, lue))
    for chemin, classeur in ouverts.items():
        classeur.save(chemin)
    return semees[:nombre]


def _places(classeur, annee: int) -> Iterator[tuple[Cell, Nature, float]]:
    """The filled cells that hold a number, with what they ask and what they hold."""
    structures, v1 = convention().structures, COLONNES["v1"]
    for feuille in classeur:
        rangs = {str(c.value): c.row for c in feuille["A"] if c.value is not None}
        if "m:structure_id" not in rangs:
            continue
        structure = structures[feuille.cell(rangs["m:structure_id"], v1).value]
        for cle, ligne in lignes(plan_structure(convention(), structure, annee)).items():
            for colonne, nature in enumerate(ligne.natures):
                cellule = feuille.cell(rangs[cle], v1 + colonne)
                part = 0 if nature is Nature.POURCENTAGE else 1
                if isinstance(cellule.value, int | float) and cellule.value > part:
                    yield cellule, nature, float(cellule.value)
