"""From what was read to schema `interne`: one Arrow table per table, never row by row."""

from collections.abc import Iterable, Iterator

import duckdb
import pyarrow as pa

from etl.anomalie import Anomalie
from etl.insertion import inserer, inserer_table
from etl.jugement.depots import Depot
from etl.lecture.collecte import Collecte, Fichier
from etl.lecture.memoire import PRECEDENT, garder

_LUE = pa.schema(
    [
        ("depot_id", pa.int32()),
        ("rubrique", pa.string()),
        ("objet_id", pa.string()),
        ("quartier_id", pa.string()),
        ("ventilation", pa.string()),
        ("modalite", pa.string()),
        ("code", pa.string()),
        ("valeur", pa.float64()),
        ("texte", pa.string()),
        ("etat", pa.string()),
        ("remarque", pa.string()),
        ("cellule", pa.string()),
        ("remarque_a_relire", pa.bool_()),
        ("estime", pa.bool_()),
        ("feuille", pa.string()),
    ]
)

# A form that was not read again: its cells are those of the previous warehouse, under their new number.
_REPRENDRE_LUES = f"""
    INSERT INTO interne.lue BY NAME
    SELECT lues.* REPLACE (reprises.depot_id AS depot_id)
    FROM {PRECEDENT}.interne.lue AS lues JOIN reprises ON reprises.ancien_id = lues.depot_id
"""

# What may name somebody stays in its file: the warehouse only knows its address.
_INSERER_LUES = """
    INSERT INTO interne.lue BY NAME
    SELECT * REPLACE (CASE WHEN etat <> 'a_relire' THEN texte END AS texte,
                      CASE WHEN NOT remarque_a_relire THEN remarque END AS remarque)
    FROM trame
"""


def charger_collecte(connexion: duckdb.DuckDBPyConnection, collecte: Collecte) -> None:
    """Fill `interne` with files, submissions, cells, decisions, anomalies and observations."""
    inserer(
        connexion,
        "interne.fichier",
        ({n: getattr(f, n) for n in Fichier.__slots__} for f in collecte.fichiers),
    )
    inserer(connexion, "interne.depot", (_ligne_de_depot(n, d) for n, d in enumerate(collecte.depots)))
    _charger_lues(connexion, collecte.depots)
    if collecte.version:
        garder(connexion, collecte.lectures, collecte.version)
    for table, lignes in collecte.saisies.tables.items():
        inserer(connexion, f"interne.{table}", lignes)
    inserer(connexion, "interne.anomalie", _lignes_d_anomalie(collecte))
    inserer(connexion, "interne.source_variable", collecte.variables)
    inserer(connexion, "interne.territoire", _lignes_de_territoire(collecte))
    if collecte.observations is not None:
        inserer_table(connexion, "interne.observation", collecte.observations)


def _ligne_de_depot(depot_id: int, depot: Depot) -> dict:
    formulaire = depot.formulaire
    return {
        "depot_id": depot_id,
        "fichier": depot.fichier,
        "feuille": formulaire.feuille,
        "formulaire": formulaire.genre,
        "source": formulaire.source,
        "repondant_id": formulaire.repondant_id,
        "annee": formulaire.annee,
        "fictif": formulaire.fictif,
        "rempli_le": formulaire.rempli_le,
        "recu_le": depot.date,
        "statut": depot.statut,
        "retenu": depot.retenu,
        "remplace_par": depot.remplace_par,
        "message": depot.message,
    }


def _charger_lues(connexion: duckdb.DuckDBPyConnection, depots: Iterable[Depot]) -> None:
    """Load the cells of every form that was not refused, former submissions included."""
    numeros, cellules, reprises = [], [], []
    for depot_id, depot in enumerate(depots):
        formulaire = depot.formulaire
        if depot.statut == "refuse":
            continue
        if formulaire.garde:
            reprises.append({"depot_id": depot_id, "ancien_id": formulaire.garde.depot_id})
        else:
            numeros += [depot_id] * len(formulaire.cellules)
            cellules += formulaire.cellules
    if cellules:
        trame = pa.table([numeros, *map(list, zip(*cellules, strict=True))], schema=_LUE)
        connexion.register("trame", trame)
        connexion.execute(_INSERER_LUES)
        connexion.unregister("trame")
    if reprises:
        connexion.register("reprises", pa.Table.from_pylist(reprises))
        connexion.execute(_REPRENDRE_LUES)
        connexion.unregister("reprises")


def _lignes_d_anomalie(collecte: Collecte) -> Iterator[dict]:
    for fichier, anomalie in (*collecte.anomalies, *collecte.saisies.anomalies):
        yield {"fichier": fichier, **anomalie._asdict(), "repondant_id": None, "annee": None}
    for depot in collecte.depots:
        formulaire = depot.formulaire
        identite = {"repondant_id": formulaire.repondant_id, "annee": formulaire.annee}
        for anomalie in formulaire.anomalies:
            yield {"fichier": depot.fichier, **anomalie._asdict(), **identite}
        if depot.statut == "ignore":
            yield {
                "fichier": depot.fichier,
                **Anomalie(formulaire.feuille, None, "bloquant", "ordre_des_depots", depot.message)._asdict(),
                **identite,
            }


def _lignes_de_territoire(collecte: Collecte) -> Iterator[dict]:
    uniques = {(t.niveau, t.territoire_id): t.nom for t in collecte.territoires}
    for (niveau, territoire_id), nom in uniques.items():
        yield {"niveau": niveau, "territoire_id": territoire_id, "nom": nom}
