"""Reads a register line by line: what is sound is kept, the rest is told, and nothing breaks a build."""

import csv
from dataclasses import dataclass
from pathlib import Path

from ctg.referentiel import Referentiel, charger, dossier_par_defaut
from etl.inventaire import dossier_saisies
from etl.saisies.refus import SaisieRefusee
from etl.saisies.registres import REGISTRES, verifier

COMMENTAIRE = "#"


@dataclass(frozen=True, slots=True)
class Ligne:
    """A line that was checked; `numero` counts from 1, the header included, as an editor shows it."""

    numero: int
    champs: dict[str, str]


@dataclass(frozen=True, slots=True)
class Erreur:
    """A line left out, and why; `numero` is None when the whole file could not be read."""

    numero: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Lecture:
    lignes: tuple[Ligne, ...] = ()
    erreurs: tuple[Erreur, ...] = ()


def chemin(nom: str, dossier: Path | None = None) -> Path:
    """The file of a register. Raises KeyError for an unknown name."""
    if nom not in REGISTRES:
        raise KeyError(nom)
    return (dossier or dossier_saisies()) / f"{nom}.csv"


def lire(nom: str, referentiel: Referentiel | None = None, dossier: Path | None = None) -> Lecture:
    """The lines of a register, in the order of the file; nothing when it was never written.

    Never raises for what somebody wrote. Raises KeyError for an unknown name.
    """
    fichier = chemin(nom, dossier)
    try:
        texte = fichier.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Lecture()
    except UnicodeDecodeError:
        return _illisible("n’est pas en UTF-8 : l’enregistrer en « CSV UTF-8 »")
    except OSError:
        return _illisible("ne peut pas être ouvert : vérifier ses droits de lecture")
    if not texte:
        return Lecture()
    lues = texte.split("\n")
    entete, ancien = REGISTRES[nom].entete, REGISTRES[nom].entete_ancien
    if tuple(lues[0].rstrip("\r").split(";")) not in (entete, ancien):
        return _illisible(
            f"commence par la ligne « {lues[0].strip()[:80]} » ; attendu : « {';'.join(entete)} »"
        )
    referentiel = referentiel or charger(dossier_par_defaut())
    lignes, erreurs = [], []
    for numero, ligne in enumerate(lues[1:-1], start=2):
        if not ligne.strip(" ;\r") or ligne.startswith(COMMENTAIRE):
            continue
        try:
            lignes.append(Ligne(numero, _champs(nom, ligne.rstrip("\r"), referentiel)))
        except SaisieRefusee as refus:
            erreurs.append(Erreur(numero, str(refus)))
    if lues[-1].strip():
        # a process killed while it wrote, or an editor: « 12 » may be the beginning of « 125 »
        erreurs.append(
            Erreur(
                len(lues),
                "la dernière ligne ne finit pas par un retour à la ligne : elle est peut-être coupée. "
                "La compléter, ou l’effacer",
            )
        )
    return Lecture(tuple(lignes), tuple(erreurs))


def _illisible(constat: str) -> Lecture:
    return Lecture(erreurs=(Erreur(None, f"le registre {constat} ; aucune de ses lignes n’est lue"),))


def _champs(nom: str, ligne: str, referentiel: Referentiel) -> dict[str, str]:
    entete, ancien = REGISTRES[nom].entete, REGISTRES[nom].entete_ancien
    try:
        cellules = next(csv.reader([ligne], delimiter=";", strict=True))
    except csv.Error:
        raise SaisieRefusee("guillemets mal fermés") from None
    if len(cellules) == len(ancien):
        cellules += [""] * (len(entete) - len(ancien))
    if len(cellules) != len(entete):
        raise SaisieRefusee(f"{len(cellules)} colonnes lues, {len(entete)} attendues ({';'.join(entete)})")
    champs = {colonne: cellule.strip() for colonne, cellule in zip(entete, cellules, strict=True)}
    verifier(nom, champs, referentiel)
    return champs
