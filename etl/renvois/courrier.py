"""The mail that goes with a marked copy: to a function, never to a person, in plain words."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ctg import formats
from ctg.destinataire import DELAI_DE_REPONSE, DEUX_VERSIONS
from etl.anomalie import Anomalie
from etl.classeurs_libres.word.document import FEUILLE as DOCUMENT_WORD
from etl.renvois.consignes import que_faire
from etl.renvois.copies import est_word
from etl.renvois.points import a_envoyer, partager

_CITEES = 15
_NON_COMPTES = "À corriger (ces réponses ne sont pas prises en compte) :"


@dataclass(frozen=True, slots=True)
class Renvoi:
    """One file to send back: what it is called, who answers for it, what must be looked at again.

    `repondants` are names of structures or fiches; `echeance`: the deadline of the campaign; `rien_charge`:
    none of it counts as it stands. `expediteur` is None when nothing tells it; `devine`: only the name of the
    file does. `feuilles`: its sheets, in order; `comptees`: the cells (sheet, address) whose answer counts;
    `lieux`: where an address stands in a document that has none (« tableau 4, ligne 2, colonne 3 »).
    """

    fichier: str
    expediteur: str | None
    repondants: tuple[str, ...]
    annee: int | None
    recu_le: dt.datetime | dt.date | None
    echeance: dt.date | None
    fictif: bool
    rien_charge: bool
    anomalies: tuple[Anomalie, ...]
    devine: bool = False
    feuilles: tuple[str, ...] = ()
    comptees: frozenset[tuple[str, str]] = frozenset()
    lieux: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def points(self) -> tuple[Anomalie, ...]:
        """What its sender is told, in its words and in order."""
        return a_envoyer(self.anomalies, self.feuilles)

    @property
    def nom(self) -> str:
        """The name its sender knows, without our folders."""
        return self.fichier.rsplit("/", 1)[-1]


def compter(renvoi: Renvoi) -> tuple[int, int]:
    """How many points are to correct, how many to confirm: the same in the mail, in the copy, on the page."""
    gravites = [point.gravite for point in renvoi.points]
    return gravites.count("bloquant"), gravites.count("a_confirmer")


def message(renvoi: Renvoi, copie: str | None, aujourd_hui: dt.date) -> str:
    """The text of the mail; `copie` is the name of the marked copy joined to it, None when there is none."""
    parts = partager(renvoi.points, renvoi.comptees)
    lignes = ["DONNÉES FICTIVES : ne pas envoyer.", ""] if renvoi.fictif else []
    lignes += [
        f"Objet : {_objet(renvoi)}",
        "",
        _a_qui(renvoi),
        "",
        "Bonjour,",
        "",
        f"Nous avons bien reçu votre {_recu(renvoi)}. Merci.",
    ]
    if renvoi.rien_charge:
        lu = "être pris en compte tel quel" if renvoi.repondants else "être lu"
        lignes += ["", f"Il n’a pas pu {lu}."]
        if any(a.regle == "ordre_des_depots" for a in renvoi.anomalies):
            lignes[-1] = f"Il n’est pas encore pris en compte : {DEUX_VERSIONS}"
    for titre, points in (
        ("À corriger :" if renvoi.rien_charge else _NON_COMPTES, parts.a_corriger),
        ("À compléter ou à confirmer :", parts.a_preciser),
        ("À confirmer : ces réponses sont prises en compte, mais elles surprennent.", parts.comptes),
    ):
        if points:
            lignes += ["", titre, *_lister(points, copie, renvoi.lieux)]
    lignes += ["", *que_faire(renvoi.points, renvoi.feuilles, copie, _avant(renvoi, aujourd_hui))]
    lignes += ["", "Merci de votre aide,", "La coordination de la convention territoriale globale", ""]
    return "\n".join(lignes)


def _campagne(renvoi: Renvoi) -> str:
    return f"rapport annuel {renvoi.annee}" if renvoi.annee else "rapport annuel"


def _objet(renvoi: Renvoi) -> str:
    """« rapport annuel 2025, 2 points à corriger et 1 à confirmer »."""
    if not renvoi.repondants:
        return f"votre fichier « {renvoi.nom} » n’a pas pu être lu"
    comptes = dict(zip(("à corriger", "à confirmer"), compter(renvoi), strict=True))
    dits = [f"{formats.nombre(nombre)} {quoi}" for quoi, nombre in comptes.items() if nombre]
    premier = next(nombre for nombre in comptes.values() if nombre)
    dits[0] = dits[0].replace(" ", f" {formats.accorder('points', premier)} ", 1)
    return f"{_campagne(renvoi)}, {' et '.join(dits)}"


def _a_qui(renvoi: Renvoi) -> str:
    if renvoi.expediteur is None:
        return f"À l’attention de : [à compléter : qui a envoyé « {renvoi.nom} » ?]"
    doute = " [d’après le fichier : à vérifier]" if renvoi.devine else ""
    return f"À l’attention de la personne chargée du rapport annuel — {renvoi.expediteur}{doute}"


def _recu(renvoi: Renvoi) -> str:
    le = f", le {formats.date_longue(renvoi.recu_le)}" if renvoi.recu_le else ""
    if not renvoi.repondants:  # nothing tells what it is
        return f"fichier « {renvoi.nom} »{le}"
    sien = renvoi.repondants == (renvoi.expediteur,)  # already named above
    pour = "" if sien else f" pour {formats.liste(renvoi.repondants)}"
    return f"{_campagne(renvoi)}{pour} (« {renvoi.nom} »{le})"


def _lister(points: Sequence[Anomalie], copie: str | None, lieux: Mapping[str, str]) -> list[str]:
    """The points under the name of their sheet; all of them when there is no copy to list the others."""
    cites = points[:_CITEES] if copie else points
    lignes = []
    for feuille, siens in groupby(cites, lambda point: point.feuille):
        lignes += [f"Feuille « {feuille} » :"] if feuille and feuille != DOCUMENT_WORD else []
        lignes += [f"- {_lieu(point, lieux)}{point.message}" for point in siens]
    reste = len(points) - len(cites)
    if reste:
        dits = f"{formats.nombre(reste)} {'autres points' if reste > 1 else 'autre point'}"
        ou = "les commentaires" if est_word(copie) else "la première feuille"
        lignes.append(f"- et {dits}, dans {ou} de la copie.")
    return lignes


def _lieu(point: Anomalie, lieux: Mapping[str, str]) -> str:
    if not point.cellule:
        return ""
    if point.feuille == DOCUMENT_WORD:  # nobody sees an address there; the sentence names the question
        dit = lieux.get(point.cellule)
        return f"{dit} : " if dit else ""
    return f"cellule {point.cellule} : "


def _avant(renvoi: Renvoi, aujourd_hui: dt.date) -> str:
    """« avant le 15 juillet 2026 »: the deadline of the campaign, a fortnight once it is past."""
    bientot = aujourd_hui + DELAI_DE_REPONSE
    limite = renvoi.echeance if renvoi.echeance and renvoi.echeance > aujourd_hui else bientot
    return f"avant le {formats.date_longue(limite)}"
