"""One build from its beginning to its outcome, said on the screen and noted for the pages that follow it."""

import errno
import os

import duckdb

from ctg import erreurs_du_systeme
from ctg.entrepot import chemin_par_defaut
from ctg.referentiel import ReferentielInvalide, dossier_par_defaut
from etl.commandes import compte_rendu
from etl.construction import chantier
from etl.construction.entrepot import Bilan, construire
from etl.inventaire import ReceptionsIllisibles, dossiers_lus

_INTACT = "Rien n’a été construit, l’entrepôt précédent est intact."


def conduire(tout_relire: bool = False) -> Bilan | None:
    """Build the warehouse from the folders of this process and say what was done; None when nothing was."""
    chemins = dossiers_lus(), dossier_par_defaut(), chemin_par_defaut()
    try:
        with chantier.ouvrir(chemin_par_defaut()) as suivi:
            try:
                bilan = construire(*chemins, suivi.avancer, tout_relire)
            except Exception as erreur:
                suivi.finir(chantier.ECHEC, message=_phrase(erreur))
                raise
            suivi.finir(
                chantier.CONSTRUIT,
                rejets=bilan.nb_a_corriger,
                fichiers=bilan.nb_fichiers,
                formulaires=bilan.nb_formulaires,
                fictif=bilan.fictif,
            )
    except (ReferentielInvalide, ReceptionsIllisibles, OSError, duckdb.Error) as erreur:
        compte_rendu.dire(f"{_INTACT}\n{_phrase(erreur)}", compte_rendu.erreurs)
        return None
    compte_rendu.dire_bilan(bilan)
    return bilan


def _phrase(erreur: Exception) -> str:
    """Why a build did not end, for whoever can repair it."""
    if isinstance(erreur, OSError):
        return erreurs_du_systeme.phrase(erreur)
    if isinstance(erreur, (ReferentielInvalide, ReceptionsIllisibles)):
        return str(erreur)
    if os.strerror(errno.ENOSPC) in str(erreur):  # said by DuckDB in its own way
        return erreurs_du_systeme.phrase(OSError(errno.ENOSPC, ""))
    # our own mistake: no file received may cause it
    precisions = " ".join((str(erreur), *getattr(erreur, "__notes__", ())))
    return f"Erreur du programme, à signaler :\n{precisions}"
