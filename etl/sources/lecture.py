"""Recognise a file by its headers and hand it to its source."""

import importlib
from collections.abc import Callable
from pathlib import Path

from ctg.referentiel import Referentiel
from etl.sources.catalogue import DOSSIER, familles, hors_perimetre
from etl.sources.correspondance import porte_signature
from etl.sources.extraction import extraire
from etl.sources.modele import Contexte, Famille, LectureSource, ecarter
from etl.sources.tables import FichierIllisible, Tableau, normaliser, ouvrir


def lire(chemin: Path, referentiel: Referentiel) -> LectureSource:
    """Read a file of open data, whatever its name and folder; never raises on what the file holds.

    The outcome (`statut`, `message`) says whether it was loaded and, if not, why. `referentiel` is a
    `ctg.referentiel.Referentiel`: its commune and its IRIS decide which lines are ours.
    """
    source = None
    try:
        tableaux = ouvrir(chemin)
        source, tableau = _reconnaitre(tableaux)
        if source is None:
            return _ecarter_inconnu(tableaux)
        return _lecteur(source)(Contexte(source, tableau, chemin.name, referentiel))
    except FichierIllisible as raison:
        return ecarter(source and source.source_id, "refuse", raison.regle, str(raison))
    except OSError:
        return ecarter(None, "refuse", "fichier_inaccessible", "Le fichier ne peut pas être ouvert.")


def _reconnaitre(tableaux: tuple[Tableau, ...]) -> tuple[Famille, Tableau] | tuple[None, None]:
    """Keep the source whose signature names the most headers, on the first line that bears one."""
    for tableau in tableaux:
        forces = [(porte_signature(f, tableau.entetes), f) for f in familles()]
        force, trouvee = max(forces, key=lambda paire: paire[0])
        if force:
            return trouvee, tableau
    return None, None


def _lecteur(source: Famille) -> Callable[[Contexte], LectureSource]:
    """Find the reading of a source: its own `lire.py`, else the common one."""
    if not (DOSSIER / source.source_id / "lire.py").exists():
        return extraire
    return importlib.import_module(f"etl.sources.{source.source_id}.lire").lire


def _ecarter_inconnu(tableaux: tuple[Tableau, ...]) -> LectureSource:
    for tableau in tableaux:
        entetes = [normaliser(e) for e in tableau.entetes]
        for motifs, message in hors_perimetre():
            if all(any(m.fullmatch(e) for e in entetes) for m in motifs):
                return ecarter(None, "ignore", "hors_perimetre", message)
    lues = ", ".join(tableaux[0].entetes[:6]) if tableaux else "aucune"
    return ecarter(
        None,
        "refuse",
        "source_inconnue",
        f"Fichier non reconnu : ses colonnes ({lues[:120]}…) ne sont celles d’aucune source connue. "
        "Les sources lues sont dans docs/sources.md.",
    )
