"""Open data: what is done with the producers' files before they are read."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from etl.commandes.issue import DES_REFUS, RIEN_FAIT, lire_referentiel, refuser, refuser_ecriture


def telecharger(
    choisies: Annotated[
        list[str] | None,
        typer.Argument(help="Sources à télécharger ; toutes par défaut.", metavar="[SOURCE…]"),
    ] = None,
    vers: Annotated[Path | None, typer.Option(help="Dossier où les déposer (par défaut data/raw).")] = None,
    liste: Annotated[
        bool, typer.Option("--liste", help="Dire ce qui est déclaré, sans rien demander.")
    ] = False,
) -> None:
    """Aller chercher chez leurs producteurs les données ouvertes déclarées."""
    from etl.commandes.compte_rendu import dire, erreurs
    from etl.inventaire import dossiers_lus
    from etl.telechargement import collecte
    from etl.telechargement.affichage import annoncer, progression

    try:
        a_faire = collecte.demandes(choisies or ())
    except KeyError as inconnue:
        connues = sorted({d.famille.source_id for d in collecte.demandes()})
        refuser(
            f"« {inconnue.args[0]} » n’a aucune adresse déclarée. Sources qui en ont : {', '.join(connues)}."
        )
    if liste:
        for demande in a_faire:
            dire(annoncer(demande))
        return
    with progression() as suivre:
        resultats = []
        for resultat in collecte.telecharger(
            a_faire, vers or dossiers_lus()[0], lire_referentiel(), le=dt.date.today(), suivre=suivre
        ):
            dire(
                f"{resultat.demande.nom} : {resultat.message}",
                *([erreurs] if resultat.issue == collecte.REFUSE else []),
            )
            resultats.append(resultat)
    dire(collecte.bilan(resultats))
    refuses = sum(r.issue == collecte.REFUSE for r in resultats)
    if refuses:
        raise typer.Exit(RIEN_FAIT if refuses == len(resultats) else DES_REFUS)


def compacter(
    vers: Annotated[Path, typer.Option(help="Dossier où écrire la table compacte.")],
    raw: Annotated[Path, typer.Option(help="Dossier des fichiers des producteurs.")],
) -> None:
    """Réduire des fichiers de données ouvertes à notre table compacte."""
    from etl.commandes.compte_rendu import dire
    from etl.inventaire import ReceptionsIllisibles
    from etl.sources.compactage import compacter as reduire

    try:
        bilan = reduire(raw, vers, lire_referentiel(), fait_le=dt.date.today())
    except ReceptionsIllisibles as erreur:
        refuser(str(erreur))
    except OSError as erreur:
        refuser_ecriture("La table n’a pas été écrite.", erreur)
    for nom, lecture in bilan.lectures:
        dire(f"{nom} : {lecture.message}")
    for nom, anomalie in bilan.contradictions:
        dire(f"{nom} : {anomalie.message}")
    if bilan.table is None:
        refuser("Aucun fichier de producteur ne donne un chiffre : la table n’est pas écrite.")
    dire(f"Table écrite : {bilan.table}")
