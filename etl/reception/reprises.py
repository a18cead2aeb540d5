"""The fiches with the aval of the Caf that a drop would change: said before, taken back with a reason.

« La Caf … donnera son aval avant diffusion » (001:1700-1701): what it did not see waits for another aval.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import duckdb

from ctg.referentiel import Referentiel
from etl.construction.apercu import CLE_DE_MESURE, Change
from etl.construction.remplacement import PRECEDENT
from etl.saisies import ajouter
from etl.saisies.registres import REGISTRES, verifier

_AUJOURD_HUI = f"{PRECEDENT}.publication.mesure"
# the warehouse tried says what changed since the aval; only what changes today is of this drop.
# A figure that moves within several perimeters or types of structure is told once, the widest first.
_REPRISES = """
    SELECT c.annee, c.fiche_id, f.titre, coalesce(g.etape, 'aval') AS etape,
           i.libelle, t.nom, p.libelle AS periode,
           nullif(concat_ws(', ', CASE WHEN c.ventilation <> 'total' THEN v.libelle END,
                            CASE WHEN c.niveau <> 'structure' THEN y.libelle END,
                            CASE WHEN c.perimetre = 'constant' THEN 'à périmètre constant' END),
                  '') AS detail,
           coalesce({avant}, 'rien') AS avant, coalesce(c.apres, 'rien') AS apres
    FROM collecte.changement_apres_aval AS c
    LEFT JOIN {aujourd_hui} AS a USING ({cle})
    JOIN publication.fiche AS f ON f.fiche_id = c.fiche_id
    JOIN publication.indicateur AS i ON i.indicateur_id = c.indicateur_id
    JOIN publication.territoire AS t ON t.niveau = c.niveau AND t.territoire_id = c.territoire_id
    JOIN publication.periode AS p ON p.periode_id = c.periode_id
    LEFT JOIN publication.ventilation AS v ON v.ventilation = c.ventilation AND v.modalite = c.modalite
    LEFT JOIN publication.type_structure AS y ON y.type_id = c.type_structure
    LEFT JOIN interne.etape_decidee AS g
        ON g.annee = c.annee AND g.fiche_id = c.fiche_id AND g.etape = 'diffusee'
    WHERE c.retire_le IS NULL AND c.apres IS DISTINCT FROM {avant}
    QUALIFY row_number() OVER (
        PARTITION BY c.annee, c.fiche_id, c.indicateur_id, c.niveau, c.territoire_id, c.periode_id,
                     c.ventilation, c.modalite
        ORDER BY c.perimetre <> 'tous', c.type_structure <> 'tous', c.type_structure
    ) = 1
    ORDER BY c.annee, c.fiche_id, i.ordre,
             CASE c.niveau WHEN 'ville' THEN 1 WHEN 'quartier' THEN 2 ELSE 3 END, c.ventilation <> 'total',
             p.rang, t.nom, detail
"""


@dataclass(frozen=True, slots=True)
class Reprise:
    """A fiche that would go back before its aval; `etape`: the stage it had reached, aval or diffusee."""

    annee: int
    fiche_id: str
    titre: str
    etape: str
    changes: tuple[Change, ...]


def a_reprendre(connexion: duckdb.DuckDBPyConnection, comparer: bool) -> tuple[Reprise, ...]:
    """The fiches that what the warehouse tried holds would change, with each published figure that does.

    `comparer`: the warehouse of today is attached; else the figures are compared with those of the aval.
    """
    lieux = (
        {"avant": "a.affichage", "aujourd_hui": _AUJOURD_HUI}
        if comparer
        else {"avant": "c.avant", "aujourd_hui": "publication.mesure"}
    )
    lues = connexion.execute(_REPRISES.format(cle=CLE_DE_MESURE, **lieux)).fetchall()
    return tuple(
        Reprise(*fiche, tuple(Change(*ligne[4:]) for ligne in lignes))
        for fiche, lignes in groupby(lues, key=lambda ligne: ligne[:4])
    )


def verifier_le_retrait(
    reprises: Iterable[Reprise], fonction: str, raison: str, referentiel: Referentiel
) -> None:
    """Check what `retirer_les_avals` would write, before anything is accepted. Raises SaisieRefusee."""
    for reprise in reprises:
        blanche = dict.fromkeys(REGISTRES["etapes"].entete, "") | {"le": "2000-01-01", "fictif": "non"}
        verifier("etapes", blanche | _ligne(reprise, fonction, raison), referentiel)


def retirer_les_avals(
    reprises: Iterable[Reprise],
    fonction: str,
    raison: str,
    fictif: str,
    referentiel: Referentiel,
    dossier: Path | None = None,
) -> None:
    """Write in etapes.csv that each fiche goes back, and why. Raises SaisieRefusee, OSError."""
    for reprise in reprises:
        ajouter("etapes", _ligne(reprise, fonction, raison) | {"fictif": fictif}, referentiel, dossier)


def _ligne(reprise: Reprise, fonction: str, raison: str) -> dict[str, str]:
    return {
        "annee": str(reprise.annee),
        "fiche_id": reprise.fiche_id,
        "etape": "aval",
        "acte": "retiree",
        "fonction": fonction,
        "raison": raison,
    }
