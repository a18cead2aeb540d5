"""From what was read to schema `interne`, never row by row."""

from collections.abc import Iterable, Iterator

import duckdb

from etl.anomalie import Anomalie
from etl.insertion import inserer, inserer_table
from etl.jugement.depots import Depot
from etl.lecture.collecte import Collecte, DonneesOuvertes, Fichier
from etl.lecture.memoire import garder, reprendre_les_formulaires, reprendre_les_sources


def charger_collecte(connexion: duckdb.DuckDBPyConnection, collecte: Collecte) -> None:
    """Fill `interne` with files, submissions, cells, decisions, anomalies and observations.

    What a previous build read of the files that have not changed is taken back, or still there.
    """
    inserer(
        connexion,
        "interne.fichier",
        ({n: getattr(f, n) for n in Fichier.__slots__} for f in collecte.fichiers),
    )
    inserer(connexion, "interne.depot", map(_ligne_de_depot, collecte.depots))
    gardes = [recu.nom for recu, _ in collecte.lectures if recu.nom not in collecte.relus]
    if collecte.lectures_changees:
        reprendre_les_formulaires(connexion, gardes)
    if collecte.ouvertes:
        reprendre_les_sources(connexion, gardes)
    garder(connexion, (lu for lu in collecte.lectures if lu[0].nom in collecte.relus))
    inserer(connexion, "interne.lue", _cellules_lues(collecte.depots))
    for table, lignes in collecte.saisies.tables.items():
        inserer(connexion, f"interne.{table}", lignes)
    inserer(connexion, "interne.anomalie", _lignes_d_anomalie(collecte))
    if collecte.ouvertes:
        _charger_ouvertes(connexion, collecte.ouvertes)
    connexion.execute("INSERT INTO interne.anomalie BY NAME SELECT * FROM interne.contradiction")


def _charger_ouvertes(connexion: duckdb.DuckDBPyConnection, ouvertes: DonneesOuvertes) -> None:
    inserer(connexion, "interne.source_variable", ouvertes.variables)
    uniques = {(t.niveau, t.territoire_id): t.nom for t in ouvertes.territoires}
    inserer(
        connexion,
        "interne.territoire",
        ({"niveau": n, "territoire_id": t, "nom": nom} for (n, t), nom in uniques.items()),
    )
    inserer_table(connexion, "interne.observation", ouvertes.observations)
    inserer(
        connexion,
        "interne.contradiction",
        ({"fichier": fichier, **anomalie._asdict()} for fichier, anomalie in ouvertes.contradictions),
    )


def _ligne_de_depot(depot: Depot) -> dict:
    formulaire = depot.formulaire
    return {
        "depot_id": depot.depot_id,
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


def _cellules_lues(depots: Iterable[Depot]) -> Iterator[dict]:
    """The cells of every form just read that was not refused, former submissions included.

    What may name somebody stays in its file: the warehouse only knows its address.
    """
    for depot in depots:
        if depot.statut != "refuse" and not depot.formulaire.garde:
            for cellule in depot.formulaire.cellules:
                ligne = {"depot_id": depot.depot_id, **cellule._asdict()}
                ligne["cellule"] = ligne.pop("adresse")
                if cellule.etat == "a_relire":
                    ligne["texte"] = None
                if cellule.remarque_a_relire:
                    ligne["remarque"] = None
                yield ligne


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
