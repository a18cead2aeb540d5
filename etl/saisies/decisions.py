"""Declaring a stage of a fiche: what its line alone cannot say is checked against the warehouse."""

import datetime as dt
from pathlib import Path

from ctg.entrepot import Entrepot
from ctg.formats import accorder, date_longue, est_connu, nombre
from ctg.referentiel import Referentiel
from ctg.vie import LIBELLES
from etl.inventaire import dossier_saisies
from etl.saisies.ajout import ajouter
from etl.saisies.avals import copier
from etl.saisies.refus import SaisieRefusee

_ETAPES = "SELECT etape FROM publication.etape WHERE annee = $annee AND fiche_id = $fiche"
_CHIFFRES = "SELECT vu, change_le FROM interne.chiffres_vus WHERE annee = $annee AND objet = $objet"
_CONFIRMEES = """
    SELECT nb_structures, nb_confirmees FROM collecte.fiche_confirmee
    WHERE annee = $annee AND fiche_id = $fiche
"""


def declarer_etape(
    entrepot: Entrepot,
    referentiel: Referentiel,
    champs: dict[str, object],
    dossier: Path | None = None,
) -> dict[str, str]:
    """Append a line to etapes.csv (`champs` as in the register, without `le` nor `vu`); keep a copy at
    an aval.

    Raises SaisieRefusee: what the stage needs is not there; OSError.
    """
    dossier = dossier or dossier_saisies()
    annee, fiche_id = int(champs["annee"]), champs.get("fiche_id")
    le = dt.datetime.now().replace(microsecond=0)
    vu = ""
    if champs["acte"] == "atteinte":
        if fiche_id and champs["etape"] == "confirmee":
            _exiger_controlee(entrepot, annee, fiche_id)
            _exiger_les_structures(entrepot, annee, fiche_id, champs)
        vu = _chiffres_vus(entrepot, annee, fiche_id or champs["repondant_id"], champs.get("decide_le"), le)
    if fiche_id and champs["etape"] == "aval" and champs["acte"] != "retiree":
        # before the line: killed in between, a copy without its aval serves nobody and harms nobody
        le = copier(entrepot, annee, fiche_id, le, dossier)
    return ajouter("etapes", {**champs, "vu": vu, "le": le.isoformat()}, referentiel, dossier)


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


def _exiger_les_structures(entrepot: Entrepot, annee: int, fiche_id: str, champs: dict[str, object]) -> None:
    """« Confirmée par la structure » is said once they all did; before, with the reason not to wait."""
    for une in entrepot.executer(_CONFIRMEES, annee=annee, fiche=fiche_id).itertuples():
        manquent = int(une.nb_structures - une.nb_confirmees)
        if manquent and not str(champs.get("raison") or "").strip():
            raise SaisieRefusee(
                f"{nombre(manquent)} {accorder('structures', manquent)} sur {nombre(une.nb_structures)} "
                f"{'n’ont' if manquent > 1 else 'n’a'} pas confirmé les chiffres de {fiche_id} : enregistrer "
                "leur confirmation, ou dire en une phrase pourquoi la fiche est déclarée sans les attendre"
            )


def _chiffres_vus(entrepot: Entrepot, annee: int, objet: object, decide_le: object, le: dt.datetime) -> str:
    """The mark of the figures a stage is given on; refused when it was decided before they were there."""
    lus = entrepot.executer(_CHIFFRES, annee=annee, objet=objet)
    if lus.empty:
        return ""
    vu, change_le = lus["vu"].iat[0], lus["change_le"].iat[0]
    if decide_le and est_connu(change_le) and str(decide_le) < min(change_le, le).date().isoformat():
        raise SaisieRefusee(
            f"le dernier chiffre a été reçu ou corrigé le {date_longue(change_le)} : ce qui a été décidé "
            "avant n’en dit rien. Donner ce jour, ou un jour qui le suit"
        )
    return vu
