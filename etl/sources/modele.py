"""What a source declares and what reading one of its files gives."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import pyarrow as pa

from ctg.referentiel import Referentiel
from etl.anomalie import Anomalie
from etl.sources.tables import Tableau

NIVEAUX = ("iris", "qpv", "commune", "ecole")
ETATS = ("publie", "secret", "manquant", "sans_objet")

SCHEMA = pa.schema(
    [
        ("source_id", pa.string()),
        ("variable_id", pa.string()),
        ("niveau", pa.string()),
        ("territoire_id", pa.string()),
        ("annee", pa.int32()),
        ("valeur", pa.float64()),
        ("etat", pa.string()),
        ("note", pa.string()),
        ("ligne", pa.int32()),
        ("colonne", pa.string()),
    ]
)
# what SCHEMA.empty_table() gives, which imports pandas
SANS_OBSERVATION = pa.Table.from_batches([], SCHEMA)


class Observation(NamedTuple):
    """One figure of one territory and year; `valeur` is None unless `etat` is `publie`.

    `ligne` is the line in the file (None when the producer printed no line at all), `colonne` the header
    as printed.
    """

    source_id: str
    variable_id: str
    niveau: str
    territoire_id: str
    annee: int
    valeur: float | None
    etat: str
    note: str | None
    ligne: int | None
    colonne: str


class Territoire(NamedTuple):
    """A place as its producer names it; `commune` is its Insee code."""

    niveau: str
    territoire_id: str
    nom: str
    commune: str


class Regle(NamedTuple):
    """What the producer's silence means: the state of the cell and the sentence that says so."""

    etat: str
    texte: str


@dataclass(frozen=True)
class Colonne:
    """One printed column of a source: `motifs` match its header, whatever the year."""

    role: str  # cle | nom | commune | annee | note | statut | niveau | valeur | ignoree
    motifs: tuple[re.Pattern[str], ...]
    variable_id: str
    libelle: str
    unite: str
    decimales: int
    additif: bool
    unite_statistique: str
    note: tuple[re.Pattern[str], ...]
    remarque: str


class Telechargement(NamedTuple):
    """A file that its producer publishes: where, which year, what it must be once read.

    `verifiee` is the day somebody saw the address answer, or None: it is then shown as to be verified.
    """

    adresse: str
    fichier: str
    annee: int
    page: str
    sha256: str | None = None
    verifiee: str | None = None


@dataclass(frozen=True)
class Famille:
    """One source: its provenance, how its files are recognised, and what its blanks mean."""

    source_id: str
    titre: str
    producteur: str
    licence: str
    niveau: str
    annee: str  # suffixe | colonne | nom_du_fichier | sans
    signatures: tuple[tuple[re.Pattern[str], ...], ...]
    colonnes: tuple[Colonne, ...]
    url: str | None = None
    remarque: str = ""
    vide: Regle | None = None
    absente: Regle | None = None
    textes: Mapping[str, Regle] = field(default_factory=dict)
    notes: Mapping[str, Regle] = field(default_factory=dict)
    priorite: int = 1  # a producer's file wins over our own compact table, which has 0
    verse_dans: str | None = None  # the source whose series its figures continue; None: its own
    mois: int | None = None  # the month kept of a file that holds several
    rentree: bool = False  # its column of years says when school years begin
    rupture: int | None = None  # the first year that cannot be compared with those before
    fractions: bool = False  # its counts have decimals: estimates, or people shared between two homes
    telechargements: tuple["Telechargement", ...] = ()

    @property
    def serie(self) -> str:
        """Source under which its observations are stored."""
        return self.verse_dans or self.source_id


@dataclass(frozen=True)
class LectureSource:
    """The reading of one file. `message` says the outcome in one French sentence."""

    famille: str | None
    statut: str  # accepte | accepte_partiel | refuse | ignore
    message: str
    annee: int | None = None
    observations: pa.Table = field(default_factory=SCHEMA.empty_table)
    territoires: tuple[Territoire, ...] = ()
    anomalies: tuple[Anomalie, ...] = ()
    priorite: int = 1


class Nom(NamedTuple):
    """A name around a table: its own, its file's, or the one of a folder."""

    texte: str
    dossier: bool = False


@dataclass(frozen=True)
class Contexte:
    """All a source may look at to read one file."""

    famille: Famille
    tableau: Tableau
    referentiel: Referentiel
    noms: tuple[Nom, ...] = ()  # around the table, the closest first
    dictionnaire: Mapping[str, str] = field(default_factory=dict)  # column → its producer's words
    au_dessus: tuple[tuple[str, ...], ...] = ()  # the lines above the headers: titles, as a rule

    @property
    def commune(self) -> str:
        """Insee code of the commune of the convention."""
        return self.referentiel.parametres.convention.commune_insee

    @property
    def derniere_annee(self) -> int:
        """The last year that data may be of: the last of the convention, or this one if it is over.

        What was built is read again in a new year (etl/construction/empreinte.py).
        """
        return max(self.referentiel.parametres.convention.fin, dt.date.today().year)


def table_arrow(observations: Iterable[Observation]) -> pa.Table:
    """Turn observations into a typed Arrow table (nulls stay null, never NaN)."""
    colonnes = list(zip(*observations, strict=True)) or [()] * len(SCHEMA)
    return pa.table([pa.array(c, t) for c, t in zip(colonnes, SCHEMA.types, strict=True)], schema=SCHEMA)


def ecarter(famille: str | None, statut: str, regle: str, message: str) -> LectureSource:
    """Give a reading without any observation, its reason written once as message and as anomaly."""
    gravite = "bloquant" if statut == "refuse" else "information"
    return LectureSource(famille, statut, message, anomalies=(Anomalie(None, None, gravite, regle, message),))
