"""Everything read and built, then one figure corrected in one workbook: in a process that lasts, as the tests
and the previews of the dashboard do, and by a new command, as an officer and the update of a page do."""

import itertools
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl

from benchmarks.formulaires import lire_simplement, rapports
from benchmarks.mesure import RACINE, Comparaison, chronometrer
from ctg.referentiel import charger, dossier_par_defaut
from etl.construction import empreinte
from etl.construction.entrepot import collecter, construire
from etl.construction.remplacement import essayer
from etl.lecture.memoire import rappeler

_REPONSES = range(6, 10)  # the columns of the answers in a form
_RIEN_FAIT = 2  # exit code


def mesurer(
    ouvertes: str, raw: Path, entrepot: Path, lire_les_ouvertes: Callable[[], object]
) -> list[Comparaison]:
    """Four comparisons on the files of `raw`, forms and open data alike, which `ouvertes` names.

    All of it against the plain way, which only reads: openpyxl the forms, `lire_les_ouvertes` the rest.
    Before each other repetition the same figure of the same workbook changes; it is put back afterwards.
    """
    referentiel, version = charger(dossier_par_defaut()), empreinte.de_la_suite(dossier_par_defaut())
    formulaires, banc = rapports(raw), entrepot.with_name("banc.duckdb")
    fichier = formulaires[0]
    recu = fichier.read_bytes()
    versions = itertools.cycle((_corriger(fichier), recu))

    def tout() -> None:
        construire((raw,), dossier_par_defaut(), banc, tout_relire=True)

    def apres_un_chiffre() -> None:
        fichier.write_bytes(next(versions))
        construire((raw,), dossier_par_defaut(), banc)

    def commande_apres_un_chiffre() -> None:
        fichier.write_bytes(next(versions))
        _commande(raw, banc)

    def lire_apres_un_chiffre() -> None:
        fichier.write_bytes(next(versions))
        with essayer(banc, version) as connexion:
            collecter((raw,), referentiel, connue=rappeler(connexion))

    def lire_simplement_tout() -> None:
        lire_simplement(formulaires)
        lire_les_ouvertes()

    try:
        entier = chronometrer(tout, repetitions=3)
        return [
            Comparaison(
                f"tout reconstruire : 57 × 3 formulaires + {ouvertes}",
                entier,
                chronometrer(lire_simplement_tout, repetitions=3, chauffe=0),
                "openpyxl et pandas, qui ne font que lire",
            ),
            Comparaison(
                f"construire après un chiffre corrigé, {ouvertes}",
                chronometrer(apres_un_chiffre, repetitions=9),
                entier,
                "tout reconstruire",
            ),
            Comparaison(
                f"commande neuve après un chiffre corrigé, {ouvertes}",
                chronometrer(commande_apres_un_chiffre, repetitions=9),
                chronometrer(lambda: _commande(raw, banc, "--tout"), repetitions=3, chauffe=0),
                "commande neuve qui reconstruit tout",
            ),
            Comparaison(
                f"seulement lire et départager après un chiffre corrigé, {ouvertes}",
                chronometrer(lire_apres_un_chiffre),
                chronometrer(lambda: collecter((raw,), referentiel), repetitions=3),
                "tout lire",
            ),
        ]
    finally:
        fichier.write_bytes(recu)
        banc.unlink(missing_ok=True)


def _commande(raw: Path, entrepot: Path, *options: str) -> None:
    """`python -m etl`, waited for. Raises RuntimeError when it built nothing."""
    commande = [sys.executable, "-m", "etl", "--raw", str(raw), "--entrepot", str(entrepot), *options]
    if subprocess.run(commande, cwd=RACINE, capture_output=True).returncode == _RIEN_FAIT:
        raise RuntimeError(f"{' '.join(commande)} n’a rien construit.")


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
