"""What a decision would change, tried on a copy before it is written: figures, anomalies, avals, approval."""

import pandas as pd

from ctg import etats, formats, vie
from ctg.graphiques.figure import Figure, Notice, assembler
from ctg.gravites import GRAVITES

SAISIES = "décisions de data/saisies"
_APPROUVES_NOMMES = 6
_SORTS_DE_SIGNALEMENT = {
    "apparu": "apparaîtrait",
    "reste": "resterait, avec d’autres nombres",
    "leve": "disparaîtrait",
}


def chiffre(ligne) -> str:
    """A figure that changes, named: « Enfants admis, Grésilles, 2025 (3-5 ans) »."""
    detail = f" ({ligne.detail})" if formats.est_connu(ligne.detail) else ""
    return f"{ligne.mesure}, {ligne.territoire}, {ligne.periode}{detail}"


def effets(changes: list, cle: str, fictif: bool) -> Figure:
    """The figures a decision would change, before and after. `changes`: rows of `etl.construction.apercu`."""
    tableau = pd.DataFrame({"Chiffre": chiffre(c), "Aujourd’hui": c.avant, "Après": c.apres} for c in changes)
    notice = Notice(
        cle=cle,
        constat=_constat_d_effets(changes),
        mesure="Ce que la décision changerait ; les petits effectifs restent masqués",
        couverture="tous les chiffres publiés ont été refaits à l’essai",
        source=SAISIES,
        fictif=fictif,
    )
    return assembler(notice, "Tableau", None, tableau)


def signalements(lignes: list, cle: str, fictif: bool) -> Figure:
    """The anomalies a decision would raise, keep or lift (`etl.construction.signalements`)."""
    tableau = pd.DataFrame(
        {
            "Ce contrôle": _SORTS_DE_SIGNALEMENT[ligne.sort],
            "Gravité": GRAVITES[ligne.gravite],
            "Ce qui serait signalé": ligne.message,
        }
        for ligne in lignes
    )
    notice = Notice(
        cle=cle,
        constat=_constat_de_signalements(lignes) or "Les mêmes signalements, avec d’autres nombres",
        mesure="Ce que les contrôles diraient de la campagne après la décision",
        couverture="tous les contrôles ont été refaits à l’essai",
        source="contrôles du chargement",
        fictif=fictif,
    )
    return assembler(notice, "Tableau", None, tableau)


def resume(changes: list, lignes: list) -> str:
    """What a decision would change, in a line: its figures, then the anomalies it would raise or lift."""
    return " ; ".join(filter(None, (_constat_d_effets(changes), _constat_de_signalements(lignes))))


def _constat_d_effets(changes: list) -> str:
    if not changes:
        return "Aucun chiffre publié ne change"
    if len(changes) == 1:
        return "Un chiffre publié change"
    return formats.compter(len(changes), "chiffres publiés changent")


def _constat_de_signalements(lignes: list) -> str:
    """How many more, how many less; blank when they only say other numbers."""
    apparus = sum(ligne.sort == "apparu" for ligne in lignes)
    bloquants = sum(ligne.sort == "apparu" and ligne.gravite == "bloquant" for ligne in lignes)
    leves = sum(ligne.sort == "leve" for ligne in lignes)
    dits = [
        f"{formats.compter(apparus, 'signalements')} de plus" if apparus else "",
        f"dont {formats.nombre(bloquants)} à corriger" if bloquants else "",
        f"{formats.compter(leves, 'signalements')} de moins" if leves else "",
    ]
    return ", ".join(filter(None, dits))


def avals(lignes: list) -> list[str]:
    """What a decision would do to each aval, in a sentence. `lignes`: rows of `etl.construction.apercu`."""
    return [
        f"{a.fiche_id} ({a.annee}) garderait l’aval de la Caf : le changement s’y montrera avec sa raison."
        if a.garde
        else f"{a.fiche_id} ({a.annee}) perdrait l’aval de la Caf et redeviendrait provisoire."
        for a in lignes
    ]


def approbations(lignes: list) -> str:
    """What would be asked for again, in a sentence. `lignes`: rows of `etl.construction.apercu`."""
    dites = [
        f"{a.qui} ({a.annee}) : {formats.liste([vie.A_REDIRE[etape] for etape in a.etapes])}"
        for a in lignes[:_APPROUVES_NOMMES]
    ]
    if reste := len(lignes) - len(dites):
        dites.append(f"{formats.compter(reste, 'autres')} de même")
    return f"Les chiffres approuvés changeraient. {' ; '.join(dites)}." if dites else ""


def suivis(lignes: list) -> list[str]:
    """How the forms would stand otherwise, a sentence each. `lignes`: rows of `etl.reception.essai`."""
    return [_suivi(ligne) for ligne in lignes]


def _suivi(ligne) -> str:
    """« Maison Maladière, 2025 : reçu en retard de 5 jours → reçu »; then the file that would answer."""
    dit = (
        f"{ligne.nom}, {ligne.annee} : {_situation(ligne.statut, ligne.retard)} → "
        f"{_situation(ligne.statut_apres, ligne.retard_apres)}"
    )
    if ligne.fichier_apres and ligne.fichier_apres != ligne.fichier:
        dit += f" ; « {ligne.fichier_apres} » compterait"
        dit += f" à la place de « {ligne.fichier} »" if ligne.fichier else ""
    return dit


def _situation(statut: str, retard: int | None) -> str:
    """« reçu en retard de 5 jours », « reçu, à corriger, 5 jours de retard », « en retard, non reçu »."""
    mot = etats.situation(statut, retard)
    if not retard or statut not in etats.ARRIVES:
        return mot
    jours = formats.compter(retard, "jours")
    return f"{mot} de {jours}" if statut == "en_retard" else f"{mot}, {jours} de retard"
