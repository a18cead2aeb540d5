"""The stages of a value that people declare, by campaign and fiche: what may follow what.

Received and controlled come by themselves; then confirmed by the structures, validated by the référent, aval
of the Caf « avant diffusion » (001:1700-1701), diffused. A stage never skips the one before it, and
withdrawing one withdraws those that came after.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from ctg.referentiel import Referentiel
from ctg.referentiel.vocabulaire import ETAPES_DECIDEES as ETAPES
from ctg.vie import LIBELLES
from etl.saisies.refus import SaisieRefusee

# a change admitted after the aval is no stage: it says why the values differ, and leaves the aval standing
ACTES = ("atteinte", "retiree", "changement")


@dataclass(frozen=True, slots=True)
class Declaration:
    """A line of etapes.csv, read: about a fiche, or about one structure's confirmation (`fiche_id` None)."""

    numero: int
    le: dt.datetime
    fonction: str
    raison: str
    annee: int
    fiche_id: str | None
    repondant_id: str | None
    etape: str
    acte: str


@dataclass(slots=True)
class Deroulement:
    """What the declarations leave standing, in the order they were made.

    `etapes`: {(annee, fiche_id): {etape: declaration}}; `confirmations`: {(annee, repondant_id):
    declaration}; `changements`: {(annee, fiche_id): those admitted since the aval that stands};
    `retraits`: {(annee, fiche_id): (the last aval, what withdrew it)} until another aval; `refus`: (line,
    sentence).
    """

    etapes: dict[tuple[int, str], dict[str, Declaration]] = field(default_factory=dict)
    confirmations: dict[tuple[int, str], Declaration] = field(default_factory=dict)
    changements: dict[tuple[int, str], list[Declaration]] = field(default_factory=dict)
    retraits: dict[tuple[int, str], tuple[Declaration, Declaration]] = field(default_factory=dict)
    refus: list[tuple[int, str]] = field(default_factory=list)


def verifier_etape(champs: dict[str, str], referentiel: Referentiel) -> None:
    """Check the cells of a line together: about one thing, by a function that may declare it."""
    fiche_id, repondant_id, etape, acte = (champs[n] for n in ("fiche_id", "repondant_id", "etape", "acte"))
    if bool(fiche_id) == bool(repondant_id):
        raise SaisieRefusee("remplir fiche_id, ou bien repondant_id, et un seul des deux")
    if repondant_id and (etape != "confirmee" or acte == "changement"):
        raise SaisieRefusee("une structure ne fait que confirmer : etape confirmee, acte atteinte ou retiree")
    if acte == "changement" and etape != "aval":
        raise SaisieRefusee("un changement s’admet après l’aval : etape aval")
    if acte == "retiree":
        return  # whoever answers for the collection may withdraw, with a reason
    fonction = referentiel.fonctions[champs["fonction"]]
    if etape not in fonction.etapes:
        permises = [f.libelle for f in referentiel.fonctions.values() if etape in f.etapes]
        # the aval then holds for figures it never saw: it is given again, by who gives it (001:1700-1701)
        acte_dit = (
            "un changement après l’aval ne s’admet"
            if acte == "changement"
            else f"« {LIBELLES[etape]} » ne se déclare"
        )
        raise SaisieRefusee(f"{acte_dit} pas par {fonction.libelle}, mais par : {', '.join(permises)}")
    if fiche_id and fonction.axe_id and referentiel.fiches[fiche_id].axe_id != fonction.axe_id:
        raise SaisieRefusee(f"{fonction.libelle} ne valide que les fiches de l’axe {fonction.axe_id}")


def instant(le: str) -> dt.datetime:
    """The date of a line, without time zone. Raises ValueError."""
    return dt.datetime.fromisoformat(le).replace(tzinfo=None)


def declaration(numero: int, champs: dict[str, str]) -> Declaration:
    """A line of the register that was checked."""
    return Declaration(
        numero,
        instant(champs["le"]),
        champs["fonction"],
        champs["raison"],
        int(champs["annee"]),
        champs["fiche_id"] or None,
        champs["repondant_id"] or None,
        champs["etape"],
        champs["acte"],
    )


def derouler(declarations: Iterable[Declaration]) -> Deroulement:
    """Apply the declarations one after the other, by date then by line; those that cannot be are refused."""
    resultat = Deroulement()
    for une in sorted(declarations, key=lambda d: (d.le, d.numero)):
        try:
            if une.fiche_id is None:
                _confirmer(resultat, une)
            else:
                _avancer(resultat, une)
        except SaisieRefusee as refus:
            resultat.refus.append((une.numero, str(refus)))
    return resultat


def _confirmer(resultat: Deroulement, une: Declaration) -> None:
    cle = (une.annee, une.repondant_id)
    if une.acte == "atteinte":
        resultat.confirmations.setdefault(cle, une)
    elif resultat.confirmations.pop(cle, None) is None:
        raise SaisieRefusee(f"{une.repondant_id} n’avait pas confirmé {une.annee} : rien à retirer")


def _avancer(resultat: Deroulement, une: Declaration) -> None:
    cle = (une.annee, une.fiche_id)
    atteintes = resultat.etapes.setdefault(cle, {})
    rang, nom = ETAPES.index(une.etape), f"{une.fiche_id}, campagne {une.annee}"
    if une.acte == "atteinte":
        if une.etape in atteintes:
            raise SaisieRefusee(f"{nom} est déjà « {LIBELLES[une.etape]} » : rien à ajouter")
        if rang and ETAPES[rang - 1] not in atteintes:
            raise SaisieRefusee(
                f"{nom} ne peut pas être « {LIBELLES[une.etape]} » avant d’être "
                f"« {LIBELLES[ETAPES[rang - 1]]} » : déclarer d’abord cette étape"
            )
        atteintes[une.etape] = une
        if une.etape == "aval":
            resultat.retraits.pop(cle, None)
        return
    if une.etape not in atteintes:
        raise SaisieRefusee(f"{nom} n’est pas « {LIBELLES[une.etape]} » : rien à retirer ni à changer")
    if une.acte == "changement":
        resultat.changements.setdefault(cle, []).append(une)
        return
    retirees = {etape: atteintes.pop(etape) for etape in ETAPES[rang:] if etape in atteintes}
    if "aval" in retirees:
        resultat.retraits[cle] = retirees["aval"], une
        resultat.changements.pop(cle, None)
