"""The command line: `python -m etl …` (README.md says when to use what).

Exit 0: done; 1: done, but files or cells were refused, each named with its reason; 2: nothing done, the
previous warehouse intact. Imports are made inside the commands: `demarrer` must answer at once when nothing
changed.
"""

import datetime as dt
import enum
import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

DES_REFUS = 1
RIEN_FAIT = 2

application = typer.Typer(
    help="Construire l’entrepôt de la convention, écrire et vérifier ses formulaires.", add_completion=False
)

Raw = Annotated[Path | None, typer.Option(help="Dossier des fichiers reçus ; rien d’autre n’est lu.")]
DossierReferentiel = Annotated[Path | None, typer.Option("--referentiel", help="Dossier de la convention.")]
CheminEntrepot = Annotated[Path | None, typer.Option("--entrepot", help="Entrepôt à construire.")]


class Scenario(enum.StrEnum):
    REGIME_ETABLI = "regime-etabli"
    PREMIERE_CAMPAGNE = "premiere-campagne"


class Echelle(enum.StrEnum):
    VILLE = "ville"
    DEPARTEMENT = "departement"
    NATIONAL = "national"


@application.callback(invoke_without_command=True)
def reconstruire(
    contexte: typer.Context,
    raw: Raw = None,
    referentiel: DossierReferentiel = None,
    entrepot: CheminEntrepot = None,
) -> None:
    """Reconstruire l’entrepôt à partir des fichiers reçus (sans autre commande)."""
    # the options serve every command alike, through the variables that the dashboard reads too
    for variable, valeur in (("CTG_RAW", raw), ("CTG_REFERENTIEL", referentiel), ("CTG_ENTREPOT", entrepot)):
        if valeur is not None:
            os.environ[variable] = str(valeur)
    if contexte.invoked_subcommand is None:
        raise typer.Exit(_construire())


@application.command()
def canevas(
    annee: Annotated[int, typer.Option(help="Année de la campagne, par exemple 2025.")],
    vers: Annotated[Path, typer.Option(help="Dossier où écrire les formulaires.")],
    structure: Annotated[str | None, typer.Option(help="Une seule structure, par son identifiant.")] = None,
    fiche: Annotated[str | None, typer.Option(help="Une seule fiche, par exemple PE-1.")] = None,
) -> None:
    """Écrire les formulaires vierges d’une campagne."""
    from ctg.entrepot import chemin_par_defaut
    from etl.canevas.ecriture import ecrire
    from etl.canevas.questionnaire import ecrire_questionnaire
    from etl.compte_rendu import dire
    from etl.envoi import DejaRemplis, deposer
    from etl.precedents import lire_precedents

    referentiel = _referentiel()
    debut, fin = referentiel.parametres.annee_reference, referentiel.parametres.convention.fin
    if not debut <= annee <= fin:
        _refuser(f"{annee} n’est pas une année de la convention ({debut} à {fin}).")
    for valeur, connues, quoi in (
        (structure, referentiel.structures, "structure"),
        (fiche, referentiel.fiches, "fiche"),
    ):
        if valeur is not None and valeur not in connues:
            _refuser(f"« {valeur} » n’est l’identifiant d’aucune {quoi}.")
    try:
        precedents = lire_precedents(chemin_par_defaut(), annee - 1, referentiel)
        with tempfile.TemporaryDirectory() as atelier:
            choix = {"structure": structure, "fiche": fiche, "precedents": precedents}
            chemins = ecrire(referentiel, annee, Path(atelier), **choix)
            chemins.append(ecrire_questionnaire(referentiel, annee, Path(atelier)))
            deposer(chemins, vers)
    except DejaRemplis as erreur:
        _refuser(str(erreur))
    except OSError as erreur:
        _refuser(f"Les formulaires n’ont pas pu être écrits : {erreur}.")
    dire(f"{len(chemins)} classeurs écrits dans {vers}.")


