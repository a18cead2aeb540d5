"""What a download shows: the declared files, and how far each one is."""

import contextlib
from collections.abc import Iterator

from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from ctg.formats import date_courte
from etl.commandes.compte_rendu import erreurs
from etl.telechargement.collecte import Demande, Suivi


def annoncer(demande: Demande) -> str:
    """Describe a declared file: its place, its address and whether somebody saw it answer, its licence."""
    d = demande.declaration
    etat = f"adresse vérifiée le {date_courte(d.verifiee)}" if d.verifiee else "adresse à vérifier"
    return (
        f"{demande.nom} ({d.annee}) — {demande.famille.titre}\n"
        f"  {d.adresse} ({etat})\n"
        f"  page : {d.page} ; licence : {demande.famille.licence}"
    )


@contextlib.contextmanager
def progression() -> Iterator[Suivi]:
    """Show one bar per file on a screen, and nothing in a pipe."""
    colonnes = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*colonnes, console=erreurs, transient=True, disable=not erreurs.is_terminal) as barres:
        taches: dict[str, int] = {}

        def suivre(demande: Demande, recu: int, total: int | None) -> None:
            if demande.nom not in taches:
                taches[demande.nom] = barres.add_task(demande.nom, total=total)
            barres.update(taches[demande.nom], completed=recu, total=total)

        yield suivre
