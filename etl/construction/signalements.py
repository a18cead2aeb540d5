"""What the queue of anomalies would gain and lose: a build tried against the warehouse."""

from collections import defaultdict
from typing import NamedTuple

import duckdb

from ctg.gravites import GRAVITES
from etl.construction.remplacement import PRECEDENT

_LIRE = """
    SELECT regle, gravite, message, fichier, feuille, cellule, repondant_id, annee
    FROM {schema}collecte.anomalie
    WHERE NOT remplacee AND NOT acceptee
"""
_RANGS = {gravite: rang for rang, gravite in enumerate(GRAVITES)}
_SAISIES = "saisies/valeurs.csv"


class _Anomalie(NamedTuple):
    regle: str
    gravite: str
    message: str
    fichier: str
    feuille: str | None
    cellule: str | None
    repondant_id: str | None
    annee: int | None

    @property
    def place(self) -> tuple:
        """What does not change when the same thing is told again with other numbers; a figure entered by hand
        changes of line when it is corrected."""
        ou = (self.fichier,) if self.fichier == _SAISIES else (self.fichier, self.feuille, self.cellule)
        return (self.regle, self.repondant_id, self.annee, *ou)


class Signalement(NamedTuple):
    """An anomaly that a decision would move: `sort` is apparu | reste | leve; `reste`: said otherwise."""

    sort: str
    gravite: str
    message: str


def comparer(connexion: duckdb.DuckDBPyConnection) -> list[Signalement]:
    """Anomalies that appear, stay with other words, or go; the worst first. The warehouse is attached."""
    avant, apres = (
        [_Anomalie(*ligne) for ligne in connexion.execute(_LIRE.format(schema=schema)).fetchall()]
        for schema in (f"{PRECEDENT}.", "")
    )
    connues, restees = set(avant), set(apres)
    parties = defaultdict(list)
    for une in avant:
        if une not in restees:
            parties[une.place].append(une)
    signales = []
    for une in (a for a in apres if a not in connues):
        anciennes = parties[une.place]
        if anciennes and anciennes[0].gravite == "bloquant" and une.gravite == "information":
            continue  # a refusal that a correction lifts stays in the queue as an information
        if anciennes:
            anciennes.pop()
            signales.append(Signalement("reste", une.gravite, une.message))
        else:
            signales.append(Signalement("apparu", une.gravite, une.message))
    signales += [Signalement("leve", a.gravite, a.message) for groupe in parties.values() for a in groupe]
    ordre = ("apparu", "reste", "leve")
    return sorted(signales, key=lambda s: (ordre.index(s.sort), _RANGS[s.gravite], s.message))
