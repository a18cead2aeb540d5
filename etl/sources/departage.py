"""One figure for one place and year, when several files give it."""

import math
from collections.abc import Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from ctg.formats import compter
from etl.anomalie import Anomalie
from etl.sources.modele import SCHEMA, LectureSource, Observation
from etl.sources.repetition import repetitions

SCHEMA_RETENUES = SCHEMA.append(pa.field("fichier", pa.string()))
_CLES = SCHEMA.names[:5]
_CONTRADICTION = "deux fichiers donnent deux valeurs différentes"


def departager(
    lectures: Iterable[tuple[str, LectureSource]],
) -> tuple[pa.Table, tuple[tuple[str, Anomalie], ...]]:
    """Keep one observation per (source, variable, level, place, year), with the file it comes from.

    A producer's file wins over our compact table. Two producers' files that disagree are not guessed
    between: the figure is `manquant` and both files get an anomaly (once per pair of files). A place that a
    file does not hold, without a reason, is no answer: another file's answer takes its place. The anomalies
    also say what two files print alike for two years (`etl.sources.repetition`).
    """
    lectures = sorted(lectures, key=lambda paire: (-paire[1].priorite, paire[0]))
    retenues: dict[tuple, tuple[int, str, Observation]] = {}
    conflits: dict[tuple[str, str], int] = {}
    seules, disputees = _separer(_rassembler(lectures))
    for *ligne, fichier, priorite in zip(*disputees.to_pydict().values(), strict=True):
        observation = Observation(*ligne)
        cle = observation[:5]
        deja = retenues.setdefault(cle, (priorite, fichier, observation))
        if deja[2] is observation or _est_une_absence(observation):
            continue
        if _est_une_absence(deja[2]):
            retenues[cle] = (priorite, fichier, observation)
            continue
        if deja[0] > priorite:
            continue
        if not _d_accord(deja[2], observation):
            incertaine = deja[2]._replace(valeur=None, etat="manquant", note=_CONTRADICTION)
            retenues[cle] = (deja[0], deja[1], incertaine)
            conflits[deja[1], fichier] = conflits.get((deja[1], fichier), 0) + 1
    repetees = repetitions((fichier, lecture.observations) for fichier, lecture in lectures)
    return pa.concat_tables([seules, _table(retenues.values())]), (*_signaler(conflits), *repetees)


def _rassembler(lectures: Iterable[tuple[str, LectureSource]]) -> pa.Table:
    """Every observation, with its file, the priority of its source and its rank."""
    tables = [
        lecture.observations.append_column("fichier", pa.array([fichier] * n, pa.string())).append_column(
            "priorite", pa.array([lecture.priorite] * n, pa.int32())
        )
        for fichier, lecture in lectures
        if (n := len(lecture.observations))
    ]
    schema = SCHEMA_RETENUES.append(pa.field("priorite", pa.int32()))
    trame = pa.concat_tables(tables) if tables else schema.empty_table()
    return trame.append_column("rang", pa.array(range(len(trame)), pa.int64()))


def _separer(trame: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Observations that are alone for their place and year, kept as they are; then the others, in order."""
    comptes = trame.group_by(_CLES).aggregate([("rang", "min"), ("rang", "count")])
    seuls = pc.is_in(trame["rang"], comptes.filter(pc.equal(comptes["rang_count"], 1))["rang_min"])
    disputees = trame.filter(pc.invert(seuls)).drop_columns("rang")
    return trame.filter(seuls).select(SCHEMA_RETENUES.names), disputees


def _d_accord(une: Observation, autre: Observation) -> bool:
    """Say whether two figures are the same, but for the last bits of a computed one (159345,9999998)."""
    if une.etat != autre.etat or (une.valeur is None) != (autre.valeur is None):
        return False
    return une.valeur is None or math.isclose(une.valeur, autre.valeur, rel_tol=1e-9)


def _est_une_absence(observation: Observation) -> bool:
    return observation.ligne is None and observation.etat == "manquant"


def _table(retenues: Iterable[tuple[int, str, Observation]]) -> pa.Table:
    lignes = [(*observation, fichier) for _, fichier, observation in retenues]
    colonnes: Sequence[tuple] = list(zip(*lignes, strict=True)) or [()] * len(SCHEMA_RETENUES)
    return pa.table(
        [pa.array(c, t) for c, t in zip(colonnes, SCHEMA_RETENUES.types, strict=True)],
        schema=SCHEMA_RETENUES,
    )


def _signaler(conflits: dict[tuple[str, str], int]) -> Iterable[tuple[str, Anomalie]]:
    for (premier, second), nombre in conflits.items():
        for fichier, autre in ((premier, second), (second, premier)):
            yield (
                fichier,
                Anomalie(
                    None,
                    None,
                    "a_confirmer",
                    "fichiers_contradictoires",
                    f"« {autre} » donne autrement {compter(nombre, 'valeurs', feminin=True)} des mêmes "
                    "territoires et de la même année : aucune n’est retenue. Retirez de data/raw le fichier "
                    "périmé (docs/sources.md).",
                ),
            )
