"""The forms: write the blank ones, try those that came back."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from etl.commandes.issue import DES_REFUS, exiger_annee, lire_referentiel, refuser, refuser_ecriture


def canevas(
    annee: Annotated[int, typer.Option(help="Année de la campagne, par exemple 2025.")],
    vers: Annotated[Path, typer.Option(help="Dossier où écrire les formulaires.")],
    structure: Annotated[str | None, typer.Option(help="Une seule structure, par son identifiant.")] = None,
    fiche: Annotated[str | None, typer.Option(help="Une seule fiche, par exemple PE-1.")] = None,
) -> None:
    """Écrire les formulaires vierges d’une campagne."""
    from ctg import formats
    from ctg.entrepot import chemin_par_defaut
    from etl.canevas.redaction.ecriture import ecrire
    from etl.canevas.redaction.precedents import lire_precedents, lire_preremplis
    from etl.canevas.redaction.questionnaire import ecrire_questionnaire
    from etl.commandes.compte_rendu import dire
    from etl.commandes.envoi import DejaRemplis, deposer

    referentiel = lire_referentiel()
    exiger_annee(annee, referentiel)
    for valeur, connues, quoi in (
        (structure, referentiel.structures, "structure"),
        (fiche, referentiel.fiches, "fiche"),
    ):
        if valeur is not None and valeur not in connues:
            refuser(f"« {valeur} » n’est l’identifiant d’aucune {quoi}.")
    try:
        precedents = lire_precedents(chemin_par_defaut(), annee - 1, referentiel)
        preremplis = lire_preremplis(chemin_par_defaut(), annee)
        with tempfile.TemporaryDirectory() as atelier:
            choix = {"structure": structure, "fiche": fiche}
            choix |= {"precedents": precedents, "preremplis": preremplis}
            chemins = ecrire(referentiel, annee, Path(atelier), **choix)
            chemins.append(ecrire_questionnaire(referentiel, annee, Path(atelier)))
            deposer(chemins, vers)
    except DejaRemplis as erreur:
        refuser(str(erreur))
    except OSError as erreur:
        refuser_ecriture("Les formulaires n’ont pas pu être écrits.", erreur)
    dire(f"{formats.compter(len(chemins), 'classeurs écrits')} dans {vers}.")


def fiche_de_travail(
    annee: Annotated[int, typer.Option(help="Année N de la fiche, par exemple 2025.")],
    vers: Annotated[Path, typer.Option(help="Dossier où écrire les fiches.")],
    structure: Annotated[str | None, typer.Option(help="Une seule structure, par son identifiant.")] = None,
    word: Annotated[bool, typer.Option("--word", help="En documents Word, et non en classeurs.")] = False,
) -> None:
    """Écrire les fiches de travail et d’analyse vierges des structures qui donnent leurs chiffres clefs."""
    from ctg import formats
    from etl.classeurs_libres.fiche.classeur import ecrire_classeur
    from etl.classeurs_libres.fiche.word import ecrire_word
    from etl.commandes.compte_rendu import dire
    from etl.commandes.envoi import DejaRemplis, deposer

    referentiel = lire_referentiel()
    exiger_annee(annee, referentiel)
    concernees = {
        s.structure_id: s
        for s in referentiel.structures.values()
        if referentiel.types_structure[s.type_id].chiffres_clefs and s.ouverte_en(annee)
    }
    if structure is not None and structure not in concernees:
        refuser(f"« {structure} » ne donne pas de chiffres clefs en {annee} : {', '.join(concernees)}.")
    choisies = [concernees[structure]] if structure else list(concernees.values())
    ecrire = ecrire_word if word else ecrire_classeur
    try:
        with tempfile.TemporaryDirectory() as atelier:
            deposer([ecrire(referentiel, s, annee, Path(atelier)) for s in choisies], vers)
    except DejaRemplis as erreur:
        refuser(str(erreur))
    except OSError as erreur:
        refuser_ecriture("Les fiches n’ont pas pu être écrites.", erreur)
    fiches = formats.compter(len(choisies), "fiches de travail", feminin=True)
    dire(f"Dans {vers} : {fiches}.")


def verifier(
    fichiers: Annotated[
        list[Path], typer.Argument(help="Classeurs ou fichiers à essayer.", metavar="FICHIER…")
    ],
    retour: Annotated[
        Path | None, typer.Option(help="Dossier où déposer une copie annotée de chaque classeur.")
    ] = None,
) -> None:
    """Essayer des fichiers sans rien charger : dire ce qui serait refusé, ou à confirmer."""
    from etl.commandes.verification import verifier_fichiers

    if dossiers := [str(fichier) for fichier in fichiers if fichier.is_dir()]:
        refuser(f"Rien n’a été vérifié. Donnez des fichiers, et non leur dossier : {', '.join(dossiers)}.")
    if absents := [str(fichier) for fichier in fichiers if not fichier.is_file()]:
        refuser(f"Rien n’a été vérifié. Ces fichiers n’existent pas : {', '.join(absents)}.")
    try:
        refus = verifier_fichiers(fichiers, lire_referentiel(), retour)
    except OSError as erreur:
        refuser_ecriture("La copie annotée n’a pas pu être écrite.", erreur)
    raise typer.Exit(DES_REFUS if refus else 0)
