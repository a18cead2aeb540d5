"""One reading for a file of several tables: the sheets of a workbook, the members of an archive."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pyarrow as pa

from etl.anomalie import Anomalie
from etl.sources.departage import departager
from etl.sources.modele import SCHEMA, LectureSource, ecarter
from etl.sources.recueil import abreger

_CHARGEES = ("accepte", "accepte_partiel")
_INCONNUE = "source_inconnue"
_ACCOMPAGNENT = (_INCONNUE, "documentation")
_DITES = 5
_RANG = {"accepte_partiel": 0, "accepte": 1, "ignore": 2, "refuse": 3}
Nommee = tuple[str | None, LectureSource]


def reunir(lectures: Sequence[Nommee]) -> LectureSource:
    """Gather the readings of the tables of one file; each anomaly then names its table.

    What accompanies a table that was loaded (its dictionary, a note) is told as information; a table that
    could not be read asks for a look. With nothing loaded, the file is what its best table is, and its
    message gives the reason of each.
    """
    if len(lectures) == 1:
        nom, seule = lectures[0]
        return replace(seule, anomalies=tuple(a._replace(feuille=nom) for a in seule.anomalies))
    chargees = [(nom, lecture) for nom, lecture in lectures if lecture.statut in _CHARGEES]
    if not chargees:
        return _sans_table(lectures)
    observations, contradictions = departager([(nom or "", lecture) for nom, lecture in chargees])
    autres = [_non_lue(nom, lecture) for nom, lecture in lectures if lecture.statut not in _CHARGEES]
    anomalies = [
        *(a._replace(feuille=nom) for nom, lecture in chargees for a in lecture.anomalies),
        *(a._replace(feuille=nom or None) for nom, a in contradictions),
        *autres,
    ]
    a_revoir = (
        contradictions
        or any(lecture.statut == "accepte_partiel" for _, lecture in chargees)
        or any(a.gravite == "a_confirmer" for a in autres)
    )
    return LectureSource(
        famille=_noms(lecture.famille for _, lecture in chargees),
        statut="accepte_partiel" if a_revoir else "accepte",
        message=" ".join(dict.fromkeys(lecture.message for _, lecture in chargees)),
        annee=max((lecture.annee for _, lecture in chargees if lecture.annee), default=None),
        observations=_observations(observations),
        territoires=tuple(t for _, lecture in chargees for t in lecture.territoires),
        anomalies=tuple(anomalies),
        priorite=max(lecture.priorite for _, lecture in chargees),
    )


def _non_lue(nom: str | None, lecture: LectureSource) -> Anomalie:
    accompagne = lecture.statut == "ignore" or lecture.anomalies[0].regle in _ACCOMPAGNENT
    gravite = "information" if accompagne else "a_confirmer"
    return Anomalie(nom, None, gravite, "table_non_lue", lecture.message)


def _sans_table(lectures: Sequence[Nommee]) -> LectureSource:
    if all(a.regle == _INCONNUE for _, lecture in lectures for a in lecture.anomalies):
        tables = abreger([f"« {nom} »" for nom, _ in lectures])
        message = (
            f"Fichier non reconnu : aucune de ses {len(lectures)} tables ({tables}) n’est celle d’une source "
            "connue. Les sources lues sont dans docs/sources.md."
        )
        return ecarter(None, "refuse", _INCONNUE, message)
    return LectureSource(
        famille=_noms(lecture.famille for _, lecture in lectures) or None,
        statut=min((lecture.statut for _, lecture in lectures), key=_RANG.__getitem__),
        message=" ".join(f"« {nom} » : {lecture.message}" for nom, lecture in lectures[:_DITES]),
        anomalies=tuple(a._replace(feuille=nom) for nom, lecture in lectures for a in lecture.anomalies),
    )


def _noms(familles: Iterable[str | None]) -> str:
    return " + ".join(dict.fromkeys(f for f in familles if f))


def _observations(retenues: pa.Table) -> pa.Table:
    return retenues.select(SCHEMA.names).cast(SCHEMA)
