"""What a download left unsure of the files that count: told in the queue, where a person answers."""

import datetime as dt
from collections.abc import Iterable
from functools import cache

from ctg.formats import date_courte
from etl.anomalie import Anomalie
from etl.inventaire import Recu
from etl.sources import provenance
from etl.sources.catalogue import familles
from etl.sources.provenance import Provenance

REGLE = "telechargement_a_verifier"


def questions(recus: Iterable[Recu]) -> list[tuple[str, Anomalie]]:
    """(file, anomaly) for each of the files received that was downloaded with a reserve, and not since.

    Nothing for what was put in its place by another way: the bytes are then no longer those it speaks of.
    """
    lire = cache(provenance.lire)
    dites = []
    for recu in recus:
        connue = lire(recu.chemin.parent).get(recu.chemin.name)
        if connue and connue.a_verifier and connue.sha256 == recu.sha256:
            dites.append((recu.nom, _question(connue)))
    return dites


def _question(connue: Provenance) -> Anomalie:
    declares = [d for famille in familles() for d in famille.telechargements]
    page = next((d.page for d in declares if d.adresse == connue.adresse), connue.adresse)
    le = connue.telecharge_le  # a hand may have written anything there
    dite = date_courte(le) if isinstance(le, dt.date) else le
    return Anomalie(
        None,
        None,
        "a_confirmer",
        REGLE,
        f"Téléchargé le {dite} et chargé, mais à vérifier : {connue.a_verifier} "
        f"Comparer avec la page du producteur, {page} : si c’est bien lui, l’accepter avec la raison ; "
        "sinon, le retirer dans Déposer › Reçus.",
    )
