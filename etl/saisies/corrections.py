"""A figure corrected by hand: which cell, what it held, what it holds now (register valeurs.csv)."""

from typing import NamedTuple

from ctg.referentiel import Referentiel
from etl.canevas.grammaire import SANS_OBJET
from etl.canevas.messages import ATTENDU, citer
from etl.canevas.nombres import Nature
from etl.canevas.petits_nombres import a_montrer
from etl.canevas.plan import Ligne, lignes, plan_fiche, plan_structure
from etl.canevas.valeurs import Valeur, lire_valeur, texte_de
from etl.saisies.refus import SaisieRefusee

REFUSEE = "[refusée]"  # what a cell held, when no value of it was kept


class Correction(NamedTuple):
    """The two contents of a corrected cell, as the warehouse holds them, and the row it stands in."""

    ligne: Ligne
    nature: Nature
    ancienne: Valeur
    nouvelle: Valeur


def verifier_valeur(champs: dict[str, str], referentiel: Referentiel) -> Correction:
    """Read the two values of a line of the register. Raises SaisieRefusee: no such cell, not a value.

    The new value is read by the same table of cases as a form (etl/canevas/nombres.py); blank takes the
    figure away.
    """
    ligne = ligne_demandee(referentiel, champs["repondant_id"], int(champs["annee"]), champs["cle"])
    nature = nature_de(ligne, champs["code"])
    nouvelle = lire_valeur(champs["nouvelle"], nature)
    if nouvelle.etat == "refuse":
        raise SaisieRefusee(f"la nouvelle valeur « {champs['nouvelle']} » n’est pas {ATTENDU[nature]}")
    ancienne = (
        Valeur(None, None, "refuse")
        if champs["ancienne"] == REFUSEE
        else lire_valeur(champs["ancienne"], nature)
    )
    if ancienne.etat == "refuse" and champs["ancienne"] != REFUSEE:
        raise SaisieRefusee(f"l’ancienne valeur « {champs['ancienne']} » n’est pas {ATTENDU[nature]}")
    return Correction(ligne, nature, ancienne, nouvelle)


def ligne_demandee(referentiel: Referentiel, repondant_id: str, annee: int, cle: str) -> Ligne:
    """The row of the form of a respondent. Raises SaisieRefusee when it is not asked for it that year."""
    if repondant_id in referentiel.fiches:
        plan = plan_fiche(referentiel, repondant_id, annee)
    else:
        plan = plan_structure(referentiel, referentiel.structures[repondant_id], annee)
    ligne = lignes(plan).get(cle)
    if ligne is None:
        raise SaisieRefusee(f"« {cle} » n’est pas demandée à {repondant_id} en {annee}")
    return ligne


def nature_de(ligne: Ligne, code: str) -> Nature:
    """What the cell `code` of a row expects. Raises SaisieRefusee: no such cell, or free words."""
    if code not in ligne.codes:
        raise SaisieRefusee(f"« {ligne.nom} » n’a pas de case « {code} », mais : {', '.join(ligne.codes)}")
    nature = ligne.natures[ligne.codes.index(code)]
    if nature is Nature.TEXTE:
        raise SaisieRefusee("un texte se corrige dans le formulaire de la structure, pas ici")
    return nature


def ecrire_valeur(nature: Nature, etat: str, valeur: float | None, texte: str | None) -> str:
    """The content of a cell of the warehouse as the register writes it; `verifier_valeur` reads it back."""
    if etat == "sans_objet":
        return SANS_OBJET
    if etat == "refuse":
        return REFUSEE
    if valeur is not None:
        return f"{texte_de(valeur)} %" if nature is Nature.POURCENTAGE else texte_de(valeur)
    return texte or ""


def montrer(ligne: Ligne, nature: Nature, lue: Valeur, seuil: int) -> str:
    """What may be shown of a value: a count of people under `seuil` is not quoted, nothing is a dash."""
    ecrite = ecrire_valeur(nature, lue.etat, lue.valeur, lue.texte)
    if ligne.confidentielle and lue.valeur is not None:
        return citer(a_montrer(ecrite, seuil, lue.valeur))
    return ("environ " if lue.estime else "") + (ecrite or "—")
