"""What the previous warehouse remembers of the files it was made from, so that they are not read again.

A build continues a copy of the previous warehouse, when the version of what reads and computes is the same
(etl/construction/remplacement.py). There, a file is known when its bytes, its name and the name of its folder
are the same (docs/decisions/09-ne-refaire-que-ce-qui-change.md); an empty database remembers nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from etl.anomalie import Anomalie
from etl.canevas.modeles import Formulaire, Rapprochement
from etl.insertion import inserer, inserer_table
from etl.inventaire import Recu
from etl.jugement.depots import numero
from etl.lecture.fichier import LectureFichier
from etl.sources import LectureSource, Territoire
from etl.sources.modele import SANS_OBSERVATION, SCHEMA

_LECTURES = "fichier, sha256, lieu, statut, famille, genre, message, corrige, annee, priorite"
_FORMULAIRES = "genre, repondant_id, annee, fictif, rempli_le, feuille, statut"
# asked of the catalogue: a query that fails would end the transaction
_DEJA_LU = """
    SELECT 1 FROM duckdb_tables()
    WHERE database_name = current_database() AND schema_name = 'interne' AND table_name = 'lecture'
"""
_Cle = tuple[str, str, str]  # name, sha256, place


@dataclass(frozen=True, slots=True)
class Memoire:
    """The readings of a previous build, by name, hash and place of their file.

    `sources`: the names of those that hold open data; None when there was no build before. Their observations
    stay in the warehouse, `observations` gives them with the name of their file: see `completer`.
    """

    lectures: Mapping[_Cle, LectureFichier] = field(default_factory=dict)
    sources: frozenset[str] | None = None
    observations: Callable[[], pa.Table] = SCHEMA.empty_table

    @property
    def fichiers(self) -> set[str]:
        """The names of the files that were read."""
        return {nom for nom, *_ in self.lectures}

    def retrouver(self, recu: Recu) -> LectureFichier | None:
        """The reading of this very file, or None: it has to be read."""
        return self.lectures.get((recu.nom, recu.sha256, _lieu(recu)))

    def completer(self, fichier: str, source: LectureSource) -> LectureSource:
        """What was read of a file of open data, with its observations."""
        observations = self.observations()
        celles_ci = observations.filter(pc.equal(observations["fichier"], fichier))
        return replace(source, observations=celles_ci.drop_columns("fichier").cast(SCHEMA).combine_chunks())


SANS_MEMOIRE = Memoire()


def reprendre_les_formulaires(connexion: duckdb.DuckDBPyConnection, fichiers: list[str]) -> None:
    """Take back what was read of those files, cells included, from the tables set aside."""
    _reprendre(connexion, ("lecture", "formulaire_lu", "anomalie_lue", "rapprochement_lu"), fichiers)
    connexion.execute("""
        INSERT INTO interne.lue FROM precedente_lue
        WHERE depot_id IN (SELECT depot_id FROM interne.formulaire_lu)
    """)


def reprendre_les_sources(connexion: duckdb.DuckDBPyConnection, fichiers: list[str]) -> None:
    """Take back the open data read of those files, from the tables set aside."""
    _reprendre(connexion, ("observation_lue", "territoire_lu"), fichiers)


def _reprendre(connexion: duckdb.DuckDBPyConnection, tables: Iterable[str], fichiers: list[str]) -> None:
    for table in tables:
        connexion.execute(
            f"INSERT INTO interne.{table} FROM precedente_{table} WHERE list_contains(?, fichier)", [fichiers]
        )


def garder(connexion: duckdb.DuckDBPyConnection, lectures: Iterable[tuple[Recu, LectureFichier]]) -> None:
    """Write readings, but their cells."""
    lectures = list(lectures)
    inserer(connexion, "interne.lecture", (_ligne(recu, lecture) for recu, lecture in lectures))
    formulaires, anomalies, rapprochements = [], [], []
    for recu, lecture in lectures:
        anomalies += [_anomalie(recu, None, a) for a in lecture.anomalies]
        for rang, formulaire in enumerate(lecture.formulaires):
            depot_id = numero(recu.nom, rang)
            formulaires.append(_formulaire(recu, depot_id, formulaire))
            anomalies += [_anomalie(recu, depot_id, a) for a in formulaire.anomalies]
            rapprochements += [
                {"fichier": recu.nom, "depot_id": depot_id, **r._asdict()} for r in formulaire.rapprochements
            ]
    inserer(connexion, "interne.formulaire_lu", formulaires)
    inserer(connexion, "interne.anomalie_lue", anomalies)
    inserer(connexion, "interne.rapprochement_lu", rapprochements)
    inserer(connexion, "interne.territoire_lu", _territoires(lectures))
    for table in _observations(lectures):
        inserer_table(connexion, "interne.observation_lue", table)


def _lieu(recu: Recu) -> str:
    return "/".join(recu.chemin.absolute().parts[-2:])


def _ligne(recu: Recu, lecture: LectureFichier) -> dict:
    return {
        "fichier": recu.nom,
        "sha256": recu.sha256,
        "lieu": _lieu(recu),
        **{nom: getattr(lecture, nom) for nom in ("statut", "famille", "genre", "message", "corrige")},
        "annee": lecture.source and lecture.source.annee,
        "priorite": lecture.source and lecture.source.priorite,
    }


def _formulaire(recu: Recu, depot_id: int, formulaire: Formulaire) -> dict:
    champs = {nom: getattr(formulaire, nom) for nom in (*_FORMULAIRES.split(", "), "source", "contenu")}
    return {"fichier": recu.nom, "depot_id": depot_id, **champs}


def _anomalie(recu: Recu, depot_id: int | None, anomalie: Anomalie) -> dict:
    return {"fichier": recu.nom, "depot_id": depot_id, **anomalie._asdict()}


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


def rappeler(connexion: duckdb.DuckDBPyConnection) -> Memoire:
    """What the warehouse that is continued has read; nothing in an empty database."""

    def lire(table: str, colonnes: str) -> dict[str, list[tuple]]:
        """Rows of a table by file, without the name of the file; in the order they were written."""
        groupes = defaultdict(list)
        requete = f"SELECT fichier, {colonnes} FROM interne.{table} ORDER BY rowid"
        for fichier, *ligne in connexion.execute(requete).fetchall():
            groupes[fichier].append(tuple(ligne))
        return groupes

    if not connexion.execute(_DEJA_LU).fetchone():
        return SANS_MEMOIRE
    lectures = connexion.execute(f"SELECT {_LECTURES} FROM interne.lecture").fetchall()
    formulaires = lire("formulaire_lu", f"depot_id, contenu, source, {_FORMULAIRES}")
    anomalies = lire("anomalie_lue", "depot_id, " + ", ".join(Anomalie._fields))
    rapprochements = lire("rapprochement_lu", "depot_id, " + ", ".join(Rapprochement._fields))
    territoires = lire("territoire_lu", ", ".join(Territoire._fields))
    rappelees, sources = {}, set()
    for fichier, sha256, lieu, statut, famille, genre, message, corrige, annee, priorite in lectures:
        par_depot = defaultdict(list)
        for depot_id, *anomalie in anomalies[fichier]:
            par_depot[depot_id].append(Anomalie(*anomalie))
        source = None
        if priorite is not None:
            sources.add(fichier)
            source = LectureSource(
                famille,
                statut,
                message,
                annee,
                SANS_OBSERVATION,
                tuple(Territoire(*t) for t in territoires[fichier]),
                tuple(par_depot[None]),
                priorite,
            )
        rappelees[fichier, sha256, lieu] = LectureFichier(
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
                        Rapprochement(*r) for lu_id, *r in rapprochements[fichier] if lu_id == depot_id
                    ),
                    garde=contenu,
                )
                for depot_id, contenu, provenance, *champs in formulaires[fichier]
            ),
            corrige,
            source,
        )

    @cache
    def observations() -> pa.Table:
        """Only fetched when open data have to be told apart again."""
        champs = ", ".join(SCHEMA.names)
        return connexion.sql(
            f"SELECT fichier, {champs} FROM interne.observation_lue ORDER BY rowid"
        ).to_arrow_table()

    return Memoire(rappelees, frozenset(sources), observations)
