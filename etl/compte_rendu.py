"""What the command line says: on the screen a table, in a pipe one plain line per thing."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ctg import formats
from etl.construction import Bilan, Rejet

sortie = Console(highlight=False, emoji=False)
erreurs = Console(stderr=True, highlight=False, emoji=False)


def dire(message: str, vers: Console = sortie) -> None:
    """Say a sentence; nothing in it is taken for markup, and it is never cut."""
    vers.print(message, markup=False, soft_wrap=True)


def dire_bilan(bilan: Bilan) -> None:
    """Say what a build did, then name everything it left out."""
    fictif = " Données fictives." if bilan.fictif else ""
    dire(
        f"Entrepôt construit : {bilan.entrepot} — {formats.compter(bilan.nb_fichiers, 'fichiers lus')}, "
        f"{formats.compter(bilan.nb_formulaires, 'formulaires retenus')}, "
        f"{formats.compter(bilan.nb_observations, 'données ouvertes', feminin=True)}.{fictif}"
    )
    if bilan.demo_ajoutee:
        dire("Aucun rapport réel accepté : la campagne fictive de data/demo est affichée à la place.")
    if bilan.rejets:
        dire(f"Non chargé, avec sa raison ({formats.compter(len(bilan.rejets), 'lignes')}) :", erreurs)
        lister(bilan.rejets)


def lister(rejets: Iterable[Rejet]) -> None:
    """Name each thing left out: file, sheet, cell, reason."""
    if not erreurs.is_terminal:
        for rejet in rejets:
            adresse = " › ".join(filter(None, (rejet.fichier, rejet.feuille, rejet.cellule)))
            dire(f"{adresse} : {rejet.message}", erreurs)
        return
    table = Table("Fichier", "Feuille", "Cellule", "Raison")
    for rejet in rejets:
        cellules = (rejet.fichier, rejet.feuille or "", rejet.cellule or "", rejet.message)
        table.add_row(*map(Text, cellules))  # as text: a file may be called « rapport [final] »
    erreurs.print(table)
