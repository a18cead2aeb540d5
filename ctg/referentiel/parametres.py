"""The settings of a convention (`parametres.yml`): dates, campaigns, thresholds."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Convention:
    id: str
    titre: str
    ville: str
    ville_id: str
    commune_insee: str
    partenaire: str
    debut: int
    fin: int


@dataclass(frozen=True, slots=True)
class Campagne:
    """The yearly collection: reports on `annee`, expected on `echeance` at the latest.

    `echeance_fiches`: when the référents, who write after the structures, are given another date (in 003,
    the report is due on 15 July, line 487, the form 15 days before the commission, line 610).
    """

    annee: int
    echeance: date
    echeance_fiches: date | None = None


@dataclass(frozen=True, slots=True)
class Confidentialite:
    """Counts of people below `seuil_personnes`, rates on fewer than `seuil_taux` people and satisfaction
    under `seuil_satisfaction` respondents are masked. `statut`: who fixed these thresholds."""

    seuil_personnes: int
    seuil_taux: int
    seuil_satisfaction: int
    statut: str


@dataclass(frozen=True, slots=True)
class Couverture:
    """`seuil_etat`: share of respondents (0 to 1) under which no state is computed."""

    seuil_etat: float


@dataclass(frozen=True, slots=True)
class Evolution:
    """`seuil_stable`: relative change (0 to 1) under which an evolution reads « stable »."""

    seuil_stable: float


@dataclass(frozen=True, slots=True)
class Parametres:
    """`unites_d_evenement`: units that count dated events (each happens in one period), so that they add up
    over periods and structures even when they concern people. `unites_a_rattachement_unique`: people who each
    belong to one structure only, so that structures add up without double counting."""

    convention: Convention
    annee_reference: int
    campagnes: tuple[Campagne, ...]
    confidentialite: Confidentialite
    couverture: Couverture
    evolution: Evolution
    annee_scolaire: str
    unites_d_evenement: tuple[str, ...]
    unites_a_rattachement_unique: tuple[str, ...]
