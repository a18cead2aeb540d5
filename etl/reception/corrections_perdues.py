"""The figures corrected by hand that a drop would make void: said before, not found afterwards.

A correction holds as long as its cell still says what the person had read (etl/jugement/30_corrections.sql):
a newer report that says something else is never overwritten.
"""

import datetime as dt
from dataclasses import dataclass

import duckdb

from etl.canevas.reponse.petits_nombres import NON_MONTRE
from etl.construction.remplacement import PRECEDENT

# the last decision about each cell, when it holds today and would not. A file is concerned when the cell is
# its own, or when it speaks for the same respondent and year and the cell would be gone.
_PERDUES = """
    WITH derniere AS (
        SELECT * FROM collecte.correction
        QUALIFY row_number() OVER (PARTITION BY repondant_id, annee, cle, code
                                   ORDER BY le DESC, ligne DESC) = 1
    )
    SELECT coalesce(s.nom, c.repondant_id) AS repondant, c.objet, c.annee, c.code, {ancienne}, {nouvelle},
           c.le, c.fonction
    FROM derniere AS c
    {aujourd_hui}
    LEFT JOIN interne.structure AS s ON s.structure_id = c.repondant_id
    WHERE c.sort = 'perimee' AND {valait}
      AND EXISTS (SELECT 1 FROM interne.depot AS d
                  WHERE d.fichier = $fichier AND d.repondant_id = c.repondant_id AND d.annee = c.annee)
      AND (c.fichier = $fichier OR NOT coalesce(starts_with(c.fichier, $deposes), false))
    ORDER BY repondant, c.annee, c.objet, c.code
"""
# hidden in one of the two warehouses, a value stays hidden
_MONTREE = f"CASE WHEN a.{{0}} = '{NON_MONTRE}' THEN a.{{0}} ELSE c.{{0}} END"


@dataclass(frozen=True, slots=True)
class Perdue:
    """A correction that would no longer apply: the figure, its two values as shown, when and by whom."""

    repondant: str
    objet: str
    annee: int
    code: str
    ancienne: str
    nouvelle: str
    le: dt.datetime
    fonction: str


def lire(
    connexion: duckdb.DuckDBPyConnection, fichier: str, deposes: str, comparer: bool
) -> tuple[Perdue, ...]:
    """The corrections that `fichier` would make void; `deposes`: how the names of the dropped files begin.

    `comparer`: the warehouse of today is attached; without it, nothing tells those that already were.
    """
    if comparer:
        lieux = {
            "aujourd_hui": f"LEFT JOIN {PRECEDENT}.collecte.correction AS a ON a.ligne = c.ligne",
            "valait": "a.sort IS DISTINCT FROM 'perimee'",
            "ancienne": _MONTREE.format("ancienne"),
            "nouvelle": _MONTREE.format("nouvelle"),
        }
    else:
        lieux = {"aujourd_hui": "", "valait": "true", "ancienne": "c.ancienne", "nouvelle": "c.nouvelle"}
    lues = connexion.execute(_PERDUES.format(**lieux), {"fichier": fichier, "deposes": deposes}).fetchall()
    return tuple(Perdue(*ligne) for ligne in lues)
