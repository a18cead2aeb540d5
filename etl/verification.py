"""A dry run: what would be loaded, what would not, without touching the warehouse."""

from collections.abc import Iterable
from pathlib import Path

from ctg.referentiel import Referentiel
from etl import sources
from etl.canevas import lecture as canevas
from etl.canevas.modeles import Anomalie, Lecture
from etl.canevas.retour import annoter
from etl.compte_rendu import dire, erreurs, lister
from etl.construction import Rejet

_STATUTS = {
    "accepte": "serait chargé",
    "accepte_partiel": "serait chargé, sauf les cellules refusées",
    "refuse": "serait refusé",
}


def verifier_fichiers(chemins: Iterable[Path], referentiel: Referentiel, retour: Path | None) -> bool:
    """Say the outcome of each file; write its marked copy into `retour`. True: something would be refused."""
    refus = False
    for chemin in chemins:
        if not chemin.is_file():
            dire(f"{chemin} : ce fichier n’existe pas.", erreurs)
            refus = True
        elif canevas.reconnaitre(chemin):
            refus |= _verifier_classeur(chemin, referentiel, retour)
        else:
            lue = sources.lire(chemin, referentiel)
            dire(f"{chemin.name} : {lue.message}")
            refus |= lue.statut in ("refuse", "ignore", "accepte_partiel")
    return refus


def _verifier_classeur(chemin: Path, referentiel: Referentiel, retour: Path | None) -> bool:
    lecture = canevas.lire(chemin, referentiel)
    for formulaire in lecture.formulaires:
        dire(f"{chemin.name} › {formulaire.feuille} : {_STATUTS[formulaire.statut]}.")
    _dire_anomalies(chemin, lecture.anomalies)
    for formulaire in lecture.formulaires:
        _dire_anomalies(chemin, formulaire.anomalies)
    if retour is not None:
        _rendre(chemin, lecture, retour)
    return any(f.statut != "accepte" for f in lecture.formulaires) or any(
        a.gravite == "bloquant" for a in lecture.anomalies
    )


def _dire_anomalies(chemin: Path, anomalies: Iterable[Anomalie]) -> None:
    lister([Rejet(chemin.name, a.feuille, a.cellule, a.message) for a in anomalies])


def _rendre(chemin: Path, lecture: Lecture, retour: Path) -> None:
    if not lecture.formulaires:
        dire(
            f"{chemin.name} : pas de copie annotée, le classeur ne peut pas être ouvert sans risque.", erreurs
        )
        return
    dire(f"Copie annotée : {annoter(chemin, lecture, retour)}")
