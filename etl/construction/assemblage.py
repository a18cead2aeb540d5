"""The warehouse itself: schema, convention, facts, then the views that aggregate, mask and publish."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import duckdb

from ctg import confidentialite
from ctg.referentiel.referentiel import Referentiel
from etl.construction import ecriture
from etl.construction.avancement import Avancement, sans_suite
from etl.construction.chargement import charger_collecte
from etl.construction.dimensions import charger_convention
from etl.controles import acceptation
from etl.controles.controle import controler
from etl.lecture.collecte import Collecte

_ETL = Path(__file__).parents[1]
_AGREGATS_FAITS = "30"  # etl/vues/1x-2x aggregate, 3x mask, 4x and after publish


def assembler(
    connexion: duckdb.DuckDBPyConnection,
    referentiel: Referentiel,
    collecte: Collecte,
    empreinte: str,
    construit_le: dt.datetime,
    avancement: Avancement = sans_suite,
) -> None:
    """Build a whole warehouse in an empty database. Raises duckdb.Error when a constraint is broken."""
    p = referentiel.parametres
    seuils = p.confidentialite
    connexion.execute(
        confidentialite.macros(
            confidentialite.Seuils(seuils.seuil_personnes, seuils.seuil_taux, seuils.seuil_satisfaction)
        )
    )
    ecriture.enregistrer(connexion)
    for nom, valeur in (
        ("ville_id", p.convention.ville_id),
        ("commune_insee", p.convention.commune_insee),
        ("annee_reference", p.annee_reference),
        ("seuil_stable", p.evolution.seuil_stable),
        ("seuil_etat", p.couverture.seuil_etat),
    ):
        connexion.execute(f"SET VARIABLE {nom} = ?", [valeur])
    avancement("assemblage")
    executer(connexion, "schema")
    charger_convention(connexion, referentiel, collecte.annees)
    charger_collecte(connexion, collecte)
    executer(connexion, "jugement")
    avancement("controle")
    acceptation.relever(connexion)
    controler(connexion, "avant")
    avancement("publication")
    executer(connexion, "vues", lambda nom: nom < _AGREGATS_FAITS)
    controler(connexion, "apres")
    acceptation.signaler_les_perimees(connexion)
    executer(connexion, "vues", lambda nom: nom >= _AGREGATS_FAITS)
    connexion.execute(
        "INSERT INTO publication.convention SELECT ?, ?, ?, ?, ?, ?,"
        " EXISTS (SELECT 1 FROM interne.depot WHERE retenu AND fictif)",
        [p.convention.id, p.convention.titre, p.convention.debut, p.convention.fin, empreinte, construit_le],
    )


def executer(
    connexion: duckdb.DuckDBPyConnection, dossier: str, choisir: Callable[[str], bool] = lambda nom: True
) -> None:
    """Run the `.sql` files of a folder of `etl/`, in the order of the names."""
    for chemin in sorted((_ETL / dossier).glob("*.sql")):
        if choisir(chemin.name):
            try:
                connexion.execute(chemin.read_text(encoding="utf-8"))
            except duckdb.Error as erreur:
                erreur.add_note(f"dans etl/{dossier}/{chemin.name}")
                raise
