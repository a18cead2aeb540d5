"""The warehouse: rebuild it, or rebuild it if need be and open the dashboard."""

from typing import Annotated

import typer

from etl.commandes.demonstration import ecrire_au_besoin, manque
from etl.commandes.issue import DES_REFUS, RIEN_FAIT, refuser


def construire(tout_relire: bool = False) -> int:
    """Build, say what was done, and give the exit code. Only what changed is read, unless `tout_relire`."""
    from etl.commandes.conduite import conduire

    bilan = conduire(tout_relire)
    if bilan is None:
        return RIEN_FAIT
    return DES_REFUS if bilan.rejets else 0


def demarrer(
    port: Annotated[int, typer.Option(help="Port de l’adresse du tableau de bord.", min=1, max=65515)] = 8501,
) -> None:
    """Construire l’entrepôt s’il le faut, puis ouvrir le tableau de bord."""
    from ctg.entrepot import chemin_par_defaut
    from ctg.referentiel import dossier_par_defaut
    from etl.commandes import demarrage
    from etl.construction import fraicheur
    from etl.inventaire import dossiers_lus

    dossiers, chemin = dossiers_lus(), chemin_par_defaut()
    if manque(dossiers, chemin) or not fraicheur.est_a_jour(chemin, dossier_par_defaut(), dossiers):
        ecrire_au_besoin(dossiers)
        code = construire()
        if code == RIEN_FAIT:
            raise typer.Exit(code)
    try:
        libre = demarrage.port_libre(port)
    except OSError as erreur:
        refuser(str(erreur))
    typer.echo(f"Tableau de bord : http://127.0.0.1:{libre}  (Ctrl + C pour l’arrêter)")
    raise typer.Exit(demarrage.servir(libre))
