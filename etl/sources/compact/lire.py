"""Our own table of diagnostics, in long form: one line per observation."""

from collections.abc import Mapping

from ctg.formats import compter
from etl.adresse import adresse
from etl.sources.catalogue import familles
from etl.sources.modele import (
    ETATS,
    NIVEAUX,
    Anomalie,
    Contexte,
    LectureSource,
    Observation,
    Territoire,
    ecarter,
    table_arrow,
)
from etl.sources.nombres import annee_du_texte, lire_nombre
from etl.sources.tables import normaliser

COLONNES = ("source_id", "variable_id", "niveau", "territoire_id", "nom", "annee", "valeur", "etat", "note")


def lire(contexte: Contexte) -> LectureSource:
    """Read the table back; lines that say nothing certain are left out and counted by reason."""
    places = {normaliser(e): i for i, e in enumerate(contexte.tableau.entetes)}
    declarees = {(f.source_id, c.variable_id) for f in familles() for c in f.colonnes if c.role == "valeur"}
    observations: dict[tuple, Observation] = {}
    territoires: dict[tuple[str, str], Territoire] = {}
    refus: dict[str, list[int]] = {}
    for ligne, cellules in contexte.tableau.lire(range(len(contexte.tableau.entetes))):
        lu = {c: cellules[i].strip() if i < len(cellules) else "" for c, i in places.items()}
        observation = _observation(lu, ligne, contexte.tableau.entetes[places["valeur"]])
        raison = _defaut(observation, lu["valeur"], declarees, contexte)
        if raison is None and observations.setdefault(observation[:5], observation) is not observation:
            raison = "observation donnée deux fois"
        if raison:
            refus.setdefault(raison, []).append(ligne)
        elif lu.get("nom"):
            cle = (observation.niveau, observation.territoire_id)
            territoires.setdefault(cle, Territoire(*cle, lu["nom"], contexte.commune))
    anomalies = tuple(
        Anomalie(
            None,
            adresse(lignes[0] - 1, 0),
            "a_confirmer",
            "ligne_compacte",
            f"{compter(len(lignes), 'lignes', feminin=True)} hors de la table ({raison}), à partir de la "
            f"ligne {lignes[0]}.",
        )
        for raison, lignes in refus.items()
    )
    if not observations:
        message = f"{contexte.famille.titre} : aucune ligne utilisable."
        return ecarter(contexte.famille.source_id, "refuse", "table_vide", message)
    return LectureSource(
        famille=contexte.famille.source_id,
        statut="accepte_partiel" if anomalies else "accepte",
        message=f"{contexte.famille.titre} : {compter(len(observations), 'observations', feminin=True)}.",
        annee=max(o.annee for o in observations.values()),
        observations=table_arrow(observations.values()),
        territoires=tuple(territoires.values()),
        anomalies=anomalies,
        priorite=contexte.famille.priorite,
    )


def _observation(lu: Mapping[str, str], ligne: int, colonne: str) -> Observation:
    return Observation(
        source_id=lu["source_id"],
        variable_id=lu["variable_id"],
        niveau=lu["niveau"],
        territoire_id=lu["territoire_id"],
        annee=annee_du_texte(lu["annee"]),
        valeur=lire_nombre(lu["valeur"]),
        etat=lu["etat"],
        note=lu.get("note") or None,
        ligne=ligne,
        colonne=colonne,
    )


def _defaut(
    observation: Observation, valeur_lue: str, declarees: set[tuple[str, str]], contexte: Contexte
) -> str | None:
    """Say what makes a line unusable, or None."""
    if (observation.source_id, observation.variable_id) not in declarees:
        return "source ou variable inconnue"
    if observation.niveau not in NIVEAUX or observation.etat not in ETATS or observation.annee is None:
        return "niveau, état ou année illisible"
    if (observation.etat == "publie") != (observation.valeur is not None) or (
        valeur_lue and observation.valeur is None
    ):
        return "état et valeur contradictoires"
    if observation.niveau == "iris" and observation.territoire_id not in contexte.referentiel.iris:
        return "IRIS absent du référentiel"
    return None
