"""Everything that was read and decided, as a build takes it: nothing of it is in a table yet."""

import datetime as dt
from dataclasses import dataclass, field

import pyarrow as pa

from etl.anomalie import Anomalie
from etl.inventaire import Recu
from etl.jugement.depots import Depot
from etl.lecture.fichier import LectureFichier
from etl.saisies.rassemblement import Saisies
from etl.sources import Territoire


@dataclass(frozen=True, slots=True)
class Fichier:
    """A file of the inventory, once read: what it is and what became of it."""

    fichier: str
    sha256: str
    taille: int
    statut: str  # accepte | accepte_partiel | refuse | remplace | ignore
    famille: str | None = None
    genre: str | None = None
    recu_le: dt.datetime | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class DonneesOuvertes:
    """The open data that count, once the files that give the same figure are told apart."""

    observations: pa.Table  # SCHEMA_RETENUES of etl.sources.departage
    territoires: tuple[Territoire, ...]
    variables: list[dict]
    contradictions: tuple[tuple[str, Anomalie], ...]  # by file


@dataclass(slots=True)
class Collecte:
    """Everything read under `raw`: files, submissions already judged, open data, anomalies by file."""

    fichiers: list[Fichier] = field(default_factory=list)
    depots: list[Depot] = field(default_factory=list)
    ouvertes: DonneesOuvertes | None = None  # None: those of the previous warehouse have not changed
    anomalies: list[tuple[str, Anomalie]] = field(default_factory=list)
    saisies: Saisies = field(default_factory=Saisies)
    # every file whose content counts; `relus`: the names of those that no former build had read
    lectures: list[tuple[Recu, LectureFichier]] = field(default_factory=list)
    relus: set[str] = field(default_factory=set)
    lectures_changees: bool = True  # False: the very files of the previous warehouse, none of them read again

    @property
    def annees(self) -> set[int]:
        """Years of the retained forms."""
        return {d.formulaire.annee for d in self.depots if d.retenu}

    @property
    def fictive(self) -> bool:
        """True when every form that counts is made up: what was decided on real ones says nothing of them."""
        retenus = [d.formulaire for d in self.depots if d.retenu]
        return bool(retenus) and all(formulaire.fictif for formulaire in retenus)
