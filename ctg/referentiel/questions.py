"""What the forms ask beside the measures: texts, accounts, the life of the structure (see `modeles`)."""

from dataclasses import dataclass

from ctg.referentiel import vocabulaire as v
from ctg.referentiel.vocabulaire import colonne


@dataclass(frozen=True, slots=True)
class Rubrique:
    rubrique_id: str = colonne(motif=v.RUBRIQUE)
    formulaire: str = colonne(choix=("structure", "fiche"))
    libelle: str
    aide: str
    rang: int
    types: tuple[str, ...] = colonne(vide=True)
    source: str = colonne(motif=v.SOURCE_OU_PROPOSE)


@dataclass(frozen=True, slots=True)
class PosteChiffreClef:
    """A row of the chiffres clefs (003:870-888). `somme_de`: rows it must equal the sum of;
    `difference_de`: the two rows it must equal the difference of (first minus second)."""

    poste_id: str = colonne(motif=v.SLUG)
    libelle: str
    bloc: str
    rang: int
    niveau: int
    somme_de: tuple[str, ...] = colonne(vide=True)
    difference_de: tuple[str, ...] = colonne(vide=True)
    source: str = colonne(motif=v.SOURCE)


@dataclass(frozen=True, slots=True)
class ChampVieStructure:
    champ_id: str = colonne(motif=v.SLUG)
    libelle: str
    unite: str
    unite_statistique: str = colonne(choix=v.UNITES_STATISTIQUES)
    types: tuple[str, ...]
    source: str = colonne(motif=v.SOURCE_OU_PROPOSE)

    @property
    def confidentiel(self) -> bool:
        """True when it counts people or families: its small counts are masked."""
        return self.unite_statistique in v.UNITES_CONFIDENTIELLES


@dataclass(frozen=True, slots=True)
class Relation:
    """Two numbers of one form of which one bounds the other: a person who rereads the form compares them.

    `code`: which number of the answer `partie_id` (a measure, or a field of the structure's life); the other
    one is the number `tout_id`. `partie`: it cannot be larger; `egal`: it is the same thing asked twice;
    `suppose`: it cannot be there while the other is zero.
    """

    partie_id: str
    code: str = colonne(choix=("valeur", "numerateur", "denominateur"))
    tout_id: str
    relation: str = colonne(choix=("partie", "egal", "suppose"))
    source: str = colonne(motif=v.SOURCE_OU_PROPOSE)


@dataclass(frozen=True, slots=True)
class Formulation:
    """What a row of the forms was called until a year: forms of that time are read by it."""

    cle: str = colonne(motif=v.CLE)
    jusqu_en: int
    libelle: str
    source: str = colonne(motif=v.SOURCE_OU_PROPOSE)

    @property
    def objet_id(self) -> str:
        """What the row is about: an indicator, an account, a field of the structure's life, a text."""
        return self.cle[2:].partition("@")[0].partition("#")[0]