@application.command()
def verifier(
    fichiers: Annotated[
        list[Path], typer.Argument(help="Classeurs ou fichiers à essayer.", metavar="FICHIER…")
    ],
    retour: Annotated[
        Path | None, typer.Option(help="Dossier où déposer une copie annotée de chaque classeur.")
    ] = None,
) -> None:
    """Essayer des fichiers sans rien charger : dire ce qui serait refusé, ou à confirmer."""
    from etl.verification import verifier_fichiers

    if absents := [str(fichier) for fichier in fichiers if not fichier.is_file()]:
        _refuser(f"Rien n’a été vérifié. Ces fichiers n’existent pas : {', '.join(absents)}.")
    try:
        refus = verifier_fichiers(fichiers, _referentiel(), retour)
    except OSError as erreur:
        _refuser(f"La copie annotée n’a pas pu être écrite : {erreur}.")
    raise typer.Exit(DES_REFUS if refus else 0)


@application.command()
def demo(
    vers: Annotated[Path | None, typer.Option(help="Dossier à remplir (par défaut data/demo).")] = None,
    scenario: Annotated[
        Scenario, typer.Option(help="Régime établi, ou première campagne.")
    ] = Scenario.REGIME_ETABLI,
    echelle: Annotated[Echelle, typer.Option(help="Taille de la campagne.")] = Echelle.VILLE,
) -> None:
    """Écrire une campagne fictive, toujours la même."""
    from ctg.referentiel import dossier_par_defaut
    from etl import peremption
    from etl.compte_rendu import dire
    from etl.demo import DemoImpossible, generer
    from etl.inventaire import dossier_demo

    dossier = vers or dossier_demo()
    try:
        bilan = generer(_referentiel(), dossier, scenario=scenario.value, echelle=echelle.value)
        if vers is None:  # the only one that `demarrer` keeps up to date
            peremption.signer(dossier, dossier_par_defaut())
    except (DemoImpossible, OSError) as erreur:
        _refuser(f"La campagne fictive n’a pas été écrite. {erreur}")
    dire(
        f"Campagne fictive « {bilan.scenario} » : {bilan.fichiers} classeurs dans {dossier}, "
        f"{bilan.formulaires_structure} rapports de structure, {bilan.formulaires_fiche} de fiche."
    )


@application.command()
def demarrer(port: Annotated[int, typer.Option(help="Port de l’adresse du tableau de bord.")] = 8501) -> None:
    """Construire l’entrepôt s’il le faut, puis ouvrir le tableau de bord."""
    from ctg.entrepot import chemin_par_defaut
    from ctg.referentiel import dossier_par_defaut
    from etl import demarrage
    from etl.inventaire import dossiers_lus

    dossiers = dossiers_lus()
    if not demarrage.est_a_jour(chemin_par_defaut(), dossier_par_defaut(), dossiers):
        _campagne_fictive_au_besoin(dossiers)
        code = _construire()
        if code == RIEN_FAIT:
            raise typer.Exit(code)
    try:
        libre = demarrage.port_libre(port)
    except OSError as erreur:
        _refuser(str(erreur))
    typer.echo(f"Tableau de bord : http://127.0.0.1:{libre}  (Ctrl + C pour l’arrêter)")
    raise typer.Exit(demarrage.servir(libre))


@application.command()
def sauvegarder(
    vers: Annotated[Path | None, typer.Option(help="Archive à écrire (par défaut dans sorties/).")] = None,
) -> None:
    """Garder dans une archive ce qui ne se reconstruit pas : fichiers reçus, convention, saisies."""
    from etl import sauvegarde

    try:
        typer.echo(f"Sauvegarde écrite : {sauvegarde.sauvegarder(vers)}")
    except OSError as erreur:
        _refuser(f"La sauvegarde n’a pas pu être écrite : {erreur}.")


