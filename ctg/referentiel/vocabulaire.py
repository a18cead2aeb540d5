"""The closed lists and the shapes of ids the referential accepts; how a column declares them."""

import re
from dataclasses import field

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_OU_VARIABLE = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")  # a variable of the open data: caf_enfants_0_2
SOURCE = re.compile(r"00\d:\d+(-\d+)?")
SOURCE_OU_PROPOSE = re.compile(rf"({SOURCE.pattern}|propose)( \(.+\))?")  # the brackets hold a precision
CODE_POSTAL = re.compile(r"\d{5}")
CODE_IRIS = re.compile(r"\d{9}")
SEMESTRE = re.compile(r"\d{4}-S[12]")
RUBRIQUE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
AXE = re.compile(r"[A-Z]+")
FICHE = re.compile(r"[A-Z]+-\d+")
LIGNE = re.compile(r"[A-Z]+-\d+\.\d+\.\d+")
INDICATEUR = re.compile(r"[A-Z]+-\d+(\.j\d+|\.\d+\.p\d+(-[a-z])?|\.\d+\.\d+-[a-z])")

CLE = re.compile(r"[ictv]:[^\s@#=:;]+(@[^\s@#=:;]+|#[^\s@#=:;]+=[^\s@#=:;]+)?")  # as etl/canevas/grammaire

NATURES = ("denombrement", "taux", "evolution", "satisfaction", "jalon", "qualitatif")
UNITES_STATISTIQUES = (
    *("personne", "famille", "structure", "projet", "action", "espace", "document", "euro"),
    *("surface", "energie", "emission", "jour", "site", "place", "emploi"),
)
UNITES_CONFIDENTIELLES = ("personne", "famille")
SAISIES = ("nombre", "rapport", "satisfaction", "jalon", "texte", "niveau", "calcul")
AGREGATIONS_STRUCTURES = ("somme", "somme_doubles", "rapport", "ponderee", "unique", "aucune", "repartition")
AGREGATIONS_PERIODES = ("somme", "derniere", "rapport", "aucune")
# The stages of a value that somebody decides, in their order (001:1700-1701 for the aval); before them it is
# received then controlled, which nobody has to say.
ETAPES_DECIDEES = ("confirmee", "validee", "aval", "diffusee")
QUARTIERS_SPECIAUX = ("ville", "hors-dijon")


def colonne(*, vide=False, choix=(), motif=None):
    """Column of a table: may it be empty, which values or which pattern are accepted."""
    return field(metadata={"vide": vide, "choix": choix, "motif": motif})


def complement(defaut=()):
    """Field filled from another file than the table of the class."""
    return field(default=defaut, metadata={"complement": True})
