"""Merged ranges over several answers: one value for several questions, which nobody may share out."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from etl.canevas.plan import Ligne
from etl.classeurs import Feuille
from etl.classeurs.modele import Place


class Fondue(NamedTuple):
    """`cases` are the answers covered; `lu` is what the merged cell shows, at `place`."""

    place: Place
    fin: Place
    lu: object
    cases: tuple[Place, ...]
    questions: tuple[str, ...]
    confidentielle: bool


def cases_fondues(
    feuille: Feuille, saisies: Callable[[int], tuple[Ligne, list[int]] | None], libelle: int | None
) -> Iterator[Fondue]:
    """The merged ranges that show something and cover more than one answer, or another cell with it.

    `saisies` says what a row asks and the columns of its answers (None: nothing), `libelle` is the column of
    the printed words. A blank merged range is a blank.
    """
    for r0, c0, r1, c1 in feuille.fusions:
        rangs = range(r0, min(r1 + 1, len(feuille.rangees)))
        lignes = [(rang, *demandee) for rang in rangs if (demandee := saisies(rang))]
        cases = tuple((rang, c) for rang, _, colonnes in lignes for c in colonnes if c0 <= c <= c1)
        # One answer alone, at the corner that holds the value: a large cell to write in, as ours.
        if not cases or cases == ((r0, c0),):
            continue
        # Words printed over blank answers answer nothing.
        montrees = cases if c0 == libelle else ((r0, c0), *cases)
        lus = (feuille.rangees[rang][c] for rang, c in montrees)
        lu = next((lu for lu in lus if lu != ""), "")
        if lu == "":
            continue
        touchees = [ligne for _, ligne, colonnes in lignes if any(c0 <= c <= c1 for c in colonnes)]
        noms = tuple(dict.fromkeys(ligne.nom for ligne in touchees))
        yield Fondue((r0, c0), (r1, c1), lu, cases, noms, any(ligne.confidentielle for ligne in touchees))
