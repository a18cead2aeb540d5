"""Larger campaigns: the same structures many times over, in a referential written beside the forms."""

import csv
import re
import shutil
from pathlib import Path

from ctg.referentiel import Referentiel, charger, dossier_par_defaut

COPIES = {"ville": 1, "departement": 32, "national": 100}
# Hidden: a build of the whole folder must not take the tables of a convention for reports.
DOSSIER_REFERENTIEL = ".referentiel"
_COPIE = re.compile(r"-\d{2,3}$")
_TABLES = {
    "structures.csv": (("structure_id", "expediteur_id"), "nom"),
    "expediteurs.csv": (("expediteur_id",), "nom"),
}


def agrandir(dossier: Path, copies: int) -> Referentiel:
    """Write into `dossier` the convention in force with its structures and senders `copies` times.

    The first copy keeps its ids; the others bear a number (`archipel-02`). Everything else is unchanged: the
    structures stand in the same quartiers, and the fiches are answered once.
    """
    shutil.copytree(dossier_par_defaut(), dossier)
    for fichier, (identifiants, nom) in _TABLES.items():
        _multiplier(dossier / fichier, identifiants, nom, copies)
    return charger(dossier)


def original(identifiant: str) -> str:
    """The id a structure or a sender was copied from, its own when it is no copy: archipel-02 → archipel."""
    return _COPIE.sub("", identifiant)


def _multiplier(chemin: Path, identifiants: tuple[str, ...], nom: str, copies: int) -> None:
    with chemin.open(encoding="utf-8", newline="") as entree:
        lecture = csv.DictReader(entree, delimiter=";")
        rangees, colonnes = list(lecture), lecture.fieldnames
    with chemin.open("w", encoding="utf-8", newline="") as sortie:
        ecriture = csv.DictWriter(sortie, colonnes, delimiter=";", lineterminator="\n")
        ecriture.writeheader()
        for copie in range(1, copies + 1):
            ecriture.writerows(_copier(rangee, identifiants, nom, copie) for rangee in rangees)


def _copier(rangee: dict[str, str], identifiants: tuple[str, ...], nom: str, copie: int) -> dict[str, str]:
    if copie == 1:
        return rangee
    copiee = {cle: f"{rangee[cle]}-{copie:02}" for cle in identifiants}
    return rangee | copiee | {nom: f"{rangee[nom]} ({copie})"}
