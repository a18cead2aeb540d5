"""Anomalies that a person accepted with a reason: `data/saisies/corrections.yml` (docs/controles.md).

An entry names a rule, a place and what was read there. Accepted, the anomaly stays visible and no longer
counts; when it is gone, or what was read has changed, the entry itself is an anomaly to withdraw, by another
entry: nothing is ever erased here.
"""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import yaml
from filelock import FileLock

from ctg.referentiel import Referentiel
from ctg.referentiel.renvois import ChargeurSansRenvoi
from etl.anomalie import Anomalie
from etl.canevas.reponse.textes_libres import motifs_d_une_raison
from etl.inventaire import dossier_saisies
from etl.saisies import ecriture
from etl.saisies.refus import SaisieRefusee

FICHIER = "corrections.yml"
NOM = f"saisies/{FICHIER}"
ACCEPTER, RETIRER = "accepter", "retirer"
_VERROU = ".verrou"  # the one of the registers: one writer at a time in data/saisies
_OUI_NON = {True: "oui", False: "non"}

_TEXTES = (
    *("regle", "fichier", "feuille", "cellule", "repondant_id", "cle", "code", "attendu", "raison"),
    "fonction",
)
_MAXIMUM = 2**31 - 1  # what a column of the warehouse holds
_TAILLE_MAXIMALE = 2**21  # some 6 000 acceptances, read in seconds; beyond, no person wrote it
_LIEU = ("fichier", "feuille", "cellule", "repondant_id", "annee", "cle", "code")
_TOUJOURS = ("action", "raison", "fonction", "le", "fictif")
_DUS = {ACCEPTER: ("regle", "attendu", *_TOUJOURS), RETIRER: ("entree", *_TOUJOURS)}
_CHAMPS = {ACCEPTER: {*_DUS[ACCEPTER], *_LIEU}, RETIRER: {*_DUS[RETIRER]}}


def lire(
    referentiel: Referentiel, fictif: bool, dossier: Path | None = None
) -> tuple[list[dict], list[tuple[str, Anomalie]]]:
    """Rows of `interne.acceptation` and, by file, what could not be read.

    Entries on the other kind of campaign than `fictif` are left out. Never raises for what was written.
    """
    try:
        entrees = _entrees((dossier or dossier_saisies()) / FICHIER)
    except SaisieRefusee as refus:
        return [], [_anomalie(None, f"{refus}.")]
    lignes: dict[int, dict] = {}
    anomalies = []
    for rang, entree in enumerate(entrees, start=1):
        try:
            champs = _verifier(entree, referentiel)
            if champs.pop("fictif") != _OUI_NON[fictif]:
                continue
            if champs.pop("action") == RETIRER:
                _retirer(champs["entree"], lignes)
            else:
                lignes[rang] = {"entree": rang, **dict.fromkeys(_LIEU), **champs}
        except SaisieRefusee as refus:
            anomalies.append(_anomalie(rang, f"Entrée {rang} non appliquée : {refus}."))
    return list(lignes.values()), anomalies


def _retirer(rang: int, lignes: dict[int, dict]) -> None:
    if lignes.pop(rang, None) is None:
        raise SaisieRefusee(f"elle retire l’entrée {rang}, qui n’est pas une acceptation en cours avant elle")


def retirer(
    rang: int, fonction: str, raison: str, fictif: str, referentiel: Referentiel, dossier: Path | None = None
) -> None:
    """Append the entry that withdraws the acceptance `rang`; raises as `accepter`."""
    champs = {"entree": rang, "fonction": fonction, "raison": raison, "fictif": fictif}
    _ajouter(champs, RETIRER, referentiel, dossier)


def accepter(champs: Mapping[str, object], referentiel: Referentiel, dossier: Path | None = None) -> None:
    """Append an acceptance; `le` is now. Raises SaisieRefusee (nothing written), OSError."""
    _ajouter(champs, ACCEPTER, referentiel, dossier)


def _ajouter(
    champs: Mapping[str, object], action: str, referentiel: Referentiel, dossier: Path | None
) -> None:
    maintenant = dt.datetime.now().replace(microsecond=0)
    entree = {nom: valeur for nom, valeur in champs.items() if valeur is not None}
    entree |= {"action": action, "le": maintenant}
    entree["raison"] = " ".join(str(entree.get("raison") or "").split())
    _verifier(entree, referentiel)
    bloc = yaml.safe_dump([entree], allow_unicode=True, sort_keys=False, width=1000)
    dossier = dossier or dossier_saisies()
    ecriture.preparer(dossier)
    with FileLock(dossier / _VERROU):
        fichier = dossier / FICHIER
        _entrees(fichier)  # never append to what could not be read back
        ecriture.ajouter(fichier, bloc.encode("utf-8"))


