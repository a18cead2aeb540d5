"""Answers that nobody sees, in a row or a column that was hidden, filtered or folded: read, and told."""

from collections.abc import Sequence

from etl.adresse import numero
from etl.canevas.lecture.journal import Journal
from etl.canevas.modeles import Cellule
from etl.classeurs import Feuille

_MONTREES = 12  # addresses named in a sentence


def dire_masquees(feuille: Feuille, cellules: Sequence[Cellule], journal: Journal) -> None:
    """Tell the answers of a form that its sheet does not show; of a hidden sheet, `classeur` tells all."""
    if feuille.cachee or not any(feuille.masques):
        return
    caches = [c.adresse for c in cellules if c.etat != "manquant" and _est_masquee(c.adresse, feuille)]
    if caches:
        reste = f" et {len(caches) - _MONTREES} de plus" if len(caches) > _MONTREES else ""
        adresses = ", ".join(caches[:_MONTREES]) + reste
        journal.noter("cases_masquees", _place(caches[0]), adresses=adresses)


def _est_masquee(adresse: str, feuille: Feuille) -> bool:
    (ligne, colonne), (lignes, colonnes) = _place(adresse), feuille.masques
    return ligne in lignes or colonne in colonnes


def _place(adresse: str) -> tuple[int, int]:
    lettres = adresse.rstrip("0123456789")
    return int(adresse[len(lettres) :]) - 1, numero(lettres)
