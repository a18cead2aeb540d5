"""What a decision would change, before it is taken: a build tried on a copy, compared with the warehouse."""

import datetime as dt
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

import duckdb

from ctg.referentiel import charger
from etl import saisies
from etl.construction import empreinte
from etl.construction.assemblage import assembler
from etl.construction.entrepot import collecter
from etl.construction.remplacement import PRECEDENT, essayer
from etl.construction.signalements import Signalement, comparer
from etl.inventaire import dossier_saisies
from etl.lecture.memoire import rappeler
from etl.saisies.rassemblement import rassembler

_AVANT = PRECEDENT
# what tells a row of publication.mesure from the others
CLE_DE_MESURE = (
    "indicateur_id, niveau, territoire_id, type_structure, perimetre, periode_id, ventilation, modalite"
)
_CHANGES = f"""
    WITH mesure AS (
        SELECT m.indicateur_id, i.libelle, m.niveau, t.nom, p.libelle AS periode,
               CASE WHEN m.ventilation <> 'total' THEN v.libelle END AS detail,
               coalesce(a.affichage, 'rien') AS avant, m.affichage AS apres, p.rang
        FROM publication.mesure AS m
        LEFT JOIN {_AVANT}.publication.mesure AS a USING ({CLE_DE_MESURE})
        JOIN publication.indicateur AS i ON i.indicateur_id = m.indicateur_id
        JOIN publication.territoire AS t ON t.niveau = m.niveau AND t.territoire_id = m.territoire_id
        JOIN publication.periode AS p ON p.periode_id = m.periode_id
        LEFT JOIN publication.ventilation AS v ON v.ventilation = m.ventilation AND v.modalite = m.modalite
        WHERE m.affichage IS DISTINCT FROM a.affichage AND m.perimetre = 'tous'
          AND (m.type_structure = 'tous' OR m.niveau = 'structure')
    ),
    -- what a structure says of itself; a line is there when it was answered
    dite AS (
        SELECT *, CASE WHEN exercice = annee THEN annee::VARCHAR ELSE 'exercice ' || exercice END AS periode
        FROM (
            SELECT coalesce(n.structure_id, a.structure_id) AS structure_id,
                   coalesce(n.annee, a.annee) AS annee,
                   coalesce(n.exercice, a.exercice) AS exercice, coalesce(n.libelle, a.libelle) AS libelle,
                   coalesce(n.rang, a.rang) AS rang, coalesce(a.affichage, 'rien') AS avant,
                   coalesce(n.affichage, 'rien') AS apres
            FROM publication.chiffre_clef AS n
            FULL JOIN {_AVANT}.publication.chiffre_clef AS a
                ON a.structure_id = n.structure_id AND a.annee = n.annee AND a.exercice = n.exercice
               AND a.poste_id = n.poste_id
            UNION ALL
            SELECT coalesce(n.structure_id, a.structure_id), coalesce(n.annee, a.annee),
                   coalesce(n.annee, a.annee), coalesce(n.libelle, a.libelle), 0,
                   coalesce(a.affichage, 'rien'), coalesce(n.affichage, 'rien')
            FROM publication.vie_structure AS n
            FULL JOIN {_AVANT}.publication.vie_structure AS a
                ON a.structure_id = n.structure_id AND a.annee = n.annee AND a.champ_id = n.champ_id
        )
        WHERE avant <> apres
    )
    SELECT libelle, nom, periode, detail, avant, apres FROM (
        SELECT * FROM mesure
        UNION ALL
        SELECT '', d.libelle, 'structure', s.nom, d.periode, NULL, d.avant, d.apres, d.rang
        FROM dite AS d JOIN publication.structure AS s ON s.structure_id = d.structure_id
    )
    ORDER BY indicateur_id, CASE niveau WHEN 'structure' THEN 1 WHEN 'quartier' THEN 2 ELSE 3 END,
             detail IS NOT NULL, rang, nom, libelle, detail
"""
# the fiches that had the aval, and of which a published figure would change
_AVALS = f"""
    SELECT a.fiche_id, a.annee, n.etape IS NOT NULL AS garde
    FROM {_AVANT}.publication.etape AS a
    LEFT JOIN publication.etape AS n ON n.fiche_id = a.fiche_id AND n.annee = a.annee AND n.etape = a.etape
    WHERE a.etape = 'aval'
      AND (n.etape IS NULL OR EXISTS (
          SELECT 1 FROM publication.mesure AS m
          JOIN {_AVANT}.publication.mesure AS p USING ({CLE_DE_MESURE})
          JOIN publication.indicateur_ligne AS l
              ON l.indicateur_id = m.indicateur_id AND l.fiche_id = a.fiche_id
          WHERE m.annee = a.annee AND m.affichage <> p.affichage))
    ORDER BY a.annee, a.fiche_id
"""

