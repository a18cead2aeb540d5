"""What a declaration says: one frozen class per block of the YAML, one field per key.

The type of a field says what its key accepts (`chargement` reads them); meaning and examples for the officer:
docs/classeurs_libres.md.
"""

from dataclasses import dataclass
from pathlib import Path

NATURES = ("rapport", "extrait", "ecarte")
# What a cell must be tied to before it is a value; `structure` or `fiche` says who answers.
FACETTES = ("structure", "fiche", "annee", "mesure", "code", "modalite", "quartier")
ROLES = (*FACETTES, "valeur", "remarque", "rien")
ADDITIONNER = "additionner"
REPETITIONS = ("signaler", ADDITIONNER)
AUTRES = ("signaler", "passer")
SENS = ("droite", "dessous", "suite")
FIN_VIDE = "vide"
# The wordings of a title that is nobody's: what stands under it is not read, as declared.
PERSONNE = "rien"
# The wording of a row that is not a detail, among those of a column of details.
TOTAL = "total"
# An amount in thousands is written as one: what is loaded is in the unit of the measure.
UNITES = {"k€": 1e3, "M€": 1e6, "milliers": 1e3, "millions": 1e6}


@dataclass(frozen=True, slots=True)
class Facette:
    """Where one thing is said for a whole sheet or workbook: exactly one of the six first keys.

    `au_dessus`: for the rows of a table that follow a title, up to the next one; beside `libelle`, the title
    stands after that wording. `motif` keeps a part of it (its first group), `noms` ties the wording to an id.
    """

    valeur: str | None = None
    cellule: str | None = None
    libelle: str | None = None
    nom_de_feuille: bool = False
    nom_de_fichier: bool = False
    au_dessus: bool = False
    motif: str | None = None
    noms: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Reconnaissance:
    """`feuilles`: each pattern names a sheet of the workbook; `cellules`: wordings that stand in one of its
    sheets, all of them, or `au_moins` so many."""

    feuilles: tuple[str, ...] = ()
    cellules: tuple[str, ...] = ()
    au_moins: int | None = None


@dataclass(frozen=True, slots=True)
class FeuilleIgnoree:
    feuille: str
    raison: str


@dataclass(frozen=True, slots=True)
class TableauEcarte:
    """A table that is not read, wherever its header stands, down to the next blank row or header."""

    entete: tuple[str, ...]
    raison: str
    feuilles: tuple[str, ...] = ("*",)
    lignes_entete: int = 1


@dataclass(frozen=True, slots=True)
class LibellesIgnores:
    """Labels of a form whose answer, the rest of their row, stays in the file: names, addresses."""

    libelles: tuple[str, ...]
    raison: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Rows that are no data: those whose cell of `colonne` is one of `valeurs` (an empty text: is blank)."""

    colonne: str
    valeurs: tuple[str, ...]
    raison: str


@dataclass(frozen=True, slots=True)
class ColonneDeclaree:
    """One column, or several alike: `entete` lists the wordings its header may bear, `lettre` its place; with
    both, the column that stands there bears one of them.

    A column of values may fix any facet for its own cells (`mesure`, `code`…); `annee: AAAA` when each title
    says its own (« Enfants admis AAAA »).
    """

    donne: str
    entete: tuple[str, ...] = ()
    lettre: str | None = None
    raison: str | None = None
    facultative: bool = False
    noms: dict[str, str] | None = None
    autres: str = "signaler"
    motif: str | None = None
    retirer: str | None = None
    recopier: bool = False
    chiffres: int | None = None
    unite: str | None = None
    structure: str | None = None
    fiche: str | None = None
    annee: str | None = None
    mesure: str | None = None
    code: str | None = None
    modalite: str | None = None
    quartier: str | None = None

    @property
    def nom(self) -> str:
        """How a message names it."""
        return self.entete[0] if self.entete else f"colonne {self.lettre}"


@dataclass(frozen=True, slots=True)
class TableauDeclare:
    """A table, in every sheet that `feuilles` names: found by the words of its header (`entete`), else by its
    first row (`ligne`, from 1). `fin`: « vide » (the first blank row), a wording, or the end of the sheet.
    `facultatif`: the model has a layout without it; its absence is to be confirmed."""

    colonnes: tuple[ColonneDeclaree, ...]
    feuilles: tuple[str, ...] = ("*",)
    entete: tuple[str, ...] = ()
    ligne: int | None = None
    lignes_entete: int = 1
    fin: str | None = None
    facultatif: bool = False
    repetition: str = "signaler"
    lignes_a_passer: tuple[Passage, ...] = ()
    structure: Facette | None = None
    fiche: Facette | None = None
    annee: Facette | None = None
    mesure: Facette | None = None
    code: Facette | None = None
    modalite: Facette | None = None
    quartier: Facette | None = None


@dataclass(frozen=True, slots=True)
class CaseDeclaree:
    """One value of a form-like sheet: at `cellule`, or beside the wording `libelle` (after one of `apres`, if
    the same words stand twice). `sens`: to its right, `dessous`, or `suite`: to its right, else the text that
    follows, up to the next wording of the form."""

    mesure: str
    cellule: str | None = None
    libelle: str | None = None
    apres: tuple[str, ...] = ()
    sens: str = "droite"
    feuille: str = "*"
    unite: str | None = None
    facultative: bool = False
    code: str | None = None
    modalite: str | None = None
    quartier: str | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """One model of workbook; `id` is the name of its file.

    `titres`: wordings that part the form and answer nothing; once declared, what is left unread in a sheet is
    to be confirmed: it may be an answer.
    """

    id: str
    titre: str
    nature: str
    reconnaissance: Reconnaissance
    source: str | None = None
    message: str | None = None
    manquants: tuple[str, ...] = ()
    feuilles_ignorees: tuple[FeuilleIgnoree, ...] = ()
    libelles_ignores: tuple[LibellesIgnores, ...] = ()
    titres: tuple[str, ...] = ()
    tableaux: tuple[TableauDeclare, ...] = ()
    tableaux_ecartes: tuple[TableauEcarte, ...] = ()
    cases: tuple[CaseDeclaree, ...] = ()
    structure: Facette | None = None
    fiche: Facette | None = None
    annee: Facette | None = None

    @property
    def provenance(self) -> str:
        """What its cells bear as their source (`interne.depot.source`)."""
        return f"extrait:{self.source}" if self.nature == "extrait" else f"classeur:{self.id}"


def dossier_des_declarations(referentiel: Path) -> Path:
    """Where the declarations of a convention stand."""
    return referentiel / "classeurs_libres"
