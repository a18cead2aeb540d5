"""What goes back to the senders: marked copies of their own files, and the mails that go with them."""

from pathlib import Path
from typing import Annotated

import typer

from etl.commandes.issue import refuser, refuser_ecriture


def retours(
    vers: Annotated[Path, typer.Option(help="Dossier où écrire les copies et les textes des messages.")],
    annee: Annotated[int | None, typer.Option(help="Une seule campagne, par exemple 2025.")] = None,
) -> None:
    """Préparer ce qui se renvoie : une copie annotée et un message par classeur à corriger ou à confirmer."""
    import datetime as dt

    from ctg import formats
    from ctg.entrepot import EntrepotIllisible, chemin_par_defaut
    from etl.commandes.compte_rendu import dire, erreurs
    from etl.inventaire import dossiers_lus
    from etl.renvois import lecture
    from etl.renvois import retours as ecriture

    try:
        renvois = lecture.lire(chemin_par_defaut(), annee)
    except EntrepotIllisible:
        refuser("Aucun entrepôt de cette version n’est là : lancez d’abord « python -m etl ».")
    for renvoi in renvois:
        chemin = ecriture.chemin_de(renvoi.fichier, dossiers_lus())
        try:
            retour = ecriture.ecrire(renvoi, chemin, vers, dt.date.today())
        except OSError as erreur:
            refuser_ecriture("Les retours n’ont pas pu être écrits.", erreur)
        if retour.copie is None:
            dire(f"{renvoi.fichier} : message sans copie annotée : {retour.raison}", erreurs)
    dire(
        f"{formats.compter(len(renvois), 'retours préparés')} dans {vers}."
        if renvois
        else "Rien à renvoyer : aucun classeur n’est à corriger ni à confirmer."
    )
