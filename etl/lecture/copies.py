"""One content received under several names, when what it says depends on its name."""

from collections.abc import Callable, Sequence

from etl.anomalie import Anomalie
from etl.inventaire import Recu
from etl.lecture.fichier import LectureFichier
from etl.sources import LectureSource, jumeaux

Lu = tuple[Recu, LectureFichier]
Completer = Callable[[str, LectureSource], LectureSource]


def depend_du_nom(lecture: LectureFichier) -> bool:
    """Say whether the same bytes may say something else under another name: a year, a structure stand there.

    A form of ours says all of it inside.
    """
    return lecture.source is not None or lecture.famille == "classeur_libre"


def departager(copies: Sequence[Lu], completer: Completer) -> list[LectureFichier]:
    """What counts of files that hold the same bytes: one of those that say the same, none if they differ.

    `completer(name, source)` gives back the observations of a source that was remembered without them.
    """
    noms = [recu.nom for recu, _ in copies]
    verdicts = jumeaux.juger(
        [_dit(nom, lecture, completer) for nom, (_, lecture) in zip(noms, copies, strict=True)]
    )
    jugees = []
    for nom, (_, lecture), verdict in zip(noms, copies, verdicts, strict=True):
        if verdict.pareille is not None:
            jugees.append(copie(noms[verdict.pareille]))
        elif verdict.contredite is not None:
            message = jumeaux.contradiction(nom, noms[verdict.contredite])
            refus = Anomalie(None, None, "bloquant", "meme_contenu", message)
            jugees.append(
                LectureFichier("refuse", lecture.famille, lecture.genre, message, anomalies=(refus,))
            )
        else:
            jugees.append(lecture)
    return jugees


def copie(premier: str) -> LectureFichier:
    """What is said of a file whose content counts under another name."""
    return LectureFichier("remplace", message=f"Même fichier que « {premier} ».")


def _dit(nom: str, lecture: LectureFichier, completer: Completer) -> object | None:
    if lecture.source:
        return jumeaux.dit(completer(nom, lecture.source))
    formulaires = [f for f in lecture.formulaires if f.statut != "refuse"]
    return tuple((f.genre, f.repondant_id, f.annee, f.feuille) for f in formulaires) or None
