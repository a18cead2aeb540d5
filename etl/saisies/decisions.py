"""Declaring a stage of a fiche: what its line alone cannot say is checked against the warehouse."""

import datetime as dt
from pathlib import Path

from ctg.entrepot import Entrepot
from ctg.referentiel import Referentiel
from ctg.vie import LIBELLES
from etl.inventaire import dossier_saisies
from etl.saisies.ajout import ajouter
from etl.saisies.avals import copier
from etl.saisies.refus import SaisieRefusee

_ETAPES = "SELECT etape FROM publication.etape WHERE annee = $annee AND fiche_id = $fiche"


def declarer_etape(
    entrepot: Entrepot,
    referentiel: Referentiel,
    champs: dict[str, object],
    dossier: Path | None = None,
) -> dict[str, str]:
    """Append a line to etapes.csv (`champs` as in the register, without `le`); keep a copy at an aval.

    Raises SaisieRefusee: what the stage needs is not there; OSError.
    """
    dossier = dossier or dossier_saisies()
    annee, fiche_id = int(champs["annee"]), champs.get("fiche_id")
    le = dt.datetime.now().replace(microsecond=0)
    if fiche_id and champs["etape"] == "confirmee" and champs["acte"] == "atteinte":
        _exiger_controlee(entrepot, annee, fiche_id)
    if fiche_id and champs["etape"] == "aval" and champs["acte"] != "retiree":
        # before the line: killed in between, a copy without its aval serves nobody and harms nobody
        le = copier(entrepot, annee, fiche_id, le, dossier)
    return ajouter("etapes", {**champs, "le": le.isoformat()}, referentiel, dossier)


def _exiger_controlee(entrepot: Entrepot, annee: int, fiche_id: str) -> None:
    atteintes = set(entrepot.executer(_ETAPES, annee=annee, fiche=fiche_id)["etape"])
    if "controlee" in atteintes:
        return
    manque = (
        "des cellules de ses réponses sont refusées : les faire corriger, ou les corriger ici"
        if "recue" in atteintes
        else "aucune réponse n’a été reçue"
    )
    raise SaisieRefusee(f"{fiche_id}, campagne {annee}, n’est pas « {LIBELLES['controlee']} » : {manque}")
