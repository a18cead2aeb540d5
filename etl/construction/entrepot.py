"""Building the warehouse: read what was received, assemble, replace; and say what was not taken."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ctg.referentiel import Referentiel, charger
from etl import hachages, inventaire
from etl.classeurs_libres.declaration.chargement import declarations
from etl.construction import empreinte
from etl.construction.assemblage import assembler
from etl.construction.avancement import Avancement, sans_suite, suivre
from etl.construction.remplacement import remplacer
from etl.lecture.collecte import Collecte
from etl.lecture.lecteur import Lecteur
from etl.lecture.memoire import SANS_MEMOIRE, Memoire, rappeler
from etl.saisies.rassemblement import rassembler

# a file set aside on purpose (open data of no use here) is named like the others, and asks nothing of anybody
_REJETS = """
    SELECT fichier, feuille, cellule, message, gravite FROM collecte.anomalie
    WHERE gravite = 'bloquant' AND NOT remplacee AND NOT acceptee
    UNION ALL
    SELECT f.fichier, f.feuille, NULL,
           coalesce(f.message, 'Ce fichier ne contient aucun formulaire lisible.'),
           CASE f.statut WHEN 'ignore' THEN 'information' ELSE 'bloquant' END
    FROM collecte.fichier AS f
    WHERE f.statut IN ('refuse', 'ignore')
      AND NOT EXISTS (SELECT 1 FROM collecte.anomalie AS a
                      WHERE a.fichier = f.fichier AND a.gravite = 'bloquant'
                        AND (a.feuille IS NULL OR f.feuille IS NULL OR a.feuille = f.feuille))
    ORDER BY ALL
"""
_A_CONFIRMER = """
    SELECT fichier, feuille, cellule, message, gravite FROM collecte.anomalie
    WHERE gravite = 'a_confirmer' AND NOT remplacee AND NOT acceptee
    ORDER BY ALL
"""
_INFORMATIONS = """
    SELECT count(*) FROM collecte.anomalie WHERE gravite = 'information' AND NOT remplacee AND NOT acceptee
