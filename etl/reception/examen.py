"""What a drop would change, said before it is accepted: the warehouse is tried with it.

The files are read, judged and controlled with everything already received: a value three times last year's,
a report already there, a form that replaces another are seen as they would be once loaded.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from ctg.referentiel import Referentiel, charger
from etl import inventaire
from etl.anomalie import Anomalie
from etl.construction import empreinte
from etl.construction.apercu import Approbation, approbations
from etl.construction.assemblage import assembler
from etl.construction.avancement import Avancement, sans_suite
from etl.construction.entrepot import collecter
from etl.construction.remplacement import PRECEDENT, essayer
from etl.lecture.memoire import rappeler
from etl.reception import constat
from etl.reception.acceptation import deja_recu, deja_recus
from etl.reception.constat import DEJA, DEPOSE, REFUSE, Examen
from etl.reception.lots import Lot, Piece
from etl.reception.reprises import Reprise, a_reprendre
from etl.renvois import copies, retours
from etl.renvois import lecture as a_renvoyer

_PRESENT = f"""
    SELECT 1 FROM duckdb_tables()
    WHERE database_name = '{PRECEDENT}' AND schema_name = 'interne' AND table_name = 'observation'
"""


@dataclass(frozen=True, slots=True)
class Apercu:
    """What a drop would change: file by file, the fiches it would take back before their aval, and what was
    confirmed or validated of other figures (fiches first)."""

    fichiers: dict[str, Examen]
    reprises: tuple[Reprise, ...] = ()
    approbations: tuple[Approbation, ...] = ()


def examiner(
    lot: Lot,
    dates: Mapping[str, dt.date | dt.datetime],
    dossier_referentiel: Path,
    dossiers: tuple[Path, ...],
    entrepot: Path,
    avancement: Avancement = sans_suite,
) -> Apercu:
    """What every file of a drop, received on `dates`, would change; nothing is written.

    What the warehouse remembers of the files received is not read again.
    Raises ReferentielInvalide, ReceptionsIllisibles, OSError (a folder that cannot be read).
    """
    connus = deja_recus(dossiers[0])
    fermees = [piece for piece in lot.pieces if piece.refus]
    deja = {p.nom: nom for p in lot.pieces if not p.refus and (nom := deja_recu(p, connus))}
    nouvelles = [piece for piece in lot.pieces if piece.nom not in deja and not piece.refus]
    ajouts = [
        replace(inventaire.recevoir(p.chemin, f"{DEPOSE}{p.nom}"), recu_le=_instant(dates[p.nom]))
        for p in nouvelles
    ]
    examens = {
        nom: Examen(nom, DEJA, None, f"Déjà reçu : « {connu} ».", (), 0, 0, (), ())
        for nom, connu in deja.items()
    }
    reprises, approuves = (), ()
    if ajouts or fermees:
        version, referentiel = empreinte.de_la_suite(dossier_referentiel), charger(dossier_referentiel)
        with _a_l_essai(referentiel, version, entrepot, dossiers, ajouts, avancement) as connexion:
            present = _present(connexion)
            reprises = a_reprendre(connexion, present)
            approuves = tuple(approbations(connexion)) if present else ()
            renvois = {renvoi.fichier: renvoi for renvoi in a_renvoyer.renvois(connexion)}
            for ajout in ajouts:
                examen = constat.lire(connexion, ajout.nom, present)
                renvoi = renvois.get(ajout.nom)
                if renvoi is not None:
                    renvoi = retours.situer(replace(renvoi, fichier=examen.nom), ajout.chemin)
                    examen = replace(examen, renvoi=renvoi, copie=copies.extension(ajout.chemin))
                examens[examen.nom] = examen
            for piece in fermees:
                examens[piece.nom] = _fermee(connexion, piece, _instant(dates[piece.nom]))
    return Apercu({piece.nom: examens[piece.nom] for piece in lot.pieces}, reprises, approuves)


def _fermee(connexion: duckdb.DuckDBPyConnection, piece: Piece, recu_le: dt.datetime) -> Examen:
    """What is said of a file that could not even be opened, and the mail about it."""
    refus = Anomalie(None, None, "bloquant", "archive_fermee", piece.refus)
    renvoi = a_renvoyer.ferme(connexion, piece.nom, recu_le, refus)
    return Examen(piece.nom, REFUSE, None, piece.refus, (), 0, 0, (refus,), (), renvoi=renvoi)


@contextmanager
def _a_l_essai(
    referentiel: Referentiel,
    version: str,
    entrepot: Path,
    dossiers: tuple[Path, ...],
    ajouts: Sequence[inventaire.Recu],
    avancement: Avancement,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse that would be built with `ajouts`; today's is attached when there is one."""
    with essayer(entrepot, version) as connexion:
        collecte, _ = collecter(dossiers, referentiel, avancement, ajouts, rappeler(connexion))
        assembler(connexion, referentiel, collecte, "", dt.datetime.now(), avancement)
        yield connexion


def _instant(jour: dt.date | dt.datetime) -> dt.datetime:
    return jour if isinstance(jour, dt.datetime) else dt.datetime.combine(jour, dt.time())


def _present(connexion: duckdb.DuckDBPyConnection) -> bool:
    """Whether there is a warehouse to compare the values of open data with; without one, all are new."""
    return connexion.execute(_PRESENT).fetchone() is not None
