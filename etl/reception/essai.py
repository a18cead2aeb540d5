"""What another date for a file received, or its withdrawal, would change: a build tried, nothing written."""

import datetime as dt
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import duckdb

from ctg.referentiel import charger
from etl import inventaire
from etl.construction import apercu, empreinte
from etl.construction.apercu import Apercu
from etl.construction.assemblage import assembler
from etl.construction.entrepot import collecter
from etl.construction.remplacement import PRECEDENT, essayer
from etl.lecture.memoire import rappeler
from etl.reception.reprises import Reprise, a_reprendre

# how late counts from the day of the build for who did not answer: that is no change
_CHANGES = f"""
    SELECT coalesce(s.nom, f.fiche_id || ' · ' || f.titre, n.repondant_id), n.annee,
           a.statut, a.jours_de_retard, a.fichier, n.statut, n.jours_de_retard, n.fichier
    FROM collecte.attendu AS n
    JOIN {PRECEDENT}.collecte.attendu AS a USING (formulaire, repondant_id, annee)
    LEFT JOIN publication.structure AS s ON n.formulaire = 'structure' AND s.structure_id = n.repondant_id
    LEFT JOIN publication.fiche AS f ON n.formulaire = 'fiche' AND f.fiche_id = n.repondant_id
    WHERE (a.statut, a.fichier) IS DISTINCT FROM (n.statut, n.fichier)
       OR n.statut NOT IN ('attendu', 'refuse') AND a.jours_de_retard IS DISTINCT FROM n.jours_de_retard
    ORDER BY ALL
"""
_OBSERVATIONS = f"""
    SELECT count(*) FILTER (n.source_id IS NULL),
           count(*) FILTER (n.source_id IS NOT NULL
                            AND (n.etat, n.valeur) IS DISTINCT FROM (a.etat, a.valeur))
    FROM {PRECEDENT}.interne.observation AS a
    LEFT JOIN interne.observation AS n USING (source_id, variable_id, niveau, territoire_id, annee)
"""


class Suivi(NamedTuple):
    """A form that would stand otherwise: its status, days late, and the file that answers; before, after."""

    nom: str
    annee: int
    statut: str
    retard: int | None
    fichier: str | None
    statut_apres: str
    retard_apres: int | None
    fichier_apres: str | None


@dataclass(frozen=True, slots=True)
class Effet:
    """What it would change. `perdues`, `changees`: values of open data; `fictive`: nothing real would be
    left, and the fictional campaign would come back."""

    apercu: Apercu
    suivis: tuple[Suivi, ...]
    reprises: tuple[Reprise, ...]
    perdues: int
    changees: int
    fictive: bool


def redater(
    fichier: str,
    recu_le: dt.datetime | None,
    dossiers: tuple[Path, ...],
    dossier_referentiel: Path,
    entrepot: Path,
) -> Effet:
    """What this other date of reception (None: unknown) of a file of the first folder would change.

    Raises FileNotFoundError (it is no longer there), duckdb.Error (no warehouse to compare with), and what
    reading the convention or the files received raises.
    """
    return _essayer(fichier, dossiers, dossier_referentiel, entrepot, recu_le, garde=True)


def retirer(fichier: str, dossiers: tuple[Path, ...], dossier_referentiel: Path, entrepot: Path) -> Effet:
    """What withdrawing a file of the first folder would change. Raises as `redater`."""
    return _essayer(fichier, dossiers, dossier_referentiel, entrepot, None, garde=False)


def _essayer(
    fichier: str,
    dossiers: tuple[Path, ...],
    dossier_referentiel: Path,
    entrepot: Path,
    recu_le: dt.datetime | None,
    garde: bool,
) -> Effet:
    recus = inventaire.inventorier(dossiers[0])
    if fichier not in {recu.nom for recu in recus}:
        raise FileNotFoundError(f"« {fichier} » n’est plus parmi les fichiers reçus.")
    restes = [
        replace(recu, recu_le=recu_le) if recu.nom == fichier else recu
        for recu in recus
        if garde or recu.nom != fichier
    ]
    version, referentiel = empreinte.de_la_suite(dossier_referentiel), charger(dossier_referentiel)
    # all of them are given by hand: the folder itself would be read with its files as they stand
    with tempfile.TemporaryDirectory() as vide, essayer(entrepot, version) as connexion:
        lus = (Path(vide), *dossiers[1:])
        collecte, _ = collecter(lus, referentiel, ajouts=restes, connue=rappeler(connexion))
        collecte.anomalies += inventaire.inscriptions_sans_fichier(dossiers[0], recus)
        assembler(connexion, referentiel, collecte, "", dt.datetime.now())
        return Effet(
            apercu.constater(connexion),
            tuple(Suivi(*ligne) for ligne in connexion.execute(_CHANGES).fetchall()),
            a_reprendre(connexion, comparer=True),
            *connexion.execute(_OBSERVATIONS).fetchone(),
            fictive=collecte.fictive and not _fictive(connexion),
        )


def _fictive(connexion: duckdb.DuckDBPyConnection) -> bool:
    """Whether the campaign of today is the fictional one."""
    return connexion.execute(f"SELECT bool_or(fictif) FROM {PRECEDENT}.publication.campagne").fetchone()[0]
