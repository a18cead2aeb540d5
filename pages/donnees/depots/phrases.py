"""What a dropped file is and would change, in words."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from ctg import formats, gravites
from etl.reception.constat import ANCIEN, CHARGE, DEJA, ECARTE, IDENTIQUE, PARTIEL, REFUSE, Examen, Rapport
from pages.donnees.depots import ordre

ETATS = {
    CHARGE: "Serait chargé",
    PARTIEL: "Serait chargé en partie",
    REFUSE: "Refusé",
    ANCIEN: "Plus ancien qu’un autre envoi",
    IDENTIQUE: "Mêmes réponses qu’un autre envoi",
    ECARTE: "Ne serait pas chargé",
    DEJA: "Déjà reçu",
}
# for one file, for several: « 18 seraient chargés, 1 refusé »
_COMPTES = {
    CHARGE: ("serait chargé", "seraient chargés"),
    PARTIEL: ("serait chargé en partie", "seraient chargés en partie"),
    REFUSE: ("refusé", "refusés"),
    ANCIEN: ("plus ancien qu’un autre envoi", "plus anciens qu’un autre envoi"),
    IDENTIQUE: ("aux mêmes réponses qu’un autre envoi", "aux mêmes réponses qu’un autre envoi"),
    ECARTE: ("ne serait pas chargé", "ne seraient pas chargés"),
    DEJA: ("déjà reçu", "déjà reçus"),
}


def resume(examens: Iterable[Examen]) -> str:
    """« **20 fichiers : 18 seraient chargés, 1 refusé, 1 déjà reçu.** Rien n’est encore chargé. »."""
    etats = [examen.etat for examen in examens]
    dits = []
    for etat, (un, plusieurs) in _COMPTES.items():
        nombre = etats.count(etat)
        if nombre:
            dits.append(f"{formats.nombre(nombre)} {plusieurs if nombre > 1 else un}")
    attend = "" if set(etats) == {DEJA} else " Rien n’est encore chargé."
    return f"**{formats.compter(len(etats), 'fichiers')} : {', '.join(dits)}.**{attend}"


def remarques(lues: Iterable[tuple[str, str]]) -> list[str]:
    """What was left out at once, a reason once: « — « carte.vcf », « b.vcf » et 3 autres : … »."""
    noms = defaultdict(list)
    for nom, raison in lues:
        noms[raison].append(f"« {nom} »")
    return [f"— {formats.citer(siens)} : {raison}" for raison, siens in noms.items()]


def sans_effet(examens: Iterable[Examen]) -> str:
    """« 2 corrections à la main ne vaudraient plus. »; empty when all of them would still hold."""
    nombre = sum(len(examen.perdues) for examen in examens)
    if not nombre:
        return ""
    compte = formats.compter(nombre, "corrections à la main", feminin=True)
    return f"{compte} ne {'vaudraient' if nombre > 1 else 'vaudrait'} plus."


def un_rapport_reel(examens: Iterable[Examen]) -> bool:
    """Whether a form that would count is not fictional."""
    return any(rapport.retenu and not rapport.fictif for examen in examens for rapport in examen.rapports)


def nature(examen: Examen) -> str:
    """« Rapport 2025 : L’Archipel », « Données ouvertes : Allocataires des Caf »; empty when unknown."""
    if examen.rapports:
        premier = examen.rapports[0]
        noms = list(dict.fromkeys(rapport.nom for rapport in examen.rapports))
        annees = sorted({str(rapport.annee) for rapport in examen.rapports if rapport.annee})
        fictif = ", données fictives" if premier.fictif else ""
        return f"{_genre(premier)} {' et '.join(annees)} : {formats.citer(noms)}{fictif}".replace("  ", " ")
    if examen.source:
        return f"Données ouvertes : {examen.source}"
    return ""


def _genre(rapport: Rapport) -> str:
    if rapport.source.startswith("classeur:"):
        return "Classeur de la structure"
    if rapport.extrait:
        return "Extrait"
    return "Rapport" if rapport.formulaire == "structure" else "Fiche"


def contenu(examen: Examen) -> str:
    """What would be loaded, or why nothing would."""
    dits = []
    if examen.reponses:
        dits.append(formats.compter(examen.reponses, "réponses", feminin=True))
    if examen.nouvelles or examen.changees:
        dits.append(formats.compter(examen.nouvelles, "valeurs nouvelles", feminin=True))
        dits.append(formats.compter(examen.changees, "valeurs changées", feminin=True))
    elif examen.source and not examen.rapports:
        dits.append("aucune valeur ne change")
    rangs = list(dict.fromkeys(filter(None, map(ordre.dire, examen.rapports))))
    dits += rangs
    if examen.etat in (REFUSE, ANCIEN, IDENTIQUE, ECARTE, DEJA) and not rangs:
        # a form refused says why at a cell of its own
        bloquantes = (a.message for a in examen.anomalies if a.gravite == "bloquant")
        dits += filter(None, [examen.message or next(bloquantes, None)])
    return " ; ".join(dits) or (examen.message or "")


def points(examen: Examen) -> str:
    """« 2 à corriger, 1 à confirmer »; empty when there is nothing to look at again."""
    if not examen.anomalies:
        return ""
    return gravites.compter(Counter(anomalie.gravite for anomalie in examen.anomalies))
