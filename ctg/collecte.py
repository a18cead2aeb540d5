"""What to correct in what was received, and the cells behind a number."""

import pandas as pd

from ctg import formats, vie
from ctg.codes import CODES
from ctg.destinataire import dire
from ctg.graphiques.figure import Figure, Notice, assembler
from ctg.gravites import GRAVITES

GESTES = {
    "bloquant": "Renvoyer la copie annotée et son message",
    "a_confirmer": "Appeler la structure ; si elle confirme, accepter avec la raison",
    "information": "Rien à corriger",
}
# what people decide is in the queue too: nobody else is asked to correct it
DECISIONS = "saisies/"
# what its sender cannot mend: the sentence says where it is done
GESTE_D_ICI = "À régler ici : la phrase dit où"
# of no respondent: nobody to call
GESTE_D_UNE_SOURCE = "Vérifier comme la phrase le dit ; si c’est juste, accepter avec la raison"
GESTE_DE_DECISION = "Corriger la décision, sur cette page ou dans son fichier"
# shown open; the whole queue stays in the download
FILE_MONTREE = 25


def anomalies(lignes: pd.DataFrame, montrees: int, fictif: bool) -> Figure:
    """The queue, worst first: where, what was read, what to do; all are counted, the first are shown."""
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
            "Que faire": _geste(ligne),
        }
        for ligne in lignes.head(montrees).itertuples()
    )
    notice = Notice(
        cle="anomalies",
        constat=constat,
        mesure="File des anomalies, la pire d’abord",
        couverture=f"{len(tableau)} {formats.accorder('montrées', len(tableau))} sur {len(lignes)}"
        + (" : choisissez un expéditeur pour voir les suivantes" if len(lignes) > len(tableau) else ""),
        source="contrôles du chargement",
        fictif=fictif,
    )
    return assembler(notice, "Tableau", None, tableau)


def _geste(ligne) -> str:
    if ligne.fichier.startswith(DECISIONS):
        return GESTE_DE_DECISION
    if ligne.gravite == "bloquant" and dire(ligne.regle, ligne.message) is None:
        return GESTE_D_ICI
    if ligne.gravite == "a_confirmer" and not formats.est_connu(ligne.repondant_id):
        return GESTE_D_UNE_SOURCE
    return GESTES[ligne.gravite]


def acceptees(lignes: pd.DataFrame, fictif: bool) -> Figure:
    """What people kept as it is, each with its reason."""
    tableau = pd.DataFrame(
        {
            "Où": _lieu(ligne),
            "Ce qui a été signalé": ligne.message,
            "Acceptée": f"acceptée : {ligne.acceptation_raison}",
            "Par": ligne.acceptation_fonction,
            "Le": formats.date_courte(ligne.acceptee_le),
        }
        for ligne in lignes.itertuples()
    )
    notice = Notice(
        cle="acceptees",
        constat=f"{formats.compter(len(lignes), 'anomalies acceptées', feminin=True)} avec une raison",
        mesure="Anomalies gardées telles quelles",
        couverture="elles ne comptent plus dans la file ni dans les relances",
        source="data/saisies/corrections.yml",
        fictif=fictif,
    )
    return assembler(notice, "Tableau", None, tableau)


def _lieu(ligne) -> str:
    """File, sheet and cell of an anomaly: « archipel.xlsx, feuille archipel, cellule F111 »."""
    dits = [ligne.fichier]
    if formats.est_connu(ligne.feuille):
        dits.append(f"feuille {ligne.feuille}")
    if formats.est_connu(ligne.cellule):
        dits.append(ligne.cellule if ligne.fichier.startswith(DECISIONS) else f"cellule {ligne.cellule}")
    return ", ".join(dits)


def cellules(
    lignes: pd.DataFrame, mesure: pd.Series, lieu: str, indicateur: str, annee: int, fictif: bool
) -> Figure:
    """The cells behind one number: where to look in the files; what they hold is not repeated here."""
    calculee = lignes["mesure"].nunique() > 1
    tableau = pd.DataFrame(
        {
            "Répondant": ligne.repondant,
            "Ce qui y est": f"{ligne.mesure}, {_detail(ligne)}" if calculee else _detail(ligne),
            "Source": _source(ligne),
            "Fichier": ligne.fichier,
            "Feuille": ligne.feuille if formats.est_connu(ligne.feuille) else "—",
            "Cellule": ligne.cellule,
        }
        for ligne in lignes.itertuples()
    )
    raison = f" ({mesure['raison']})" if formats.est_connu(mesure["raison"]) else ""
    notice = Notice(
        cle=formats.cle_ascii("provenance", indicateur, lieu, annee),
        constat=vie.lue(f"{lieu} : {mesure['affichage']}{raison}", mesure["a_l_aval"]),
        mesure=f"{mesure['libelle']}, {mesure['periode_id']} ; "
        f"{formats.compter(len(lignes), 'cellules', feminin=True)}",
        couverture=formats.couverture(mesure["nb_repondantes"], mesure["nb_attendues"]),
        source="fichiers de data/raw",
        fictif=fictif,
    )
    return assembler(notice, "Tableau", None, tableau)


def _source(ligne) -> str:
    """What answered; when a person corrected the cell since: the day, the function, the reason, the line."""
    if not formats.est_connu(ligne.saisie):
        return ligne.source
    if ligne.recue:
        acte = f"{ligne.source}, corrigé à la main"
    elif formats.est_connu(ligne.feuille):
        acte = f"{ligne.source}, laissé vide ; saisi à la main"
    else:
        acte = "rien reçu ; saisi à la main"
    return (
        f"{acte} le {formats.date_courte(ligne.corrige_le)} "
        f"({ligne.corrige_par}) : {ligne.corrige_parce_que} ; valeurs.csv, ligne {int(ligne.saisie)}"
    )


def _detail(ligne) -> str:
    dits = [CODES.get(ligne.code, ligne.code)]
    dits += [texte for texte in (ligne.detail, ligne.quartier) if formats.est_connu(texte)]
    return ", ".join(dits)
