"""Writes a whole fictional campaign: filled forms and their receptions, whole or nothing."""

import csv
import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from ctg.referentiel import Referentiel
from etl.canevas.redaction.ecriture import ecrire
from etl.demo.accidents import Accident, abimer, absentes, accidents, premier_envoi, premiere_version, recu_le
from etl.demo.accidents import rempli_le as date_de_saisie
from etl.demo.echelles import COPIES, DOSSIER_REFERENTIEL, agrandir, original
from etl.demo.fiches import repondre_fiche
from etl.demo.indicateurs import Reponses
from etl.demo.rappels import rappels
from etl.demo.reponses import repondre_structure
from etl.demo.scenarios import SCENARIOS, Scenario

FICHE_SIGNALETIQUE = "campagne_fictive.yml"  # what marks a folder as ours, and may then be replaced
_RECEPTIONS = "receptions.csv"
_PREMIERS_ENVOIS = "premiers_envois"


class DemoImpossible(Exception):  # noqa: N818 — the domain speaks French
    """Nothing was written; the message says why, in French."""


@dataclass(frozen=True, slots=True)
class Bilan:
    """What was written. `reponses`: filled cells; `fichiers`: workbooks, first versions included."""

    scenario: str
    echelle: str
    annees: tuple[int, ...]
    fichiers: int
    formulaires_structure: int
    formulaires_fiche: int
    reponses: int
    accidents: tuple[Accident, ...]


@dataclass(frozen=True, slots=True)
class _Reception:
    fichier: str
    sha256: str
    recu_le: dt.date
    expediteur: str


def generer(
    referentiel: Referentiel,
    dossier: Path,
    *,
    scenario: str = "regime-etabli",
    echelle: str = "ville",
) -> Bilan:
    """Write the campaign of a scenario into `dossier`, in place of the one that stands there.

    `dossier` then holds a folder of workbooks by year, receptions.csv and a description; the same referential
    gives the same bytes. Beyond the city it also holds the enlarged referential to load them with, in
    `.referentiel`. Raises DemoImpossible for an unknown scenario or scale, a year the referential has no
    campaign for, or a folder that holds anything else.
    """
    choisi = _scenario(referentiel, scenario)
    if echelle not in COPIES:
        raise DemoImpossible(f"Échelle inconnue : « {echelle} ». Choisir parmi : {', '.join(COPIES)}.")
    with _a_la_place_de(dossier) as atelier:
        if COPIES[echelle] > 1:
            referentiel = agrandir(atelier / DOSSIER_REFERENTIEL, COPIES[echelle])
        return _ecrire_campagnes(referentiel, choisi, echelle, atelier)


def _scenario(referentiel: Referentiel, nom: str) -> Scenario:
    if nom not in SCENARIOS:
        raise DemoImpossible(f"Scénario inconnu : « {nom} ». Choisir parmi : {', '.join(SCENARIOS)}.")
    choisi = SCENARIOS[nom]
    connues = {campagne.annee for campagne in referentiel.parametres.campagnes}
    if absents := sorted(set(choisi.annees) - connues):
        raise DemoImpossible(f"La convention n’a pas de campagne pour {', '.join(map(str, absents))}.")
    return choisi


@contextmanager
def _a_la_place_de(dossier: Path) -> Iterator[Path]:
    """A new folder that takes the place of `dossier` when all went well, and leaves no trace otherwise."""
    if dossier.exists() and any(dossier.iterdir()) and not (dossier / FICHE_SIGNALETIQUE).is_file():
        raise DemoImpossible(
            f"Le dossier {dossier} contient autre chose qu’une campagne fictive : il n’est pas remplacé."
        )
    dossier.parent.mkdir(parents=True, exist_ok=True)
    atelier = dossier.with_name(f".{dossier.name}.{os.getpid()}")
    ancien = dossier.with_name(f".{dossier.name}.{os.getpid()}.ancien")
    atelier.mkdir()
    try:
        yield atelier
        if dossier.exists():
            dossier.rename(ancien)
        atelier.rename(dossier)
    finally:
        shutil.rmtree(atelier, ignore_errors=True)
        shutil.rmtree(ancien, ignore_errors=True)


