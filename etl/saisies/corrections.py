"""A figure corrected by hand: which cell, what it held, what it holds now (register valeurs.csv)."""

from typing import NamedTuple

from ctg.formats import nombre, pourcentage
from ctg.referentiel import Referentiel
from etl.canevas.grammaire import SANS_OBJET
from etl.canevas.phrases.messages import ATTENDU
from etl.canevas.plan import Ligne, lignes, plan_fiche, plan_structure
from etl.canevas.reponse.nombres import Nature
from etl.canevas.reponse.petits_nombres import NonMontre, a_montrer, remarque_petite
from etl.canevas.reponse.textes_libres import motifs_a_relire
from etl.canevas.reponse.valeurs import MANQUANT, Valeur, decimales, lire_valeur, texte_de
from etl.saisies.refus import SaisieRefusee

REFUSEE = "[refusée]"  # what a cell held, when no value of it was kept
RECUE = "[reçue]"  # written as a new value: back to what was received, whatever it is
RECUE_DITE = "valeur reçue"  # how it is shown


class Correction(NamedTuple):
    """The two contents of a corrected cell, as the warehouse holds them, and the row it stands in.

    `retour`: the new one is what was received, and `nouvelle` says nothing.
    """

    ligne: Ligne
    nature: Nature
    ancienne: Valeur
    nouvelle: Valeur
    retour: bool


def verifier_valeur(champs: dict[str, str], referentiel: Referentiel) -> Correction:
    """Read the two values of a line of the register. Raises SaisieRefusee: no such cell, not a value.

    The new value is read by the same table of cases as a form (etl/canevas/reponse/nombres.py); blank takes
    the figure away.
    """
    ligne = ligne_demandee(referentiel, champs["repondant_id"], int(champs["annee"]), champs["cle"])
    nature = nature_de(ligne, champs["code"])
    retour = champs["nouvelle"] == RECUE
    seuil = referentiel.parametres.confidentialite.seuil_personnes
    nouvelle = MANQUANT if retour else _lire("la nouvelle valeur", champs["nouvelle"], ligne, nature, seuil)
    ancienne = (
        Valeur(None, None, "refuse")
        if champs["ancienne"] == REFUSEE
        else _lire("l’ancienne valeur", champs["ancienne"], ligne, nature, seuil)
    )
    return Correction(ligne, nature, ancienne, nouvelle, retour)


def _lire(quoi: str, ecrite: str, ligne: Ligne, nature: Nature, seuil: int) -> Valeur:
    """A value of the register. Raises SaisieRefusee: its sentence is shown, and quotes no small count."""
    lue = lire_valeur(ecrite, nature)
    if lue.etat != "refuse":
        return lue
    montree = a_montrer(ecrite, seuil) if ligne.confidentielle else ecrite
    dite = montree.mention if isinstance(montree, NonMontre) else f"« {ecrite} »"
    raise SaisieRefusee(f"{quoi} {dite} n’est pas {ATTENDU[nature]}")


def remarque_gardee(correction: Correction, seuil: int) -> str | None:
    """The words beside the new number, as a form keeps them: not those that may tell a small count, or name
    somebody."""
    lue = correction.nouvelle
    if lue.remarque is None or motifs_a_relire(lue.remarque):
        return None
    if correction.ligne.confidentielle and remarque_petite(lue.remarque, lue.valeur, seuil):
        return None
    return lue.remarque


def ligne_demandee(referentiel: Referentiel, repondant_id: str, annee: int, cle: str) -> Ligne:
    """The row of the form of a respondent. Raises SaisieRefusee when it is not asked for it that year."""
    ligne = lignes_demandees(referentiel, repondant_id, annee).get(cle)
    if ligne is None:
        raise SaisieRefusee(f"« {cle} » n’est pas demandée à {repondant_id} en {annee}")
    return ligne


def lignes_demandees(referentiel: Referentiel, repondant_id: str, annee: int) -> dict[str, Ligne]:
    """Every row of the form of a respondent by its key; none for a structure that was closed all the year."""
    if repondant_id in referentiel.fiches:
        return lignes(plan_fiche(referentiel, repondant_id, annee))
    structure = referentiel.structures[repondant_id]
    if not structure.ouverte_en(annee):
        return {}
    return lignes(plan_structure(referentiel, structure, annee))


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
    if lue.valeur is None:
        return ecrite or "—"
    if ligne.confidentielle and isinstance(montre := a_montrer(ecrite, seuil, lue.valeur), NonMontre):
        return montre.mention
    ecrire = pourcentage if nature is Nature.POURCENTAGE else nombre
    # with all its decimals: what is typed is shown as it is
    return ("environ " if lue.estime else "") + ecrire(lue.valeur, decimales(lue.valeur))