# what was approved of other figures than those a decision would make: fiches, then structures
_APPROBATIONS = f"""
    SELECT a.fiche_id AS qui, a.annee, list_sort(list(a.etape)) AS etapes, 1 AS rang
    FROM {_AVANT}.publication.etape AS a
    ANTI JOIN publication.etape AS n USING (annee, fiche_id, etape)
    WHERE a.etape IN ('confirmee', 'validee')
    GROUP BY ALL
    UNION ALL
    SELECT s.nom, a.annee, ['confirmee'], 2
    FROM {_AVANT}.collecte.confirmation AS a
    ANTI JOIN collecte.confirmation AS n USING (annee, repondant_id)
    JOIN publication.structure AS s ON s.structure_id = a.repondant_id
    ORDER BY rang, annee, qui
"""


class Change(NamedTuple):
    """A published figure that would read otherwise; `detail` names the part of a breakdown, else None."""

    mesure: str
    territoire: str
    periode: str
    detail: str | None
    avant: str
    apres: str


class Aval(NamedTuple):
    """A fiche with the aval of the Caf, of which a published figure would change; `garde`: the aval holds."""

    fiche_id: str
    annee: int
    garde: bool


class Approbation(NamedTuple):
    """A fiche or a structure (`qui`: as named) whose approvals a decision would make void."""

    qui: str
    annee: int
    etapes: list[str]


class Apercu(NamedTuple):
    """What a decision would change: published figures, avals, anomalies of the queue, approvals."""

    changes: list[Change]
    avals: list[Aval]
    signalements: list[Signalement]
    approbations: list[Approbation]


def apercevoir(
    nom: str, champs: dict[str, object], dossiers: tuple[Path, ...], dossier_referentiel: Path, entrepot: Path
) -> Apercu:
    """What a line added to the register `nom` would change; nothing is written.

    Raises SaisieRefusee (the line cannot be taken), duckdb.Error (no warehouse to compare with), OSError and
    what reading the convention or the files received raises.
    """
    version, referentiel = empreinte.de_la_suite(dossier_referentiel), charger(dossier_referentiel)
    with tempfile.TemporaryDirectory() as atelier, essayer(entrepot, version) as connexion:
        essai = Path(atelier) / "saisies"
        if dossier_saisies().is_dir():
            shutil.copytree(dossier_saisies(), essai)
        saisies.ajouter(nom, champs, referentiel, essai)
        collecte, _ = collecter(dossiers, referentiel, connue=rappeler(connexion))
        collecte.saisies = rassembler(referentiel, collecte.fictive, essai)
        assembler(connexion, referentiel, collecte, "", dt.datetime.now())
        return constater(connexion)


def constater(connexion: duckdb.DuckDBPyConnection) -> Apercu:
    """What the warehouse tried changes of the one that is attached. Raises duckdb.Error: none is."""
    return Apercu(
        [Change(*ligne) for ligne in connexion.execute(_CHANGES).fetchall()],
        [Aval(*ligne) for ligne in connexion.execute(_AVALS).fetchall()],
        comparer(connexion),
        approbations(connexion),
    )


def approbations(connexion: duckdb.DuckDBPyConnection) -> list[Approbation]:
    """What the warehouse tried would make void, of what was approved in the one that is attached."""
    return [Approbation(*ligne[:3]) for ligne in connexion.execute(_APPROBATIONS).fetchall()]
