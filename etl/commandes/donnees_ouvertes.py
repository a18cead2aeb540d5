"""Open data: what is done with the producers' files before they are read."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from etl.commandes.issue import lire_referentiel, refuser


def compacter(
    vers: Annotated[Path, typer.Option(help="Dossier où écrire la table compacte.")],
    raw: Annotated[Path, typer.Option(help="Dossier des fichiers des producteurs.")],
) -> None:
    """Réduire des fichiers de données ouvertes à notre table compacte."""
    from etl.compte_rendu import dire
    from etl.inventaire import ReceptionsIllisibles
    from etl.sources.compactage import compacter as reduire

    try:
        bilan = reduire(raw, vers, lire_referentiel(), fait_le=dt.date.today())
    except (ReceptionsIllisibles, OSError) as erreur:
        refuser(str(erreur))
    for nom, lecture in bilan.lectures:
        dire(f"{nom} : {lecture.message}")
    for nom, anomalie in bilan.contradictions:
        dire(f"{nom} : {anomalie.message}")
    if bilan.table is None:
        refuser("Aucun fichier de producteur ne donne un chiffre : la table n’est pas écrite.")
    dire(f"Table écrite : {bilan.table}")
