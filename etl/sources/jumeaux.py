"""The same bytes under several names: which name is to be believed?

The year of some files stands only in their names (`etl.sources.noms`): copied under another one, they say
something else. A copy that says nothing gives way; two that say two things cannot both be true.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import NamedTuple

import pyarrow as pa

from etl.sources.modele import LectureSource, ecarter

_CHARGEES = ("accepte", "accepte_partiel")


class Lue(NamedTuple):
    """A reading, with the name of what was read and a hash of its bytes (None: like no other)."""

    nom: str | None
    empreinte: str | None
    lecture: LectureSource


class Verdict(NamedTuple):
    """What becomes of one of several copies: `pareille` (a rank) is read in its place, or none of them is."""

    pareille: int | None = None
    contredite: int | None = None


def juger(dits: Sequence[Hashable | pa.Table | None]) -> list[Verdict]:
    """Judge the copies of one content by what each says, None when it says nothing that can be loaded."""
    charges = [rang for rang, dit in enumerate(dits) if dit is not None]
    if not charges:
        return [Verdict()] * len(dits)
    premier, autre = charges[0], next((r for r in charges if dits[r] != dits[charges[0]]), None)
    if autre is None:
        return [Verdict(pareille=None if rang == premier else premier) for rang in range(len(dits))]
    return [
        Verdict(contredite=premier if rang != premier else autre) if rang in charges else Verdict()
        for rang in range(len(dits))
    ]


def contradiction(nom: str, autre: str) -> str:
    """The sentence for a file that holds what another one holds, and says otherwise by its name."""
    return (
        f"« {nom} » et « {autre} » tiennent exactement le même contenu, que leurs noms disent d’années ou "
        "d’objets différents : rien n’en est chargé. Retirez de data/raw celui qui est mal nommé."
    )


def dit(lecture: LectureSource) -> pa.Table | None:
    """What a reading says, to be compared with what a copy says."""
    return lecture.observations if lecture.statut in _CHARGEES else None


def sans_jumeaux(lectures: Sequence[Lue]) -> list[tuple[str | None, LectureSource]]:
    """Keep one reading of those of the same bytes, none if they differ: (name, reading), in order."""
    groupes = defaultdict(list)
    for rang, lue in enumerate(lectures):
        groupes[lue.empreinte or rang].append(rang)
    jugees = [(lue.nom, lue.lecture) for lue in lectures]
    for rangs in groupes.values():
        verdicts = juger([dit(lectures[rang].lecture) for rang in rangs])
        for rang, verdict in zip(rangs, verdicts, strict=True):
            nom, lecture = jugees[rang]
            if verdict.pareille is not None:
                message = (
                    f"Même contenu que « {lectures[rangs[verdict.pareille]].nom} », qui est lu à sa place."
                )
                jugees[rang] = nom, ecarter(lecture.famille, "ignore", "meme_contenu", message)
            elif verdict.contredite is not None:
                message = contradiction(nom, lectures[rangs[verdict.contredite]].nom)
                jugees[rang] = nom, ecarter(lecture.famille, "refuse", "meme_contenu", message)
    return jugees
