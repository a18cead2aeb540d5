"""One file read, recognised by its content: a form of ours, a declared workbook, or a source of open data.

A pure function of the bytes of the file, of its name and the name of its folder (a year may stand there), of
the convention, of the code and of the wordings people confirmed: the memory of a former build is then worth
a reading (etl/lecture/memoire.py).
"""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ctg.referentiel import Referentiel, ReferentielInvalide
from etl import sources
from etl.anomalie import Anomalie
from etl.canevas.lecture import classeur as canevas
from etl.canevas.lecture.reconnaissance import deconseiller, reconnaitre
from etl.canevas.modeles import Formulaire, Lecture
from etl.canevas.phrases.messages import anomalie
from etl.canevas.redaction.preremplissage import non_confirme
from etl.classeurs_libres.lecture import classeur as classeurs_libres
from etl.classeurs_libres.lecture.inconnus import decrire_inconnu

_SANS_REPONSE = frozenset({"aide", "ecarte"})  # known, and nothing of it is to be loaded
_IMPREVU = (
    "Le programme n’a pas su lire ce fichier ({erreur}, {ou}) : rien n’en est chargé, il reste gardé tel "
    "quel. Transmettez-le, avec cette phrase, à qui entretient l’outil."
)
_INCONNUES = frozenset({"source_inconnue", "pas_un_classeur"})


@dataclass(frozen=True, slots=True)
class LectureFichier:
    """What one file says, not judged yet. `anomalies`: those of the file; each form bears its own."""

    statut: str  # accepte | accepte_partiel | refuse | ignore
    famille: str | None = None
    genre: str | None = None
    message: str | None = None
    anomalies: tuple[Anomalie, ...] = ()
    formulaires: tuple[Formulaire, ...] = ()
    corrige: str | None = None  # sha256 of the file this one is a marked copy of
    source: sources.LectureSource | None = None


def lire_fichier(
    chemin: Path, referentiel: Referentiel, libelles: Mapping[str, str] | None = None
) -> LectureFichier:
    """Read a file, whatever it is; never raises on what it holds.

    `libelles`: the wordings a person confirmed (data/saisies/libelles.csv), with the key they mean.
    Raises ReferentielInvalide when a declaration of free workbooks cannot be used, OSError.
    """
    try:
        return _lire(chemin, referentiel, libelles)
    except (OSError, ReferentielInvalide):
        raise
    except Exception as erreur:  # a fault of ours on one file must not keep the others out
        ou = traceback.extract_tb(erreur.__traceback__)[-1]
        message = _IMPREVU.format(erreur=type(erreur).__name__, ou=f"{Path(ou.filename).name}:{ou.lineno}")
        imprevu = Anomalie(None, None, "bloquant", "lecture_imprevue", message)
        return LectureFichier("refuse", message=message, anomalies=(imprevu,))


def _lire(chemin: Path, referentiel: Referentiel, libelles: Mapping[str, str] | None) -> LectureFichier:
    notre = canevas.lire(chemin, referentiel, libelles) if reconnaitre(chemin) else None
    if notre is not None and notre.genre != "aide":
        return _formulaires(notre, "canevas")
    # a workbook of their own sent back corrected bears nothing of ours but the list of what to correct
    if (libre := classeurs_libres.lire_chemin(chemin, referentiel)) is not None:
        return _formulaires(libre, "classeur_libre")
    if notre is not None:
        return _formulaires(notre, "canevas")
    if conseil := deconseiller(chemin):
        return LectureFichier("refuse", message=conseil.message, anomalies=(conseil,))
    source = sources.lire(chemin, referentiel)
    if source.famille is None and (inconnu := _inconnu(source, chemin, referentiel)):
        return LectureFichier("refuse", genre="source", message=inconnu.message, anomalies=(inconnu,))
    return LectureFichier(
        source.statut, source.famille, "source", source.message, source.anomalies, source=source
    )


def _inconnu(source: sources.LectureSource, chemin: Path, referentiel: Referentiel) -> Anomalie | None:
    """What to do with a workbook that no source knows either; None for any other outcome."""
    inconnue = next((a for a in source.anomalies if a.regle in _INCONNUES), None)
    return inconnue and decrire_inconnu(chemin, inconnue, referentiel)


def _formulaires(lecture: Lecture, famille: str) -> LectureFichier:
    formulaires = tuple(_sans_vide(formulaire) for formulaire in lecture.formulaires)
    statuts = {formulaire.statut for formulaire in formulaires}
    statut = next((s for s in ("accepte", "accepte_partiel") if s in statuts), "refuse")
    bloquantes = [a.message for a in lecture.anomalies if a.gravite == "bloquant"]
    if statut == "accepte" and bloquantes:  # rows of a workbook that could be tied to nobody
        statut = "accepte_partiel"
    sans_rien = [a.message for a in lecture.anomalies if not formulaires]
    return LectureFichier(
        "ignore" if lecture.genre in _SANS_REPONSE else statut,
        famille,
        lecture.genre,
        next(iter(bloquantes + sans_rien), None),
        lecture.anomalies,
        formulaires,
        lecture.corrige,
    )


def _sans_vide(formulaire: Formulaire) -> Formulaire:
    """Refuse a form sent back as it was written: it answers nothing, and must not stand for an answer."""
    if formulaire.statut == "refuse":
        return formulaire
    if any(c.etat != "manquant" or c.remarque for c in formulaire.cellules):
        if not non_confirme(formulaire):
            return formulaire
        vide = anomalie("preremplissage_non_confirme", formulaire.feuille)
    else:
        vide = anomalie("formulaire_vide", formulaire.feuille)
    return replace(formulaire, statut="refuse", cellules=(), anomalies=(*formulaire.anomalies, vide))
