"""Everything guessed of one workbook at once: its tables, its forms, who they speak of, what they count."""

from collections.abc import Sequence
from dataclasses import dataclass

from ctg.referentiel import Referentiel
from etl.adresse import lettres
from etl.classeurs import Feuille
from etl.classeurs_libres.description import attribution, ebauche, reperage, ventilations
from etl.classeurs_libres.description.attribution import Dit
from etl.classeurs_libres.description.ebauche import TITRE_STRUCTURE, ColonneProposee
from etl.classeurs_libres.description.lignes_de_mesures import dit_une_mesure
from etl.classeurs_libres.description.rattachement import structure_nommee
from etl.classeurs_libres.description.reperage import FormulaireRepere, TableauRepere
from etl.classeurs_libres.lecture.entetes import SANS_TITRE, noms_a
from etl.classeurs_libres.mesures import MesureConnue

_SANS_FACETTE = "valeur"  # a code that a declaration need not write
_EXERCICE = "n"
_REPONSES_SURES = 2  # a notice has numbers beside its words too


@dataclass(frozen=True, slots=True)
class TableauPropose:
    """A table and what its columns seem to be; `mesures_des_feuilles`: the names of its sheets say what they
    count."""

    repere: TableauRepere
    colonnes: tuple[ColonneProposee, ...]
    voisines: dict[str, str]
    mesures_des_feuilles: bool = False

    @property
    def dit_la_structure(self) -> bool:
        dite = any(c.donne in ("structure", TITRE_STRUCTURE) for c in self.colonnes)
        titres = self.repere.titres
        return dite or (titres is not None and not titres.mesure)

    @property
    def dit_l_annee(self) -> bool:
        """True when a column says it, or the title of each column of values."""
        valeurs = [c for c in self.colonnes if c.donne in ("valeur", TITRE_STRUCTURE)]
        return any(c.donne == "annee" for c in self.colonnes) or all(c.annee for c in valeurs)

    @property
    def donne(self) -> bool:
        """True when something of it seems to be asked."""
        return any(c.donne in ("valeur", TITRE_STRUCTURE) for c in self.colonnes)


def structures_citees(
    feuilles: Sequence[Feuille], reperes: Sequence[TableauRepere], referentiel: Referentiel
) -> tuple[str, ...]:
    """The ids of the structures that a workbook seems to speak of, exactly or nearly named."""
    cites: dict[str, None] = {}
    for repere in reperes:
        cites |= dict.fromkeys(repere.titres.noms if repere.titres and not repere.titres.mesure else ())
        colonnes = ebauche.deviner_colonnes(feuilles, repere, (), referentiel)
        cites |= dict.fromkeys(ebauche.structures_de(colonnes))
    for dit in attribution.structure_dite(feuilles, tetes(reperes), referentiel):
        cites |= dict.fromkeys(dit.libelles)
    ids: dict[str, None] = {}
    for libelle in cites:
        connue, proches = structure_nommee(libelle, referentiel)
        ids |= dict.fromkeys([connue] if connue else [p.valeur for p in proches[:1]])
    return tuple(ids)


def proposer_tableau(
    feuilles: Sequence[Feuille],
    repere: TableauRepere,
    mesures: Sequence[MesureConnue],
    referentiel: Referentiel,
) -> TableauPropose:
    """What a table seems to give, among the measures that its structures are asked."""
    colonnes = ebauche.deviner_colonnes(feuilles, repere, mesures, referentiel)
    nommees = False
    muettes = not any(c.mesure or c.donne == "mesure" for c in colonnes)
    if muettes and any(c.en_nombres for c in colonnes):
        titrees = repere.titres is not None and repere.titres.mesure
        nommees = not titrees and any(dit_une_mesure(nom, mesures) for nom in repere.feuilles)
        if titrees or nommees:
            colonnes = ebauche.valeurs_sans_mesure(colonnes, mesures)
    premiere = next(f for f in feuilles if f.nom in repere.feuilles)
    noms = noms_a(premiere, repere.rang, repere.hauteur)
    voisines = {lettres(c): noms.get(c, SANS_TITRE) for c in repere.voisines}
    return TableauPropose(repere, tuple(colonnes), voisines, nommees)


def proposer_formulaires(
    feuilles: Sequence[Feuille], reperes: Sequence[TableauRepere], mesures: Sequence[MesureConnue]
) -> tuple[FormulaireRepere, ...]:
    """The sheets filled like a form, those where nothing seems to be asked left out."""
    trouves = reperage.reperer_formulaires(feuilles, reperes)
    return tuple(f for f in trouves if sum(dit_une_mesure(x, mesures) for x in f.libelles) >= _REPONSES_SURES)


def dits(
    feuilles: Sequence[Feuille], reperes: Sequence[TableauRepere], nom: str, referentiel: Referentiel
) -> tuple[tuple[Dit, ...], tuple[Dit, ...]]:
    """What the sheets seem to say of their structure, then of their year; `nom` is that of the file."""
    debuts = tetes(reperes)
    return (
        attribution.structure_dite(feuilles, debuts, referentiel),
        attribution.annee_dite(feuilles, debuts, nom, referentiel),
    )


def tetes(reperes: Sequence[TableauRepere]) -> dict[str, int]:
    """The first row (from 0) of the tables of each sheet, or of the titles above their rows."""
    debuts: dict[str, int] = {}
    for repere in reperes:
        # the cell above one of the tables of a row is its title, never that of the sheet
        rang = repere.rang - 1 if repere.voisines else 0 if repere.titres else repere.rang
        for nom in repere.feuilles:
            debuts[nom] = min(rang, debuts.get(nom, rang))
    return debuts


def mesures_de_ligne(mesures: Sequence[MesureConnue]) -> tuple[MesureConnue, ...]:
    """What the label of a row may be worth: a measure, with or without a modality, or a detail of the one
    above; no code other than that of the year."""
    seules = [m for m in mesures if m.modalite is None and m.code in (_SANS_FACETTE, "texte", _EXERCICE)]
    return (*seules, *ventilations.details_connus(mesures), *ventilations.lignes_connues(mesures))
