"""What the reader hands over: forms, cells with their address, anomalies with their sentence."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.anomalie import Anomalie


class Cellule(NamedTuple):
    """One input cell, blank ones included. Percentages are in points (85.0), dates in ISO text.

    `remarque` is what was written at the end of the row; it is repeated on each cell of the row, and
    `remarque_a_relire` says that it may name somebody. `estime`: the sender says that it is no exact count.
    """

    rubrique: str
    objet_id: str
    quartier_id: str | None
    ventilation: str | None
    modalite: str | None
    code: str
    valeur: float | None
    texte: str | None
    etat: str  # valeur | sans_objet | manquant | refuse | a_relire
    remarque: str | None
    adresse: str
    remarque_a_relire: bool = False
    estime: bool = False
    feuille: str | None = None  # its sheet, when a workbook of their own answers on several; else the form's


class Rapprochement(NamedTuple):
    """A row whose words are close to those of one question: its answers wait for a person to confirm.

    `libelle` is what was read (what `data/saisies/libelles.csv` then holds), `propose` what it may be.
    """

    feuille: str
    cellule: str
    libelle: str
    cle: str
    propose: str
    score: float  # out of 100


@dataclass(frozen=True, slots=True)
class Formulaire:
    """What one document answers for one respondent and year; `repondant_id` is a structure_id or a fiche_id
    (as read when unknown).

    `source` says what document: `formulaire` (our canevas), `classeur:<id>` (a workbook of their own),
    `extrait:<id>` (what an administration already holds).
    """

    genre: str  # structure | fiche
    repondant_id: str | None
    annee: int | None
    fictif: bool
    rempli_le: dt.date | None
    feuille: str
    statut: str  # accepte | accepte_partiel | refuse
    cellules: tuple[Cellule, ...] = ()
    anomalies: tuple[Anomalie, ...] = ()
    source: str = "formulaire"
    rapprochements: tuple[Rapprochement, ...] = ()
    garde: str | None = None  # `contenu` of a form read by a former build: its cells stayed in the warehouse

    @property
    def contenu(self) -> str:
        """Hash of what it answers, wherever that stands in the sheet: equal for two copies of one form."""
        if self.garde:
            return self.garde
        reponses = sorted((cellule[:10] for cellule in self.cellules), key=repr)
        return hashlib.sha256(repr(reponses).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Lecture:
    """A file read whole. `anomalies` holds those of the file itself; each form bears its own.

    `corrige` is the sha256 of the file this one is a marked copy of, when it is one.
    """

    genre: str | None
    formulaires: tuple[Formulaire, ...] = field(default=())
    anomalies: tuple[Anomalie, ...] = field(default=())
    corrige: str | None = None