"""


class FichierRetire(Exception):  # noqa: N818  (French nouns of the house)
    """A file that was read is no longer there: what it said must not stay in the blocks that the copy of the
    warehouse no longer uses."""


@dataclass(frozen=True, slots=True)
class Rejet:
    """Something that was not loaded, or that waits for a confirmation: its address and the reason."""

    fichier: str
    feuille: str | None
    cellule: str | None
    message: str
    gravite: str = "bloquant"


@dataclass(frozen=True, slots=True)
class Bilan:
    """What a build did. `demo_ajoutee`: the fictional campaign stood in for forms nobody sent yet.

    `rejets` were not loaded; `a_confirmer` were, and somebody has to look at them.
    """

    entrepot: Path
    nb_fichiers: int
    nb_formulaires: int
    nb_observations: int
    fictif: bool
    demo_ajoutee: bool
    rejets: tuple[Rejet, ...]
    a_confirmer: tuple[Rejet, ...] = ()
    nb_informations: int = 0

    @property
    def nb_a_corriger(self) -> int:
        """How many of `rejets` somebody must correct: those set aside on purpose ask for nothing."""
        return sum(rejet.gravite == "bloquant" for rejet in self.rejets)


def construire(
    dossiers: tuple[Path, ...],
    dossier_referentiel: Path,
    entrepot: Path,
    avancement: Avancement = sans_suite,
    tout_relire: bool = False,
) -> Bilan:
    """Rebuild the warehouse from the files of `dossiers` (see `inventaire.dossiers_lus`).

    Only the files that changed are read, unless `tout_relire`; the result is the same.
    `avancement` is told each stage as it begins.

    Raises ReferentielInvalide (every error of the convention), ReceptionsIllisibles, OSError (folder or file
    that cannot be read or written); the former warehouse then stands untouched.
    """
    if not dossiers[0].is_dir():
        raise NotADirectoryError(f"Le dossier « {dossiers[0]} » n’existe pas.")
    choix = (dossiers, dossier_referentiel, entrepot, avancement)
    if not tout_relire:
        hachages.rappeler(entrepot)
    try:
        bilan = _construire(*choix, tout_relire)
    except (duckdb.Error, FichierRetire):
        if tout_relire:
            raise
        # the fault may be of what was continued: nothing of it is trusted any more
        bilan = _construire(*choix, tout_relire=True)
    hachages.garder(entrepot)
    return bilan


def _construire(
    dossiers: tuple[Path, ...],
    dossier_referentiel: Path,
    entrepot: Path,
    avancement: Avancement,
    tout_relire: bool,
) -> Bilan:
    version = empreinte.de_la_suite(dossier_referentiel)  # before the convention: it may change meanwhile

    def encore() -> bool:
        return empreinte.de_la_suite(dossier_referentiel) == version

    with remplacer(entrepot, version, suite=not tout_relire, encore=encore) as connexion:
        referentiel = charger(dossier_referentiel)
        declarations(referentiel)  # an error in one is told before anything is read
        signature = empreinte.calculer(version, dossiers)
        connue = rappeler(connexion)
        collecte, demo_ajoutee = collecter(dossiers, referentiel, avancement, connue=connue)
        if connue.fichiers - {fichier.fichier for fichier in collecte.fichiers}:
            raise FichierRetire
        construit_le = dt.datetime.now().replace(microsecond=0)
        # one transaction: some two hundred statements that would each wait for the disk
        connexion.begin()
        assembler(connexion, referentiel, collecte, signature, construit_le, avancement)
        connexion.commit()
        bilan = _bilan(connexion, entrepot, collecte, demo_ajoutee)
        avancement("mise_en_place")
    return bilan


def formulaire_reel_present(dossier: Path, referentiel: Referentiel) -> bool:
    """Say whether a form that is not fictional would be accepted among the files of a folder."""
    lecteur = Lecteur(referentiel)
    lecteur.lire(inventaire.inventorier(dossier))
    return lecteur.formulaire_reel


def collecter(
    dossiers: tuple[Path, ...],
    referentiel: Referentiel,
    avancement: Avancement = sans_suite,
    ajouts: Iterable[inventaire.Recu] = (),
    connue: Memoire = SANS_MEMOIRE,
) -> tuple[Collecte, bool]:
    """Read the first folder; the second one (the fictional campaign) only while no real form was accepted.

    `ajouts` are read as if they stood in the first folder too; what is `connue` is not read again.
    """
    lecteur = Lecteur(referentiel, connue)
    recus = inventaire.inventorier(dossiers[0])
    lecteur.lire(suivre([*recus, *ajouts], avancement))
    demo = []
    if not lecteur.formulaire_reel:
        demo = [recu for dossier in dossiers[1:] for recu in inventaire.inventorier(dossier, prefixe="demo/")]
        lecteur.lire(suivre(demo, avancement))
    collecte = lecteur.juger()
    collecte.anomalies += inventaire.inscriptions_sans_fichier(dossiers[0], recus)
    collecte.saisies = rassembler(referentiel, collecte.fictive)
    return collecte, bool(demo)


def _bilan(
    connexion: duckdb.DuckDBPyConnection, entrepot: Path, collecte: Collecte, demo_ajoutee: bool
) -> Bilan:
    retenus = [depot for depot in collecte.depots if depot.retenu]
    return Bilan(
        entrepot=entrepot,
        nb_fichiers=len(collecte.fichiers),
        nb_formulaires=len(retenus),
        nb_observations=connexion.execute("SELECT count(*) FROM interne.observation").fetchone()[0],
        fictif=any(depot.formulaire.fictif for depot in retenus),
        demo_ajoutee=demo_ajoutee,
        rejets=tuple(Rejet(*ligne) for ligne in connexion.execute(_REJETS).fetchall()),
        a_confirmer=tuple(Rejet(*ligne) for ligne in connexion.execute(_A_CONFIRMER).fetchall()),
        nb_informations=connexion.execute(_INFORMATIONS).fetchone()[0],
    )
