"""The rows of a sheet seen from one table: its headers that come back, those that hold numbers, those that do
not. What another table of the sheet reads is left to it."""

from collections.abc import Collection
from dataclasses import dataclass, field

from etl.classeurs import Feuille
from etl.classeurs_libres.description.reperage import TableauRepere
from etl.classeurs_libres.lecture.entetes import noms_a
from etl.classeurs_libres.lecture.releve import contenu, ecrit_un_nombre, est_vide, repond, texte_lu
from etl.classeurs_libres.mots import simplifier


@dataclass(slots=True)
class Lignes:
    """Row (from 0) → the wordings of its filled cells when it holds no number (`muettes`), its first wording
    when it holds one below a header (`chiffrees`), what stands in the corner of a header (`entetes`)."""

    muettes: dict[int, tuple[str, ...]] = field(default_factory=dict)
    chiffrees: dict[int, str] = field(default_factory=dict)
    entetes: dict[int, str] = field(default_factory=dict)
    etrangeres: set[int] = field(default_factory=set)  # of another table

    def hors_donnees(self, labels: Collection[str]) -> set[int]:
        """The rows that are no data: without a number, unless another one of that wording holds some."""
        sans_nombre = {rang for rang, mots in self.muettes.items() if mots[0] not in labels}
        return {*self.entetes, *self.etrangeres, *sans_nombre}


def entetes_de(repere: TableauRepere, feuille: Feuille, modele: Feuille, coin: bool) -> dict[int, str]:
    """Where the header of a table stands in a sheet, and what its corner says; `modele` is the sheet where it
    was found. Without `coin`, what stands in its corner may be anything."""
    if not repere.hauteur:
        return {}
    compares = repere.colonnes if coin else repere.colonnes[1:]

    def mots(lue: Feuille, rang: int) -> list[str]:
        noms = noms_a(lue, rang, repere.hauteur)
        return [simplifier(noms.get(c, "")) for c in compares]

    attendus = mots(modele, repere.rang)
    if not any(attendus):
        return {}
    rangs = [r for r in range(len(feuille.rangees)) if mots(feuille, r) == attendus]
    return {r: noms_a(feuille, r, repere.hauteur).get(repere.colonnes[0], "") for r in rangs}


def lignes_de(
    repere: TableauRepere, feuille: Feuille, entetes: dict[int, str], autres: Collection[int]
) -> Lignes:
    """The rows of a sheet, given where the headers of the table stand, and those of the `autres` tables."""
    lignes = Lignes(entetes=entetes)
    sienne, rang = not repere.hauteur, 0
    while rang < len(feuille.rangees):
        if rang in entetes:
            sienne, rang = True, rang + repere.hauteur
            continue
        sienne = sienne and rang not in autres
        if not sienne:
            lignes.etrangeres.add(rang)
        remplies = [
            lu for c in range(len(feuille.rangees[rang])) if not est_vide(lu := contenu(feuille, (rang, c)))
        ]
        mots = tuple(texte_lu(lu).strip() for lu in remplies)
        if any(map(ecrit_un_nombre, remplies[:1])) or any(map(repond, remplies[1:])):
            if sienne:
                lignes.chiffrees[rang] = mots[0]
        elif mots and rang not in autres:
            lignes.muettes[rang] = mots
        rang += 1
    return lignes
