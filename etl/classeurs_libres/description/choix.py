"""What the officer chose on the page that describes a workbook: what its declaration is written from."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ColonneChoisie:
    """A column as the officer described it; `noms` ties its wordings to ids, `raison` says why it is left.

    `a_passer`: its wordings whose rows are no data, totals or notes. `structure` and `annee`: what its title
    says, when the row does not. `recopier`: a wording is written once for several rows.
    `chiffres`: how many digits its codes have.
    """

    lettre: str
    entete: str
    donne: str
    mesure: str | None = None
    code: str | None = None
    modalite: str | None = None
    structure: str | None = None
    annee: str | None = None
    noms: dict[str, str] | None = None
    raison: str | None = None
    a_passer: tuple[str, ...] = ()
    recopier: bool = False
    chiffres: int | None = None


@dataclass(frozen=True, slots=True)
class TableauChoisi:
    """A table of these sheets. `fin` is that of a declaration; `mesure` a facet, when the sheet says it, and
    `structure`, when titles above the rows do.

    `ligne` (from 1) says where it starts when its header has no sure word; `voisines`: the columns that
    another table of the sheet reads, by letter, with their titles.
    """

    feuilles: tuple[str, ...]
    ligne: int
    lignes_entete: int
    colonnes: tuple[ColonneChoisie, ...]
    fin: str | None = None
    mesure: dict[str, object] | None = None
    structure: dict[str, object] | None = None
    voisines: dict[str, str] = field(default_factory=dict)
    additionner: bool = False
    annees: int = 0  # columns whose title is a year, and nothing else


@dataclass(frozen=True, slots=True)
class CaseChoisie:
    """One answer of a form, beside its wording."""

    libelle: str
    mesure: str
    code: str | None = None
    modalite: str | None = None
    feuille: str | None = None


@dataclass(frozen=True, slots=True)
class TableauLaisse:
    """A table that the officer leaves unread: the words of its header, over `lignes_entete` rows."""

    feuilles: tuple[str, ...]
    entete: tuple[str, ...]
    lignes_entete: int


@dataclass(frozen=True, slots=True)
class Choix:
    """What the page gathers. `structure`, `fiche`, `annee` are facets (`{"valeur": …}`), None when a column
    says it. A case without a sheet stands on every one that bears its wording. `feuilles_ignorees`: sheet →
    why it is not read."""

    titre: str
    nature: str
    tableaux: tuple[TableauChoisi, ...] = ()
    cases: tuple[CaseChoisie, ...] = ()
    structure: dict[str, object] | None = None
    fiche: dict[str, object] | None = None
    annee: dict[str, object] | None = None
    source: str | None = None
    feuilles_ignorees: dict[str, str] = field(default_factory=dict)
    ecartes: tuple[TableauLaisse, ...] = ()