def _entrees(fichier: Path) -> list[object]:
    try:
        octets = fichier.read_bytes()
        if len(octets) > _TAILLE_MAXIMALE:
            raise SaisieRefusee(
                f"{NOM} pèse plus de 2 Mo : aucune de ses entrées n’est appliquée. L’alléger."
            )
        contenu = yaml.load(octets.decode("utf-8-sig"), ChargeurSansRenvoi)
    except FileNotFoundError:
        return []
    except OSError:
        raise SaisieRefusee(f"{NOM} ne peut pas être ouvert : vérifier ses droits de lecture") from None
    except (UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError) as erreur:
        ou = getattr(erreur, "problem_mark", None)
        ligne = f" à la ligne {ou.line + 1}" if ou else ""
        raise SaisieRefusee(
            f"{NOM} ne se lit pas{ligne} : aucune de ses entrées n’est appliquée. Le corriger, ou retirer la "
            "dernière entrée si elle est coupée"
        ) from None
    if contenu is None:
        return []
    if not isinstance(contenu, list):
        raise SaisieRefusee(f"{NOM} doit être une liste d’entrées, qui commencent chacune par un tiret")
    if octets[-1:] != b"\n":
        raise SaisieRefusee(
            f"La dernière ligne de {NOM} ne finit pas par un retour à la ligne : elle est peut-être coupée. "
            "La compléter, ou retirer la dernière entrée"
        )
    return contenu


def _verifier(entree: object, referentiel: Referentiel) -> dict:
    """The entry, its fields checked. Raises SaisieRefusee."""
    if not isinstance(entree, dict):
        raise SaisieRefusee("une entrée s’écrit « champ: valeur »")
    if any(isinstance(lu, int) and abs(lu) > _MAXIMUM for lu in entree.values()):
        raise SaisieRefusee("un de ses nombres est trop grand pour être vrai")
    action = entree.get("action")
    if not isinstance(action, str) or action not in _CHAMPS:
        raise SaisieRefusee(f"action « {action} » : attendu {' ou '.join(_CHAMPS)}")
    if inconnus := sorted(map(str, set(entree) - _CHAMPS[action])):
        raise SaisieRefusee(f"champ inconnu : {', '.join(inconnus)}")
    if absents := [nom for nom in _DUS[action] if entree.get(nom) in (None, "")]:
        raise SaisieRefusee(f"il manque : {', '.join(absents)}")
    for nom in _TEXTES:
        if not isinstance(entree.get(nom, ""), str):
            raise SaisieRefusee(f"« {nom} » : attendu un texte (entre guillemets s’il ressemble à un nombre)")
    for nom, exemple in (("annee", 2025), ("entree", 3)):
        lu = entree.get(nom, 0)
        if not isinstance(lu, int) or isinstance(lu, bool) or lu < 0:
            raise SaisieRefusee(
                f"« {nom} » vaut « {entree[nom]} » : attendu un nombre, par exemple {exemple}"
            )
    if action == ACCEPTER and "fichier" not in entree and not {"repondant_id", "annee"} <= set(entree):
        raise SaisieRefusee("on ne sait pas où : il faut « fichier », ou « repondant_id » et « annee »")
    if not isinstance(entree["le"], dt.datetime):
        raise SaisieRefusee(f"date « {entree['le']} » : attendu 2026-11-21T09:30:00")
    if entree["fonction"] not in referentiel.fonctions:
        raise SaisieRefusee(
            f"fonction « {entree['fonction']} » inconnue ; attendu : {', '.join(referentiel.fonctions)}"
        )
    if entree["fictif"] not in _OUI_NON.values():
        raise SaisieRefusee(f"fictif « {entree['fictif']} » : attendu oui ou non, entre guillemets")
    if motifs := motifs_d_une_raison(entree["raison"]):
        raise SaisieRefusee(f"la raison contient peut-être {' et '.join(motifs)} : elle s’affiche à l’écran")
    return dict(entree)


def _anomalie(rang: int | None, message: str) -> tuple[str, Anomalie]:
    cellule = f"entrée {rang}" if rang else None
    return NOM, Anomalie(None, cellule, "bloquant", "saisie_illisible", message)
