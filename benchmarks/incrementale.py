"""One figure corrected in one workbook: building after it, against reading and building everything again."""

import itertools
from pathlib import Path

import openpyxl

from benchmarks.formulaires import rapports
from benchmarks.mesure import Comparaison, chronometrer
from ctg.referentiel import charger, dossier_par_defaut
from etl.construction import empreinte
from etl.construction.entrepot import collecter, construire
from etl.construction.remplacement import essayer
from etl.lecture.memoire import rappeler

_REPONSES = range(6, 10)  # the columns of the answers in a form


def mesurer(donnees: Path, demo: Path, entrepot: Path) -> list[Comparaison]:
    """Two comparisons, on the open data of `donnees` and the forms of `demo`: the reading, then the build.

    Before each repetition the same figure of the same workbook changes; the workbook is put back afterwards.
    """
    referentiel, dossiers = charger(dossier_par_defaut()), (donnees, demo)
    version = empreinte.de_la_suite(dossier_par_defaut())
    fichier, banc = rapports(demo)[0], entrepot.with_name("banc.duckdb")
    recu = fichier.read_bytes()
    versions = itertools.cycle((_corriger(fichier), recu))

    def construire_apres_un_changement() -> None:
        fichier.write_bytes(next(versions))
        construire(dossiers, dossier_par_defaut(), banc)

    def lire_apres_un_changement() -> None:
        fichier.write_bytes(next(versions))
        with essayer(banc, version) as connexion:
            collecter(dossiers, referentiel, connue=rappeler(connexion))

    try:
        tout = chronometrer(lambda: construire(dossiers, dossier_par_defaut(), banc, tout_relire=True))
        apres = chronometrer(construire_apres_un_changement)
        fichier.write_bytes(recu)
        construire(dossiers, dossier_par_defaut(), banc)
        return [
            Comparaison(
                "lire et départager après un chiffre corrigé dans un classeur",
                chronometrer(lire_apres_un_changement),
                chronometrer(lambda: collecter(dossiers, referentiel)),
                "tout lire",
            ),
            Comparaison(
                "construire après un chiffre corrigé dans un classeur", apres, tout, "tout reconstruire"
            ),
        ]
    finally:
        fichier.write_bytes(recu)
        banc.unlink(missing_ok=True)


def _corriger(fichier: Path) -> bytes:
    """The workbook with one more in its first answer that is a number."""
    classeur, corrige = openpyxl.load_workbook(fichier), fichier.with_name(f".{fichier.name}")
    case = next(
        rangee[colonne - 1]
        for feuille in classeur
        for rangee in feuille.iter_rows()
        if str(rangee[0].value).startswith("i:")
        for colonne in _REPONSES
        if isinstance(rangee[colonne - 1].value, int)
    )
    case.value += 1
    classeur.save(corrige)
    octets = corrige.read_bytes()
    corrige.unlink()
    return octets
