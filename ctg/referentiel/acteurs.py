"""Who answers, and where: structures, their senders, the référents, the quartiers (see `modeles`)."""

from dataclasses import dataclass
from datetime import date

from ctg.referentiel import vocabulaire as v
from ctg.referentiel.vocabulaire import colonne


@dataclass(frozen=True, slots=True)
class TypeStructure:
    type_id: str = colonne(motif=v.SLUG)
    libelle: str
    rang: int
    chiffres_clefs: bool


@dataclass(frozen=True, slots=True)
class Structure:
    """A line of equipment of annexes 2 and 2 bis (001:131-458); its quartier is our assignment."""

    structure_id: str = colonne(motif=v.SLUG)
    nom: str
    type_id: str
    gestionnaire: str | None = colonne(vide=True)
    expediteur_id: str
    adresse: str | None = colonne(vide=True)
    code_postal: str | None = colonne(vide=True, motif=v.CODE_POSTAL)
    ville: str
    quartier_id: str
    multisite: bool
    certitude: str = colonne(choix=("elevee", "moyenne", "faible"))
    certitude_note: str | None = colonne(vide=True)
    ouverte_le: date | None = colonne(vide=True)
    fermee_le: date | None = colonne(vide=True)
    eligible_bonus: bool
    # an equipment opened since the convention was signed stands in no annexe: its source is `propose`
    annexe: str | None = colonne(vide=True, choix=("2", "2 bis"))
    source: str = colonne(motif=v.SOURCE_OU_PROPOSE)

    def ouverte_en(self, annee: int) -> bool:
        """True when it was open at least one day of the civil year `annee`; no date = always open."""
        return (self.ouverte_le is None or self.ouverte_le.year <= annee) and (
            self.fermee_le is None or self.fermee_le.year >= annee
        )


@dataclass(frozen=True, slots=True)
class Expediteur:
    expediteur_id: str = colonne(motif=v.SLUG)
    nom: str
    genre: str = colonne(choix=("service", "gestionnaire", "association"))
    source: str = colonne(motif=v.SOURCE_OU_PROPOSE)


@dataclass(frozen=True, slots=True)
class Repondant:
    repondant_id: str
    libelle: str
    fonction: str
    axe_id: str | None = colonne(vide=True)
    source: str = colonne(motif=v.SOURCE_OU_PROPOSE)


@dataclass(frozen=True, slots=True)
class Fonction:
    """Who decides about a value: a function, never a person. `etapes`: the stages it may declare.

    With `axe_id`, only for the fiches of that axis.
    """

    fonction_id: str = colonne(motif=v.SLUG)
    libelle: str
    etapes: tuple[str, ...] = colonne(vide=True)
    axe_id: str | None = colonne(vide=True)
    source: str = colonne(motif=v.SOURCE_OU_PROPOSE)


@dataclass(frozen=True, slots=True)
class Quartier:
    quartier_id: str = colonne(motif=v.SLUG)
    nom: str
    rang: int
    qpv: bool
    cite_educative: bool
    source: str = colonne(motif=v.SOURCE)


@dataclass(frozen=True, slots=True)
class Iris:
    """IRIS → quartier: our crosswalk (`version`), each row with its certainty; population in persons."""

    code_iris: str = colonne(motif=v.CODE_IRIS)
    nom: str
    typ_iris: str = colonne(choix=("H", "A", "D", "Z"))
    quartier_id: str | None = colonne(vide=True)
    certitude: str = colonne(choix=("elevee", "moyenne", "faible"))
    certitude_note: str | None = colonne(vide=True)
    residentiel: bool
    population: int
    version: str
    source: str = colonne(motif=v.SOURCE_OU_PROPOSE)
