"""What a dropped file is and would change, in words."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from ctg import formats, gravites
from etl.jugement.depots import COPIE_CORRIGEE, PLUS_RECENT
from etl.reception.examen import ANCIEN, CHARGE, DEJA, ECARTE, PARTIEL, REFUSE, Examen, Rapport

ETATS = {
    CHARGE: "Serait chargé",
    PARTIEL: "Serait chargé en partie",
    REFUSE: "Refusé",
    ANCIEN: "Plus ancien qu’un autre envoi",
    ECARTE: "Ne serait pas chargé",
    DEJA: "Déjà reçu",
}
# for one file, for several: « 18 seraient chargés, 1 refusé »
_COMPTES = {
    CHARGE: ("serait chargé", "seraient chargés"),
    PARTIEL: ("serait chargé en partie", "seraient chargés en partie"),
    REFUSE: ("refusé", "refusés"),
    ANCIEN: ("plus ancien qu’un autre envoi", "plus anciens qu’un autre envoi"),
    ECARTE: ("ne serait pas chargé", "ne seraient pas chargés"),
    DEJA: ("déjà reçu", "déjà reçus"),
}
_NOMS_CITES = 2


def resume(examens: Iterable[Examen]) -> str:
    """« 20 fichiers : 18 seraient chargés, 1 refusé, 1 déjà reçu »."""
    etats = [examen.etat for examen in examens]
    dits = []
    for etat, (un, plusieurs) in _COMPTES.items():
        nombre = etats.count(etat)
        if nombre:
            dits.append(f"{formats.nombre(nombre)} {plusieurs if nombre > 1 else un}")
    return f"{formats.compter(len(etats), 'fichiers')} : {', '.join(dits)}"


def un_rapport_reel(examens: Iterable[Examen]) -> bool:
    """Whether a form that would count is not fictional."""
    return any(rapport.retenu and not rapport.fictif for examen in examens for rapport in examen.rapports)


def nature(examen: Examen) -> str:
    """What it is: « Rapport 2025 : L’Archipel », « Données ouvertes : Allocataires des Caf par IRIS »."""
    if examen.rapports:
        premier = examen.rapports[0]
        noms = list(dict.fromkeys(rapport.nom for rapport in examen.rapports))
        cites = ", ".join(noms[:_NOMS_CITES])
        if len(noms) > _NOMS_CITES:
            cites += f" et {formats.compter(len(noms) - _NOMS_CITES, 'autres')}"
        annees = sorted({str(rapport.annee) for rapport in examen.rapports if rapport.annee})
        fictif = ", données fictives" if premier.fictif else ""
        return f"{_genre(premier)} {' et '.join(annees)} : {cites}{fictif}".replace("  ", " ")
    if examen.source:
        return f"Données ouvertes : {examen.source}"
    return "—" if examen.etat == DEJA else "Non reconnu"


def _genre(rapport: Rapport) -> str:
    if rapport.source.startswith("classeur:"):
        return "Classeur de la structure"
    if rapport.source.startswith("extrait:"):
        return "Extrait"
    return "Rapport" if rapport.formulaire == "structure" else "Fiche"


def contenu(examen: Examen) -> str:
    """What would be loaded, or why nothing would."""
    dits = []
    if examen.reponses:
        dits.append(formats.compter(examen.reponses, "réponses", feminin=True))
    if examen.nouvelles or examen.changees:
        dits.append(f"{formats.compter(examen.nouvelles, 'valeurs nouvelles', feminin=True)}")
        dits.append(f"{formats.compter(examen.changees, 'valeurs changées', feminin=True)}")
    elif examen.source and not examen.rapports:
        dits.append("aucune valeur ne change")
    ordre = list(dict.fromkeys(filter(None, map(_ordre, examen.rapports))))
    dits += ordre
    if examen.etat in (REFUSE, ANCIEN, ECARTE, DEJA) and examen.message and not ordre:
        dits.append(examen.message)
    return " ; ".join(dits) or (examen.message or "—")


def _ordre(rapport: Rapport) -> str | None:
    """Which of the submissions of this respondent and year counts, and why; None when it is the only one."""
    cites = ", ".join(f"« {v.fichier} » (reçu {_quand(v.recu_le)})" for v in rapport.voisins)
    if rapport.a_departager:
        dates = all(voisin.recu_le for voisin in rapport.voisins)
        geste = "Dire ci-dessous lequel est arrivé après l’autre" if dates else "Le dater dans receptions.csv"
        return (
            f"même répondant et même année que {cites} : rien ne dit lequel est arrivé le dernier. Acceptés "
            f"ainsi, aucun ne compterait, même déjà chargé. {geste}"
        )
    raison = (rapport.voisins[0].message if rapport.retenu else rapport.message) if rapport.voisins else None
    if raison is None:
        return None
    if PLUS_RECENT in raison:
        ancien = "plus anciens" if len(rapport.voisins) > 1 else "plus ancien"
        return (
            f"compterait à la place de {cites}, {ancien}"
            if rapport.retenu
            else f"ne compterait pas : {cites} est plus récent"
        )
    if COPIE_CORRIGEE in raison:
        return (
            f"compterait à la place de {cites}, dont il est la copie corrigée"
            if rapport.retenu
            else f"ne compterait pas : {cites} est sa copie corrigée"
        )
    return f"compterait à la place de {cites}" if rapport.retenu else None


def _quand(recu_le: dt.datetime | None) -> str:
    """« le 21 novembre 2026 à 9 h 05 »; without its hour when only the day was written."""
    if recu_le is None:
        return "à une date inconnue"
    heure = f" à {recu_le.hour} h {recu_le.minute:02d}" if recu_le.time() != dt.time() else ""
    return f"le {formats.date_longue(recu_le)}{heure}"


def points(examen: Examen) -> str:
    """« 2 à corriger, 1 à confirmer »; empty when there is nothing to look at again."""
    if not examen.anomalies:
        return ""
    return gravites.compter(Counter(anomalie.gravite for anomalie in examen.anomalies))
