"""What the previous warehouse remembers of the files it was made from, so that they are not read again.

A file is known when its bytes, its name and the version of what reads it (etl/construction/empreinte.py) are
the same. Only its reading is remembered: everything is judged, controlled, added up and masked again
(docs/decisions/09-ne-relire-que-ce-qui-change.md). A warehouse absent, older or damaged remembers nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from ctg.entrepot import attacher
from etl.anomalie import Anomalie
from etl.canevas.modeles import Formulaire, Garde, Rapprochement
from etl.insertion import inserer, inserer_table
from etl.inventaire import Recu
from etl.lecture.fichier import LectureFichier
from etl.sources import LectureSource, Territoire
from etl.sources.modele import SCHEMA

PRECEDENT = "precedent"  # the name under which the previous warehouse is attached while the new one is built

_LECTURES = "fichier, sha256, lieu, statut, famille, genre, message, corrige, annee, priorite"
_FORMULAIRES = "genre, repondant_id, annee, fictif, rempli_le, feuille, statut"


@dataclass(frozen=True, slots=True)
class Memoire:
    """The readings of a previous build, by hash and place of their file; made by the version `version`."""

    version: str = ""
    lectures: Mapping[tuple[str, str], LectureFichier] = field(default_factory=dict)

    def retrouver(self, recu: Recu) -> LectureFichier | None:
        """The reading of this very file, or None: it has to be read."""
        return self.lectures.get((recu.sha256, _lieu(recu)))


SANS_MEMOIRE = Memoire()


def ouvrir(connexion: duckdb.DuckDBPyConnection, entrepot: Path, version: str) -> Memoire:
    """Attach the previous warehouse, read-only, and recall what it read; nothing when it cannot serve."""
    if not entrepot.is_file():
        return Memoire(version)
    try:
        attacher(connexion, entrepot, PRECEDENT)
        return Memoire(version, _rappeler(connexion, version))
    except duckdb.Error:
        return Memoire(version)


def garder(
    connexion: duckdb.DuckDBPyConnection, lectures: Iterable[tuple[Recu, LectureFichier]], version: str
) -> None:
    """Write every reading but its cells; forms are numbered in order, as in `interne.depot`."""
    lectures = list(lectures)
    inserer(connexion, "interne.lecture", (_ligne(recu, lecture, version) for recu, lecture in lectures))
    numero, formulaires, anomalies, rapprochements = 0, [], [], []
    for recu, lecture in lectures:
        anomalies += [_anomalie(recu, None, a) for a in lecture.anomalies]
        for formulaire in lecture.formulaires:
            formulaires.append(_formulaire(recu, numero, formulaire))
            anomalies += [_anomalie(recu, numero, a) for a in formulaire.anomalies]
            rapprochements += [
                {"fichier": recu.nom, "depot_id": numero, **r._asdict()} for r in formulaire.rapprochements
            ]
            numero += 1
    inserer(connexion, "interne.formulaire_lu", formulaires)
    inserer(connexion, "interne.anomalie_lue", anomalies)
    inserer(connexion, "interne.rapprochement_lu", rapprochements)
    inserer(connexion, "interne.territoire_lu", _territoires(lectures))
    for table in _observations(lectures):
        inserer_table(connexion, "interne.observation_lue", table)


def _lieu(recu: Recu) -> str:
    return "/".join(recu.chemin.absolute().parts[-2:])


def _ligne(recu: Recu, lecture: LectureFichier, version: str) -> dict:
    return {
        "fichier": recu.nom,
        "sha256": recu.sha256,
        "lieu": _lieu(recu),
        "version": version,
        **{nom: getattr(lecture, nom) for nom in ("statut", "famille", "genre", "message", "corrige")},
        "annee": lecture.source and lecture.source.annee,
        "priorite": lecture.source and lecture.source.priorite,
    }


def _formulaire(recu: Recu, numero: int, formulaire: Formulaire) -> dict:
    champs = {nom: getattr(formulaire, nom) for nom in (*_FORMULAIRES.split(", "), "source", "contenu")}
    return {"fichier": recu.nom, "depot_id": numero, **champs}


def _anomalie(recu: Recu, numero: int | None, anomalie: Anomalie) -> dict:
    return {"fichier": recu.nom, "depot_id": numero, **anomalie._asdict()}


def _territoires(lectures: Iterable[tuple[Recu, LectureFichier]]) -> Iterator[dict]:
    for recu, lecture in lectures:
        for territoire in lecture.source.territoires if lecture.source else ():
            yield {"fichier": recu.nom, **territoire._asdict()}


def _observations(lectures: Iterable[tuple[Recu, LectureFichier]]) -> Iterator[pa.Table]:
    tables = [
        lecture.source.observations.append_column(
            "fichier", pa.array([recu.nom] * len(lecture.source.observations), pa.string())
        )
        for recu, lecture in lectures
        if lecture.source and len(lecture.source.observations)
    ]
    if tables:
        yield pa.concat_tables(tables)


def _rappeler(connexion: duckdb.DuckDBPyConnection, version: str) -> dict[tuple[str, str], LectureFichier]:
    def lire(table: str, colonnes: str) -> dict[str, list[tuple]]:
        """Rows of a table by file, without the name of the file; in the order they were written."""
        groupes = defaultdict(list)
        requete = f"SELECT fichier, {colonnes} FROM {PRECEDENT}.interne.{table} ORDER BY rowid"
        for fichier, *ligne in connexion.execute(requete).fetchall():
            groupes[fichier].append(tuple(ligne))
        return groupes

    lectures = connexion.execute(
        f"SELECT {_LECTURES} FROM {PRECEDENT}.interne.lecture WHERE version = ?", [version]
    ).fetchall()
    if not lectures:
        return {}
    formulaires = lire("formulaire_lu", f"depot_id, contenu, source, {_FORMULAIRES}")
    anomalies = lire("anomalie_lue", "depot_id, " + ", ".join(Anomalie._fields))
    rapprochements = lire("rapprochement_lu", "depot_id, " + ", ".join(Rapprochement._fields))
    territoires = lire("territoire_lu", ", ".join(Territoire._fields))
    observations = connexion.sql(
        f"SELECT fichier, {', '.join(SCHEMA.names)} FROM {PRECEDENT}.interne.observation_lue ORDER BY rowid"
    ).to_arrow_table()
    rappelees = {}
    for fichier, sha256, lieu, statut, famille, genre, message, corrige, annee, priorite in lectures:
        par_depot = defaultdict(list)
        for depot_id, *anomalie in anomalies[fichier]:
            par_depot[depot_id].append(Anomalie(*anomalie))
        source = None
        if priorite is not None:
            source = LectureSource(
                famille,
                statut,
                message,
                annee,
                _celles_de(fichier, observations),
                tuple(Territoire(*t) for t in territoires[fichier]),
                tuple(par_depot[None]),
                priorite,
            )
        rappelees[sha256, lieu] = LectureFichier(
            statut,
            famille,
            genre,
            message,
            tuple(par_depot[None]),
            tuple(
                Formulaire(
                    *champs,
                    anomalies=tuple(par_depot[depot_id]),
                    source=provenance,
                    rapprochements=tuple(
                        Rapprochement(*r) for numero, *r in rapprochements[fichier] if numero == depot_id
                    ),
                    garde=Garde(depot_id, contenu),
                )
                for depot_id, contenu, provenance, *champs in formulaires[fichier]
            ),
            corrige,
            source,
        )
    return rappelees


def _celles_de(fichier: str, observations: pa.Table) -> pa.Table:
    choisies = observations.filter(pc.equal(observations["fichier"], fichier))
    return choisies.drop_columns("fichier").cast(SCHEMA).combine_chunks()
