"""The morning of the coordination officer: who answered, what to correct, what to write to whom."""

from dataclasses import dataclass

import pandas as pd

from ctg import etats, formats
from ctg.graphiques.figure import Figure, Notice, assembler

GRAVITES = {"bloquant": "Bloquant", "a_confirmer": "À confirmer", "information": "Information"}
GESTES = {
    "bloquant": "Demander la correction, puis recharger",
    "a_confirmer": "Appeler la structure ; si elle confirme, laisser",
    "information": "Rien à corriger",
}
CODES = {
    "valeur": "nombre",
    "numerateur": "numérateur",
    "denominateur": "dénominateur",
    "proposes": "questionnaires proposés",
    "repondants": "réponses",
    "satisfaits": "satisfaits",
    "T1": "1er trimestre",
    "T2": "2e trimestre",
    "T3": "3e trimestre",
    "T4": "4e trimestre",
    "etat": "état du jalon",
    "prevu_le": "date prévue",
    "realise_le": "date de réalisation",
    "avancement": "avancement",
    "texte": "texte",
    "niveau": "niveau",
}
# shown open; the whole queue stays in the download
FILE_MONTREE = 25


@dataclass(frozen=True)
class Campagne:
    """What a reminder must name."""

    annee: int
    titre: str
    ville: str
    partenaire: str
    fictif: bool = False


def resume(expediteurs: pd.DataFrame) -> str:
    """Where the collection stands: « 67 formulaires reçus sur 72 ; 5 attendus ; 10 arrivés en retard »."""
    sommes = expediteurs[
        ["nb_demandes", "nb_recus", "nb_en_retard", "nb_a_corriger", "nb_refuses", "nb_attendus"]
    ].sum()
    recus = int(sommes["nb_recus"] + sommes["nb_en_retard"] + sommes["nb_a_corriger"])
    dits = [f"{formats.compter(recus, 'formulaires reçus')} sur {int(sommes['nb_demandes'])}"]
    dits += [
        f"{formats.nombre(sommes[colonne])} {formats.accorder(mots, int(sommes[colonne]))}"
        for colonne, mots in (
            ("nb_attendus", "attendus"),
            ("nb_refuses", "refusés"),
            ("nb_a_corriger", "à corriger"),
            ("nb_en_retard", "arrivés en retard"),
        )
        if sommes[colonne]
    ]
    return " ; ".join(dits)


def matrice(expediteurs: pd.DataFrame, annee: int, fictif: bool) -> Figure:
    """Senders × state, those who miss the most first."""
    silencieux = int((expediteurs["nb_attendus"] + expediteurs["nb_refuses"] > 0).sum())
    tableau = pd.DataFrame(
        {
            "Expéditeur": ligne.expediteur,
            "Demandés": formats.nombre(ligne.nb_demandes),
            "Attendus": _compte(ligne.nb_attendus),
            "Refusés": _compte(ligne.nb_refuses),
            "À corriger": _compte(ligne.nb_a_corriger),
            "En retard": _compte(ligne.nb_en_retard),
            "Reçus à temps": _compte(ligne.nb_recus),
        }
        for ligne in expediteurs.itertuples()
    )
    notice = Notice(
        cle="expediteurs",
        constat=f"{formats.compter(silencieux, 'expéditeurs')} à relancer sur {len(expediteurs)}"
        if silencieux
        else f"Les {len(expediteurs)} expéditeurs ont répondu",
        mesure=f"Formulaires de structure et de fiche par expéditeur et par état, campagne {annee}",
        couverture=resume(expediteurs),
        source="fichiers de data/raw, reconnus à leur contenu",
        fictif=fictif,
    )
    return assembler(notice, "Tableau", None, tableau)


def _compte(nombre: int) -> str:
    return formats.nombre(nombre) if nombre else "–"


def repondants(lignes: pd.DataFrame, annee: int, fictif: bool) -> Figure:
    """Every form expected, sender by sender."""
    arrives = int(lignes["statut"].isin(etats.ARRIVES).sum())
    tableau = pd.DataFrame(
        {
            "Expéditeur": ligne.expediteur,
            "Formulaire": ligne.repondant,
            "État": etats.STATUTS[ligne.statut],
            "Reçu le": formats.date_courte(ligne.recu_le),
            "Bloquants": _compte(ligne.nb_bloquantes),
            "À confirmer": _compte(ligne.nb_a_confirmer),
        }
        for ligne in lignes.itertuples()
    )
    notice = Notice(
        cle="formulaires",
        constat=f"{formats.compter(len(lignes), 'formulaires attendus')}, un par ligne",
        mesure=f"État de chaque formulaire, campagne {annee}",
        couverture=formats.couverture(arrives, len(lignes)),
        source="fichiers de data/raw, reconnus à leur contenu",
        fictif=fictif,
    )
    return assembler(notice, "Tableau", None, tableau)