def _ecrire_campagnes(
    referentiel: Referentiel,
    scenario: Scenario,
    echelle: str,
    dossier: Path,
) -> Bilan:
    echeances = {campagne.annee: campagne.echeance for campagne in referentiel.parametres.campagnes}
    receptions: list[_Reception] = []
    declarees: dict[str, Reponses] = {}
    structures = fiches = reponses = 0
    for annee in scenario.annees:
        campagne = _Campagne(
            referentiel, scenario, annee, echeances[annee], dossier, rappels(referentiel, declarees)
        )
        declarees = campagne.repondre()
        receptions += campagne.envoyer(declarees)
        structures += len(declarees.keys() & referentiel.structures.keys())
        fiches += len(declarees.keys() & referentiel.fiches.keys())
        reponses += sum(map(len, declarees.values()))
    _ecrire_receptions(dossier / _RECEPTIONS, receptions)
    bilan = Bilan(
        scenario.nom,
        echelle,
        scenario.annees,
        fichiers=len(receptions),
        formulaires_structure=structures,
        formulaires_fiche=fiches,
        reponses=reponses,
        accidents=accidents(scenario.nom),
    )
    resume = asdict(bilan) | {"annees": list(bilan.annees), "accidents": [a.recit for a in bilan.accidents]}
    (dossier / FICHE_SIGNALETIQUE).write_text(yaml.safe_dump(resume, allow_unicode=True), encoding="utf-8")
    return bilan


@dataclass(frozen=True, slots=True)
class _Campagne:
    """One year: who answers what, and when their workbooks are received."""

    referentiel: Referentiel
    scenario: Scenario
    annee: int
    echeance: dt.date
    dossier: Path
    precedents: dict[tuple[str, str], object]

    def repondre(self) -> dict[str, Reponses]:
        """{structure or fiche: its answers}, those that send nothing left out."""
        silencieuses = absentes(self.scenario.nom, self.annee)
        declarees: dict[str, Reponses] = {}
        for structure in self.referentiel.structures.values():
            structure_id, expediteurs = structure.structure_id, self.scenario.expediteurs
            ecarte = expediteurs is not None and original(structure.expediteur_id) not in expediteurs
            if structure_id in silencieuses or ecarte or not structure.ouverte_en(self.annee):
                continue
            reponses = repondre_structure(self.referentiel, structure, self.annee, self.scenario)
            declarees[structure_id] = abimer(reponses, self.scenario.nom, self.annee, structure_id)
        for fiche in self.referentiel.fiches.values():
            declarees[fiche.fiche_id] = repondre_fiche(self.referentiel, fiche, self.annee, self.scenario)
        return declarees

    def envoyer(self, declarees: dict[str, Reponses]) -> list[_Reception]:
        """Write the workbooks of every sender, and the first version of those sent twice."""
        receptions = []
        for qui, repondants in self._envois(declarees).items():
            recu = recu_le(self.scenario.nom, self.annee, qui, self.echeance)
            siennes = {repondant_id: declarees[repondant_id] for repondant_id in repondants}
            if premier := premier_envoi(self.scenario.nom, self.annee, qui, recu):
                fautives = {
                    r: premiere_version(reponses, self.scenario.nom, self.annee, r)
                    for r, reponses in siennes.items()
                }
                receptions.append(self._ecrire(fautives, qui, premier, Path(_PREMIERS_ENVOIS)))
            receptions.append(self._ecrire(siennes, qui, recu, Path()))
        return receptions

    def _envois(self, declarees: dict[str, Reponses]) -> dict[str, list[str]]:
        envois: dict[str, list[str]] = {}
        for repondant_id in declarees:
            structure = self.referentiel.structures.get(repondant_id)
            envois.setdefault(structure.expediteur_id if structure else repondant_id, []).append(repondant_id)
        return envois

    def _ecrire(self, reponses: dict[str, Reponses], qui: str, recu: dt.date, sous: Path) -> _Reception:
        """Write the one workbook of a sender (or of a fiche), as received on `recu`."""
        chemins = ecrire(
            self.referentiel,
            self.annee,
            self.dossier / str(self.annee) / sous,
            precedents=self.precedents,
            fictif=True,
            reponses=reponses,
            rempli_le=date_de_saisie(recu, qui),
        )
        (chemin,) = chemins
        fiche = self.referentiel.fiches.get(qui)
        return _Reception(
            chemin.relative_to(self.dossier).as_posix(),
            hashlib.sha256(chemin.read_bytes()).hexdigest(),
            recu,
            fiche.referent_id if fiche else qui,
        )


def _ecrire_receptions(chemin: Path, receptions: list[_Reception]) -> None:
    with chemin.open("w", encoding="utf-8", newline="") as fichier:
        sortie = csv.writer(fichier, delimiter=";", lineterminator="\n")
        sortie.writerow(("fichier", "sha256", "recu_le", "expediteur"))
        sortie.writerows((r.fichier, r.sha256, r.recu_le.isoformat(), r.expediteur) for r in receptions)
