"""The mail that goes with a marked copy: to a function, never to a person, in plain words."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ctg import formats
from ctg.destinataire import DELAI_DE_REPONSE, pour_l_expediteur
from etl.anomalie import Anomalie

_PARTIES = (
    ("bloquant", "À corriger, car cela n’a pas pu être pris en compte :"),
    ("a_confirmer", "À confirmer : cela est pris en compte, mais surprend."),
)
_CITEES = 15


@dataclass(frozen=True, slots=True)
class Renvoi:
    """One file to send back: what it is called, who answers for it, what must be looked at again.

    `repondants` are names of structures or fiches; `echeance`: the deadline of the campaign; `rien_charge`:
    none of it counts as it stands.
    """

    fichier: str
    expediteur: str
    repondants: tuple[str, ...]
    annee: int | None
    recu_le: dt.datetime | dt.date | None
    echeance: dt.date | None
    fictif: bool
    rien_charge: bool
    anomalies: tuple[Anomalie, ...]


def a_envoyer(anomalies: Iterable[Anomalie]) -> tuple[Anomalie, ...]:
    """Those the sender can act on, each one once, in the same order."""
    return tuple(dict.fromkeys(a for a in anomalies if pour_l_expediteur(a.regle, a.message)))


def a_renvoyer(anomalies: Iterable[Anomalie]) -> bool:
    """Say whether a sender has something to correct or to confirm."""
    return any(a.gravite in ("bloquant", "a_confirmer") for a in a_envoyer(anomalies))


def message(renvoi: Renvoi, copie: str | None, aujourd_hui: dt.date) -> str:
    """The text of the mail; `copie` is the name of the marked copy joined to it, None when there is none."""
    anomalies = a_envoyer(renvoi.anomalies)
    campagne = f"rapport annuel {renvoi.annee}" if renvoi.annee else "rapport annuel"
    lignes = ["DONNÉES FICTIVES : ne pas envoyer.", ""] if renvoi.fictif else []
    lignes += [
        f"Objet : {campagne}, {_objet(anomalies)}",
        "",
        f"À l’attention de la personne chargée du rapport annuel — {renvoi.expediteur}",
        "",
        "Bonjour,",
        "",
        f"Nous avons bien reçu votre {campagne}{_de(renvoi)}. Merci.",
    ]
    if renvoi.rien_charge:
        lignes += ["", "Il n’a pas pu être pris en compte tel quel."]
    for gravite, titre in _PARTIES:
        siennes = [a for a in anomalies if a.gravite == gravite]
        if siennes:
            lignes += ["", titre, *_lister(siennes)]
    lignes += ["", *_que_faire(renvoi, copie, aujourd_hui)]
    lignes += ["", "Merci de votre aide,", "La coordination de la convention territoriale globale", ""]
    return "\n".join(lignes)


def _objet(anomalies: Sequence[Anomalie]) -> str:
    """« 2 points à corriger et 1 à confirmer »."""
    gravites = [a.gravite for a in anomalies]
    comptes = {"à corriger": gravites.count("bloquant"), "à confirmer": gravites.count("a_confirmer")}
    dits = [f"{formats.nombre(nombre)} {quoi}" for quoi, nombre in comptes.items() if nombre]
    premier = next(nombre for nombre in comptes.values() if nombre)
    dits[0] = dits[0].replace(" ", f" {formats.accorder('points', premier)} ", 1)
    return " et ".join(dits)


def _de(renvoi: Renvoi) -> str:
    nom = renvoi.fichier.rsplit("/", 1)[-1]
    dit = f" (« {nom} »"
    dit += f", le {formats.date_longue(renvoi.recu_le)})" if renvoi.recu_le else ")"
    autres = [r for r in renvoi.repondants if r != renvoi.expediteur]
    return f" pour {', '.join(autres)}{dit}" if autres else dit


def _lister(anomalies: Sequence[Anomalie]) -> list[str]:
    lignes = [f"- {_lieu(a)}{a.message}" for a in anomalies[:_CITEES]]
    reste = len(anomalies) - _CITEES
    if reste > 0:
        lignes.append(
            f"- et {formats.compter(reste, 'autres points')}, tous dans la première feuille de la copie."
        )
    return lignes


def _lieu(anomalie: Anomalie) -> str:
    dits = [f"feuille « {anomalie.feuille} »"] if anomalie.feuille else []
    dits += [f"cellule {anomalie.cellule}"] if anomalie.cellule else []
    return f"{', '.join(dits)} : " if dits else ""


def _que_faire(renvoi: Renvoi, copie: str | None, aujourd_hui: dt.date) -> list[str]:
    bientot = aujourd_hui + DELAI_DE_REPONSE
    limite = renvoi.echeance if renvoi.echeance and renvoi.echeance > aujourd_hui else bientot
    avant = f"avant le {formats.date_longue(limite)}"
    if copie is None:
        return [f"Merci de nous renvoyer votre fichier corrigé {avant}."]
    return [
        f"La copie jointe, « {copie} », est votre propre fichier : chaque cellule en cause y est colorée et "
        "commentée, et sa première feuille en donne la liste.",
        f"Corrigez dans cette copie, enregistrez-la et renvoyez-la-nous {avant} : elle remplacera votre "
        "envoi. Si une valeur à confirmer est exacte, dites-le-nous simplement en réponse.",
        "Laissez vide ce que vous ne savez pas ; zéro est une réponse, une case vide n’en est pas une.",
    ]