def anomalies(lignes: pd.DataFrame, total: int, fictif: bool) -> Figure:
    """The queue, worst first: where, what was read, what to do. `lignes` are the first of `total`."""
    bloquantes = int((lignes["gravite"] == "bloquant").sum())
    a_confirmer = int((lignes["gravite"] == "a_confirmer").sum())
    constat = "Rien à corriger, des informations seulement"
    if bloquantes:
        constat = f"{formats.compter(bloquantes, 'anomalies bloquantes', feminin=True)} à faire corriger"
    elif a_confirmer:
        constat = "Rien de bloquant, des valeurs à confirmer"
    tableau = pd.DataFrame(
        {
            "Gravité": GRAVITES[ligne.gravite],
            "Où": _lieu(ligne),
            "Ce qui a été lu": ligne.valeur_lue if formats.est_connu(ligne.valeur_lue) else "—",
            "Ce qui ne va pas": ligne.message,
            "Que faire": GESTES[ligne.gravite],
        }
        for ligne in lignes.itertuples()
    )
    notice = Notice(
        cle="anomalies",
        constat=constat,
        mesure="File des anomalies, la pire d’abord",
        couverture=f"{len(lignes)} montrées sur {total}"
        + (" : choisissez un expéditeur pour voir les suivantes" if total > len(lignes) else ""),
        source="contrôles du chargement",
        fictif=fictif,
    )
    return assembler(notice, "Tableau", None, tableau)


def _lieu(ligne) -> str:
    """File, sheet and cell of an anomaly: « archipel.xlsx, feuille archipel, cellule F111 »."""
    dits = [ligne.fichier]
    if formats.est_connu(ligne.feuille):
        dits.append(f"feuille {ligne.feuille}")
    if formats.est_connu(ligne.cellule):
        dits.append(f"cellule {ligne.cellule}")
    return ", ".join(dits)


def relance(campagne: Campagne, formulaires: pd.DataFrame, points: pd.DataFrame) -> str:
    """The text to send to one sender: what is missing, what is to correct, where. Plain text.

    `formulaires` are its rows of `collecte_repondants.sql`, `points` its blocking anomalies.
    """
    absents = formulaires[formulaires["statut"].isin(etats.ABSENTS)]
    lignes = ["DONNÉES FICTIVES : ne pas envoyer.", ""] if campagne.fictif else []
    lignes += [
        f"Objet : {campagne.titre}, rapport annuel {campagne.annee}",
        "",
        "Bonjour,",
        "",
        f"L’évaluation de la {campagne.titre} ({campagne.ville}, {campagne.partenaire}) s’appuie "
        "sur vos réponses.",
    ]
    if len(absents):
        echeance = formats.date_longue(absents["echeance"].iat[0])
        lignes += ["", f"Il nous manque, pour le {echeance} :"]
        lignes += [
            f"- {ligne.repondant}" + (" (fichier refusé, à renvoyer)" if ligne.statut == "refuse" else "")
            for ligne in absents.itertuples()
        ]
    if len(points):
        lignes += ["", "Dans ce que vous nous avez envoyé, ces cellules sont à corriger :"]
        lignes += [f"- {_lieu(ligne)} : {ligne.message}" for ligne in points.itertuples()]
    lignes += [
        "",
        "Le formulaire se complète et se renvoie tel quel, sans supprimer ni ligne ni colonne. "
        "Laissez vide ce que "
        "vous ne savez pas ; zéro est une réponse, une case vide n’en est pas une.",
        "",
        "Merci de votre aide,",
        "La coordination de la convention territoriale globale",
    ]
    return "\n".join(lignes)


def cellules(
    lignes: pd.DataFrame, mesure: pd.Series, lieu: str, indicateur: str, annee: int, fictif: bool
) -> Figure:
    """The cells behind one number: where to look in the files; what they hold is not repeated here."""
    calculee = lignes["mesure"].nunique() > 1
    tableau = pd.DataFrame(
        {
            "Répondant": ligne.repondant,
            "Ce qui y est": f"{ligne.mesure}, {_detail(ligne)}" if calculee else _detail(ligne),
            "Fichier": ligne.fichier,
            "Feuille": ligne.feuille,
            "Cellule": ligne.cellule,
        }
        for ligne in lignes.itertuples()
    )
    raison = f" ({mesure['raison']})" if formats.est_connu(mesure["raison"]) else ""
    notice = Notice(
        cle=formats.cle_ascii("provenance", indicateur, lieu, annee),
        constat=f"{lieu} : {mesure['affichage']}{raison}",
        mesure=f"{mesure['libelle']}, {mesure['periode_id']} ; "
        f"{formats.compter(len(lignes), 'cellules', feminin=True)}",
        couverture=formats.couverture(mesure["nb_repondantes"], mesure["nb_attendues"]),
        source="fichiers de data/raw",
        fictif=fictif,
    )
    return assembler(notice, "Tableau", None, tableau)


def _detail(ligne) -> str:
    dits = [CODES.get(ligne.code, ligne.code)]
    dits += [texte for texte in (ligne.detail, ligne.quartier) if formats.est_connu(texte)]
    return ", ".join(dits)
