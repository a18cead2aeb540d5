"""A form errors are sown in: its sheet, its rows by key, and what was already touched."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.canevas.plan import Ligne, lignes, plan_structure
from etl.canevas.reponse.nombres import Nature
from tests.exemples.campagne_fictive import convention
from tests.exemples.formulaire_rempli import COLONNES, rang_marque

V1 = COLONNES["v1"]
NOMBRES = (Nature.ENTIER, Nature.DECIMAL, Nature.MONTANT)
PRECEDENT = COLONNES["precedent"] - V1  # what was declared the year before, at the left of the answers


@dataclass(frozen=True, slots=True)
class Semee:
    """One error: any of `cellules` may be told (a sum that is wrong is wrong in all its terms)."""

    genre: str
    fichier: str
    feuille: str
    cellules: tuple[str, ...]


@dataclass(slots=True)
class FeuilleSemee:
    """One form, its rows by key, and the rows something was already sown in."""

    feuille: Worksheet
    attendues: dict[str, Ligne]
    rangs: dict[str, int]
    prises: set[str] = field(default_factory=set)

    def libre(self, cle: str) -> bool:
        """A row whose measure was left alone so far."""
        return cle in self.rangs and objet(cle) not in self.prises

    def valeur(self, cle: str, colonne: int = 0) -> object:
        return self.feuille.cell(self.rangs[cle], V1 + colonne).value

    def est_nombre(self, cle: str, *colonnes: int) -> bool:
        return all(isinstance(self.valeur(cle, c), int | float) for c in colonnes or (0,))

    def ecrire(self, cle: str, valeur: object, colonne: int = 0) -> str:
        cellule = self.feuille.cell(self.rangs[cle], V1 + colonne)
        cellule.value = valeur
        self.prises.add(objet(cle))
        return cellule.coordinate


def objet(cle: str) -> str:
    """What a row is about, its breakdowns and quartiers included: `i:X`; accounts and staff go together."""
    court = cle.split("@")[0].split("#")[0]
    return court[:1] if court[:2] in ("c:", "v:") else court


def saisies(f: FeuilleSemee, *natures: Nature) -> Iterator[tuple[str, int]]:
    """Filled cells of these natures, in rows nothing was sown in."""
    for cle, ligne in f.attendues.items():
        for colonne, nature in enumerate(ligne.natures):
            if nature in natures and f.libre(cle) and f.valeur(cle, colonne) not in (None, ""):
                yield cle, colonne


def formulaires(classeur: Workbook, annee: int) -> Iterator[FeuilleSemee]:
    """The forms of structures in a workbook."""
    structures = convention().structures
    for feuille in classeur:
        rangs = {str(c.value): c.row for c in feuille["A"] if c.value is not None}
        if "m:structure_id" not in rangs:
            continue
        assert rang_marque(feuille)
        structure = structures[feuille.cell(rangs["m:structure_id"], V1).value]
        yield FeuilleSemee(feuille, lignes(plan_structure(convention(), structure, annee)), rangs)
