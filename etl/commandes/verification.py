"""A dry run: what would be loaded, what would not, what to look at again, without touching the warehouse."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from ctg import gravites
from ctg.referentiel import Referentiel
from etl.anomalie import Anomalie
from etl.classeurs import ClasseurRefuse
from etl.commandes.compte_rendu import dire, lister
from etl.construction.assemblage import assembler
from etl.construction.entrepot import Rejet
from etl.inventaire import Recu, nom_lisible, recevoir
from etl.lecture.collecte import Collecte
from etl.lecture.lecteur import Lecteur
from etl.renvois import copies
from etl.renvois.points import a_envoyer

_STATUTS = {
    "accepte": "serait chargé",
    "accepte_partiel": "serait chargé en partie",
    "refuse": "serait refusé",
    "remplace": "serait remplacé",
    "ignore": "ne serait pas chargé",
}
_LIRE = """
    SELECT feuille, cellule, gravite, regle, message, valeur_lue FROM interne.anomalie
    WHERE fichier = ?
    ORDER BY CASE gravite WHEN 'bloquant' THEN 1 WHEN 'a_confirmer' THEN 2 ELSE 3 END, feuille, cellule
"""
_STATUTS_LUS = """
    SELECT DISTINCT feuille, statut, message FROM collecte.fichier WHERE fichier = ? ORDER BY ALL
"""


def verifier_fichiers(chemins: Iterable[Path], referentiel: Referentiel, retour: Path | None) -> bool:
    """Say the outcome of each file, controls included; write its marked copy into `retour`.

    True when something would be refused. Raises OSError when a copy cannot be written.
    """
    recus, refus = [recevoir(chemin, nom_lisible(chemin)) for chemin in chemins], False
    lecteur = Lecteur(referentiel)
    lecteur.lire(recus)
    collecte = lecteur.juger()
    with duckdb.connect(":memory:") as connexion:
        assembler(connexion, referentiel, collecte, "", dt.datetime.now())
        for recu in recus:
            refus |= _dire(connexion, recu, collecte, retour)
    return refus


def _dire(connexion: duckdb.DuckDBPyConnection, recu: Recu, collecte: Collecte, retour: Path | None) -> bool:
    """Say what would become of one file; True when something of it would be refused."""
    statuts = connexion.execute(_STATUTS_LUS, [recu.nom]).fetchall()
    anomalies = [Anomalie(*ligne) for ligne in connexion.execute(_LIRE, [recu.nom]).fetchall()]
    listees = {anomalie.message for anomalie in anomalies}  # said below, with their place
    for feuille, statut, message in statuts:
        nom = " › ".join(filter(None, (recu.nom, feuille)))
        raison = f" {message}" if message and message not in listees else ""
        dire(f"{nom} : {_STATUTS[statut]}.{raison}")
    dire(f"{recu.nom} : {gravites.compter(Counter(a.gravite for a in anomalies))}.")
    situees = copies.situer(recu.chemin, anomalies)
    lister([Rejet(recu.nom, a.feuille, a.cellule, a.message, a.gravite) for a in situees])
    refuse = any(statut in ("refuse", "accepte_partiel") for _, statut, _ in statuts) or any(
        a.gravite == "bloquant" for a in anomalies
    )
    if retour is not None:
        if any(depot.fichier == recu.nom for depot in collecte.depots):
            _rendre(recu, a_envoyer(anomalies), retour)
        elif refuse:
            dire("Pas de copie annotée : rien n’a pu être lu de ce fichier.")
    return refuse


def _rendre(recu: Recu, points: Sequence[Anomalie], retour: Path) -> None:
    """Write the marked copy of a file, or say why there is none."""
    try:
        copie = copies.annoter(recu.chemin, points, retour)
    except ClasseurRefuse as refus:
        dire(f"Pas de copie annotée : {refus.anomalie.message}")
        return
    if copie:
        dire(f"Copie annotée : {copie}")
