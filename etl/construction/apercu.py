"""What a decision would change, before it is taken: a whole build in memory, compared with the warehouse."""

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
from etl.inventaire import dossier_saisies
from etl.lecture import memoire
from etl.saisies.rassemblement import rassembler

_CHANGES = f"""
    SELECT i.libelle, t.nom, p.libelle AS periode,
           CASE WHEN m.ventilation <> 'total' THEN v.libelle END AS detail,
           coalesce(a.affichage, 'rien') AS avant, m.affichage AS apres
    FROM publication.mesure AS m
    LEFT JOIN {memoire.PRECEDENT}.publication.mesure AS a
        ON a.indicateur_id = m.indicateur_id AND a.niveau = m.niveau AND a.territoire_id = m.territoire_id
       AND a.type_structure = m.type_structure AND a.perimetre = m.perimetre AND a.periode_id = m.periode_id
       AND a.ventilation = m.ventilation AND a.modalite = m.modalite
    JOIN publication.indicateur AS i ON i.indicateur_id = m.indicateur_id
    JOIN publication.territoire AS t ON t.niveau = m.niveau AND t.territoire_id = m.territoire_id
    JOIN publication.periode AS p ON p.periode_id = m.periode_id
    LEFT JOIN publication.ventilation AS v ON v.ventilation = m.ventilation AND v.modalite = m.modalite
    WHERE m.affichage IS DISTINCT FROM a.affichage AND m.perimetre = 'tous'
      AND (m.type_structure = 'tous' OR m.niveau = 'structure')
    ORDER BY m.indicateur_id, CASE m.niveau WHEN 'structure' THEN 1 WHEN 'quartier' THEN 2 ELSE 3 END,
             m.ventilation <> 'total', p.rang, t.nom
"""


class Change(NamedTuple):
    """A published figure that would read otherwise; `detail` names the part of a breakdown, else None."""

    mesure: str
    territoire: str
    periode: str
    detail: str | None
    avant: str
    apres: str


def apercevoir(
    nom: str, champs: dict[str, object], dossiers: tuple[Path, ...], dossier_referentiel: Path, entrepot: Path
) -> list[Change]:
    """The figures that a line added to the register `nom` would change; nothing is written.

    Raises SaisieRefusee (the line cannot be taken), duckdb.Error (no warehouse to compare with), OSError and
    what reading the convention or the files received raises.
    """
    referentiel, version = charger(dossier_referentiel), empreinte.de_la_lecture(dossier_referentiel)
    with tempfile.TemporaryDirectory() as atelier, duckdb.connect(":memory:") as connexion:
        essai = Path(atelier) / "saisies"
        if dossier_saisies().is_dir():
            shutil.copytree(dossier_saisies(), essai)
        saisies.ajouter(nom, champs, referentiel, essai)
        connue = memoire.ouvrir(connexion, entrepot, version)
        collecte, _ = collecter(dossiers, referentiel, connue=connue)
        collecte.saisies = rassembler(referentiel, collecte.fictive, essai)
        assembler(connexion, referentiel, collecte, "", dt.datetime.now())
        return [Change(*ligne) for ligne in connexion.execute(_CHANGES).fetchall()]
