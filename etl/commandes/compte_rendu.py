"""What the command line says: on the screen a table, in a pipe one plain line per thing."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ctg import formats, gravites
from etl.construction.entrepot import Bilan, Rejet

sortie = Console(highlight=False, emoji=False)
erreurs = Console(stderr=True, highlight=False, emoji=False)


def dire(message: str, vers: Console = sortie) -> None:
    """Say a sentence; nothing in it is taken for markup, and it is never cut."""
    vers.print(message, markup=False, soft_wrap=True)


def dire_bilan(bilan: Bilan) -> None:
    """Say what a build did, then name everything it left out, and what waits for a confirmation."""
    fictif = " Données fictives." if bilan.fictif else ""
    dire(
        f"Entrepôt construit : {bilan.entrepot} — {formats.compter(bilan.nb_fichiers, 'fichiers lus')}, "
        f"{formats.compter(bilan.nb_formulaires, 'formulaires retenus')}, "
        f"{formats.compter(bilan.nb_observations, 'données ouvertes', feminin=True)}.{fictif}"
    )
    if bilan.demo_ajoutee:
        dire("Aucun rapport réel accepté : la campagne fictive de data/demo est affichée à la place.")
    comptes = {
        "bloquant": bilan.nb_a_corriger,
        "a_confirmer": len(bilan.a_confirmer),
        "information": bilan.nb_informations,
    }
    if bilan.rejets or bilan.a_confirmer:
        suite = " Ce qui est à corriger n’est pas chargé." if bilan.nb_a_corriger else ""
        dire(f"À revoir : {gravites.compter(comptes)}.{suite}", erreurs)
        lister((*bilan.rejets, *bilan.a_confirmer))


def lister(rejets: Iterable[Rejet]) -> None:
    """Name each thing to look at again: file, sheet, cell, how grave, why."""
    if not erreurs.is_terminal:
        for rejet in rejets:
            adresse = " › ".join(filter(None, (rejet.fichier, rejet.feuille, rejet.cellule)))
            dire(f"{adresse} : {gravites.GRAVITES[rejet.gravite].lower()}. {rejet.message}", erreurs)
        return
    table = Table("Gravité", "Fichier", "Feuille", "Cellule", "Raison")
    for rejet in rejets:
        gravite = gravites.GRAVITES[rejet.gravite]
        cellules = (gravite, rejet.fichier, rejet.feuille or "", rejet.cellule or "", rejet.message)
        table.add_row(*map(Text, cellules))  # as text: a file may be called « rapport [final] »
    erreurs.print(table)
