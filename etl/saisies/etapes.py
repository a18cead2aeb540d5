"""The stages of a value that people declare, by campaign and fiche: what may follow what.

Received and controlled come by themselves; then confirmed by the structures, validated by the référent, aval
of the Caf « avant diffusion » (001:1700-1701), diffused. A stage never skips the one before it, and
withdrawing one withdraws those that came after. An approval covers the figures it was given on: its line
bears their mark, and the same stage may be declared again once they have changed.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from ctg.formats import date_longue
from ctg.referentiel import Referentiel
from ctg.referentiel.vocabulaire import ETAPES_DECIDEES as ETAPES
from ctg.vie import LIBELLES
from etl.saisies.refus import SaisieRefusee

# what is declared again for other figures; an aval is withdrawn, or a change admitted
_RENOUVELABLES = ("confirmee", "validee")
# a change admitted after the aval is no stage: it says why the values differ, and leaves the aval standing
ACTES = ("atteinte", "retiree", "changement")


@dataclass(frozen=True, slots=True)
class Declaration:
    """A line of etapes.csv, read: about a fiche, or about one structure's confirmation (`fiche_id` None).

    `decide_le`: the day it was decided, when it was not the day it was written; `vu`: the mark of the figures
    it was given on (`interne.chiffres_vus`), blank in a line written by hand.
    """

    numero: int
    le: dt.datetime
    fonction: str
    raison: str
    annee: int
    fiche_id: str | None
    repondant_id: str | None
    etape: str
    acte: str
    decide_le: dt.date | None = None
    vu: str = ""

    @property
    def jour(self) -> dt.date:
        """The day it was decided."""
        return self.decide_le or self.le.date()

    @property
    def atteinte_le(self) -> dt.datetime:
        """When it was decided: the moment it was written, else the day that was given."""
        return self.le if self.jour == self.le.date() else dt.datetime.combine(self.jour, dt.time())

    def couvre_autre_chose(self, autre: "Declaration") -> bool:
        """Whether both say which figures they were given on, and these differ."""
        return bool(self.vu and autre.vu) and self.vu != autre.vu


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
    _verifier_le_jour(champs)
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


def _verifier_le_jour(champs: dict[str, str]) -> None:
    """The day of the decision: that of a stage, and not after the day it was written."""
    if not champs["decide_le"]:
        return
    if champs["acte"] != "atteinte":
        raise SaisieRefusee("le jour de la décision ne se dit que d’une étape déclarée (acte atteinte)")
    decide_le, le = dt.date.fromisoformat(champs["decide_le"]), instant(champs["le"]).date()
    if decide_le > le:
        raise SaisieRefusee(
            f"le {date_longue(decide_le)} est à venir : donner le jour où la décision a été prise, "
            f"au plus tard le {date_longue(le)}"
        )


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
        dt.date.fromisoformat(champs["decide_le"]) if champs["decide_le"] else None,
        champs["vu"],
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
        deja = resultat.confirmations.get(cle)
        if deja is None or _renouvelle(deja, une):
            resultat.confirmations[cle] = une
    elif resultat.confirmations.pop(cle, None) is None:
        raise SaisieRefusee(f"{une.repondant_id} n’avait pas confirmé {une.annee} : rien à retirer")


def _renouvelle(deja: Declaration, une: Declaration) -> bool:
    """Whether a stage is declared again for other figures: those of a line without a mark are not known."""
    return bool(une.vu) and une.vu != deja.vu


def _suivre(nom: str, avant: Declaration | None, une: Declaration) -> None:
    """Refuse a stage without the one before it, given on the same figures, no later than it."""
    etape = LIBELLES[une.etape]
    if avant is None:
        precedente = LIBELLES[ETAPES[ETAPES.index(une.etape) - 1]]
        raise SaisieRefusee(
            f"{nom} ne peut pas être « {etape} » avant d’être « {precedente} » : déclarer d’abord cette étape"
        )
    # after the aval, a change shows with its reason and takes nothing back
    if avant.etape in _RENOUVELABLES and avant.couvre_autre_chose(une):
        raise SaisieRefusee(
            f"les chiffres de {nom} ont changé depuis qu’elle est « {LIBELLES[avant.etape]} » : déclarer "
            "de nouveau cette étape d’abord"
        )
    if une.jour < avant.jour:
        raise SaisieRefusee(
            f"{nom} est « {LIBELLES[avant.etape]} » depuis le {date_longue(avant.jour)} : elle ne peut pas "
            f"être « {etape} » dès le {date_longue(une.jour)}. Corriger ce jour, ou retirer l’étape d’avant "
            "et la déclarer à son jour"
        )


def _avancer(resultat: Deroulement, une: Declaration) -> None:
    cle = (une.annee, une.fiche_id)
    atteintes = resultat.etapes.setdefault(cle, {})
    rang, nom = ETAPES.index(une.etape), f"{une.fiche_id}, campagne {une.annee}"
    if une.acte == "atteinte":
        deja = atteintes.get(une.etape)
        if deja and not (une.etape in _RENOUVELABLES and _renouvelle(deja, une)):
            raise SaisieRefusee(f"{nom} est déjà « {LIBELLES[une.etape]} » : rien à ajouter")
        if rang:
            _suivre(nom, atteintes.get(ETAPES[rang - 1]), une)
        # a stage declared again comes after those that it did not withdraw
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