@application.command()
def restaurer(archive: Annotated[Path, typer.Argument(help="Archive faite par « sauvegarder ».")]) -> None:
    """Remettre les données d’une sauvegarde ; ce qui était là est d’abord sauvegardé."""
    from etl import sauvegarde

    try:
        precedent = sauvegarde.restaurer(archive)
    except (sauvegarde.ArchiveRefusee, OSError) as erreur:
        _refuser(f"Rien n’a été restauré. {erreur}")
    typer.echo(f"Données restaurées. L’état précédent est gardé dans {precedent}. Lancez « python -m etl ».")


@application.command()
def compacter(
    vers: Annotated[Path, typer.Option(help="Dossier où écrire la table compacte.")],
    raw: Annotated[Path, typer.Option(help="Dossier des fichiers des producteurs.")],
) -> None:
    """Réduire des fichiers de données ouvertes à notre table compacte."""
    from etl.compte_rendu import dire
    from etl.inventaire import ReceptionsIllisibles
    from etl.sources.compactage import compacter as reduire

    try:
        bilan = reduire(raw, vers, _referentiel(), fait_le=dt.date.today())
    except (ReceptionsIllisibles, OSError) as erreur:
        _refuser(str(erreur))
    for nom, lecture in bilan.lectures:
        dire(f"{nom} : {lecture.message}")
    for nom, anomalie in bilan.contradictions:
        dire(f"{nom} : {anomalie.message}")
    if bilan.table is None:
        _refuser("Aucun fichier de producteur ne donne un chiffre : la table n’est pas écrite.")
    dire(f"Table écrite : {bilan.table}")


def _construire() -> int:
    """Build, say what was done, and give the exit code."""
    import duckdb

    from ctg.entrepot import chemin_par_defaut
    from ctg.referentiel import ReferentielInvalide, dossier_par_defaut
    from etl import compte_rendu
    from etl.construction import construire
    from etl.inventaire import ReceptionsIllisibles, dossiers_lus

    try:
        bilan = construire(dossiers_lus(), dossier_par_defaut(), chemin_par_defaut())
    except (ReferentielInvalide, ReceptionsIllisibles, OSError) as erreur:
        compte_rendu.dire(
            f"Rien n’a été construit, l’entrepôt précédent est intact.\n{erreur}", compte_rendu.erreurs
        )
        return RIEN_FAIT
    except duckdb.Error as erreur:  # our own mistake: no file received may cause it
        precisions = " ".join((str(erreur), *getattr(erreur, "__notes__", ())))
        compte_rendu.dire(
            "Rien n’a été construit, l’entrepôt précédent est intact. Erreur du programme, à signaler :\n"
            f"{precisions}",
            compte_rendu.erreurs,
        )
        return RIEN_FAIT
    compte_rendu.dire_bilan(bilan)
    return DES_REFUS if bilan.rejets else 0


def _campagne_fictive_au_besoin(dossiers: tuple[Path, ...]) -> None:
    """Make the fictional campaign when it is missing or out of date, and no real form is accepted."""
    from ctg.referentiel import dossier_par_defaut
    from etl import peremption
    from etl.construction import formulaire_reel_present

    if (
        len(dossiers) == 2
        and peremption.perimee(dossiers[1], dossier_par_defaut())
        and not formulaire_reel_present(dossiers[0], _referentiel())
    ):
        garde = peremption.choix(dossiers[1])
        demo(
            None,
            Scenario(garde.get("scenario", Scenario.REGIME_ETABLI)),
            Echelle(garde.get("echelle", Echelle.VILLE)),
        )


def _referentiel():  # noqa: ANN202 - its type would import the convention before it is needed
    from ctg.referentiel import ReferentielInvalide, charger, dossier_par_defaut

    try:
        return charger(dossier_par_defaut())
    except ReferentielInvalide as erreur:
        return _refuser(str(erreur))


def _refuser(message: str) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(RIEN_FAIT)


if __name__ == "__main__":
    application(prog_name="python -m etl")
