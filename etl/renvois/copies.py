"""The marked copy of a file: a workbook with its cells coloured, a Word document with comments."""

from collections.abc import Sequence
from pathlib import Path

from etl.anomalie import Anomalie
from etl.canevas.retour import copie
from etl.classeurs import ClasseurRefuse, ouvrir
from etl.classeurs_libres.word.copie import annoter_word, en_mots
from etl.classeurs_libres.word.document import ouvrir_word

EXTENSION, EXTENSION_WORD = ".xlsx", ".docx"


def annoter(chemin: Path, anomalies: Sequence[Anomalie], vers: Path) -> Path | None:
    """Write the marked copy of a file into the folder `vers`; returns it, or None when nothing is to correct
    nor to confirm. Raises OSError; ClasseurRefuse, whose sentence says why there is no copy."""
    if ouvrir_word(chemin) is not None:
        return annoter_word(chemin, anomalies, vers)
    return copie.annoter(chemin, anomalies, vers)


def extension(chemin: Path) -> str | None:
    """The extension of the copy that can be made of this file; None when none can. Raises OSError."""
    try:
        if ouvrir_word(chemin) is not None:
            return EXTENSION_WORD
        ouvrir(chemin)
    except ClasseurRefuse:
        return None
    return EXTENSION


def est_word(copie: str) -> bool:
    """Say whether a copy of this name is a Word document."""
    return copie.endswith(EXTENSION_WORD)


def situer(chemin: Path, anomalies: Sequence[Anomalie]) -> tuple[Anomalie, ...]:
    """The same anomalies, their places in words when the file is a Word document: « tableau 5, ligne 2… ».

    Raises OSError.
    """
    try:
        document = ouvrir_word(chemin)
    except ClasseurRefuse:
        document = None
    return tuple(anomalies) if document is None else en_mots(document.feuilles[0], anomalies)
