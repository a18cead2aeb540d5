"""The warehouse itself: schema, convention, facts, then the views that aggregate, mask and publish."""

import datetime as dt

import duckdb

from ctg import confidentialite
from ctg.referentiel.referentiel import Referentiel
from etl.construction import ecriture, tables
from etl.construction.avancement import Avancement, sans_suite
from etl.construction.chargement import charger_collecte
from etl.construction.dimensions import annees_de_campagne, charger_convention
from etl.construction.tables import executer, preparer
from etl.controles import acceptation
from etl.controles.controle import controler
from etl.lecture.collecte import Collecte
from etl.secret import complementaire

# etl/vues: 1x and 2x aggregate, 30 to 34 judge each number, 35 and after hide what would tell, then publish
_AGREGATS_FAITS, _NOMBRES_JUGES = "30", "35"


def assembler(
    connexion: duckdb.DuckDBPyConnection,
    referentiel: Referentiel,
    collecte: Collecte,
    empreinte: str,
    construit_le: dt.datetime,
    avancement: Avancement = sans_suite,
) -> None:
    """Build a whole warehouse, in an empty database or in the copy of the one that `collecte` continues.

    Raises duckdb.Error when a constraint is broken.
    """
    p = referentiel.parametres
    seuils = confidentialite.Seuils(
        p.confidentialite.seuil_personnes, p.confidentialite.seuil_taux, p.confidentialite.seuil_satisfaction
    )
    connexion.execute(confidentialite.macros(seuils))
    # decimals added up by several threads would not always make the same sum, nor the same published text;
    # and sharing queries so small among threads costs more than they do
    connexion.execute("SET threads = 1")
    ecriture.enregistrer(connexion)
    # DuckDB 2.0 crashes there on rows that are not committed yet (QUALIFY row_number() … = 1)
    connexion.execute("SET disabled_optimizers = 'top_n_window_elimination'")
    for nom, valeur in (
        ("ville_id", p.convention.ville_id),
        ("commune_insee", p.convention.commune_insee),
        ("annee_reference", p.annee_reference),
        ("seuil_stable", p.evolution.seuil_stable),
        ("seuil_etat", p.couverture.seuil_etat),
    ):
        connexion.execute(f"SET VARIABLE {nom} = ?", [valeur])
    avancement("assemblage")
    neuf = tables.est_neuf(connexion)
    convention_change = neuf or _annees_changees(connexion, referentiel, collecte)
    preparer(
        connexion,
        mises_de_cote={
            tables.MESURES,
            *((tables.LECTURES,) if neuf or collecte.lectures_changees else ()),
            *((tables.OUVERTES,) if collecte.ouvertes else ()),
        },
        videes={tables.CONVENTION} if convention_change else set(),
    )
    if convention_change:
        charger_convention(connexion, referentiel, collecte.annees)
    charger_collecte(connexion, collecte)
    executer(connexion, "jugement")
    avancement("controle")
    acceptation.relever(connexion)
    controler(connexion, "avant")
    avancement("publication")
    if collecte.ouvertes:
        executer(connexion, "diagnostics")
    executer(connexion, "vues", lambda nom: nom < _AGREGATS_FAITS)
    controler(connexion, "apres")
    acceptation.signaler_les_perimees(connexion)
    executer(connexion, "vues", lambda nom: _AGREGATS_FAITS <= nom < _NOMBRES_JUGES)
    complementaire.masquer(connexion, seuils)
    executer(connexion, "vues", lambda nom: nom >= _NOMBRES_JUGES)
    connexion.execute(
        "INSERT INTO publication.convention SELECT ?, ?, ?, ?, ?, ?,"
        " EXISTS (SELECT 1 FROM interne.depot WHERE retenu AND fictif)",
        [p.convention.id, p.convention.titre, p.convention.debut, p.convention.fin, empreinte, construit_le],
    )


def _annees_changees(
    connexion: duckdb.DuckDBPyConnection, referentiel: Referentiel, collecte: Collecte
) -> bool:
    """Say whether the campaigns are no longer those of the previous warehouse: an unannounced year."""
    connues = {annee for (annee,) in connexion.execute("SELECT annee FROM interne.campagne").fetchall()}
    return connues != annees_de_campagne(referentiel, collecte.annees)
