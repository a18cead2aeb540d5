"""Match the headers of a file to the columns its source declares."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from etl.sources.modele import Colonne, Famille
from etl.sources.nombres import annee_du_suffixe
from etl.sources.tables import normaliser

_COPIE = re.compile(r"(.+)\.[1-9][0-9]?")  # « NOTE_CNAF.1 »: how pandas saves the second of two equal headers


class Valeurs(NamedTuple):
    """One column of figures: where it stands, its year if its header says it, and its note column."""

    index: int
    entete: str
    colonne: Colonne
    annee: int | None
    note: int | None


@dataclass(frozen=True)
class Correspondance:
    """Where everything stands in one file; `non_declarees` are headers that colonnes.csv does not name."""

    cle: int
    nom: int | None
    commune: int | None
    annee: int | None
    niveau: int | None
    statut: int | None
    note: int | None
    valeurs: tuple[Valeurs, ...]
    non_declarees: tuple[str, ...]

    @property
    def utiles(self) -> frozenset[int]:
        """Indexes of every column to read."""
        lieux = (self.cle, self.nom, self.commune, self.annee, self.niveau, self.statut, self.note)
        seules = (i for i in lieux if i is not None)
        return frozenset(seules).union(
            *({v.index} | ({v.note} if v.note is not None else set()) for v in self.valeurs)
        )


def porte_signature(famille: Famille, entetes: Sequence[str]) -> int:
    """Count the headers by which this source recognises the file; 0 when it does not."""
    normalises = set(_normaliser(entetes))
    return max(
        (
            len(signature)
            for signature in famille.signatures
            if all(any(m.fullmatch(e) for e in normalises) for m in signature)
        ),
        default=0,
    )


def associer(famille: Famille, entetes: Sequence[str]) -> Correspondance:
    """Say what each header of the file is, by the declared patterns of its source.

    Several columns may bear one header (REVN holds NOTE_CNAF twice): a figure obeys the nearest note to
    its right, where the QPV tables print it, else to its left, where the Caf's files do.
    """
    normalises = _normaliser(entetes)
    places: dict[str, int] = {}
    valeurs: list[Valeurs] = []
    non_declarees: list[str] = []
    for index, entete in enumerate(normalises):
        declarees = tuple(_declarees(famille, entete))
        if not declarees:
            non_declarees.append(entetes[index] or "(sans titre)")
        for colonne, annee in declarees:
            if colonne.role == "valeur":
                note = _note_voisine(normalises, index, colonne.note)
                valeurs.append(Valeurs(index, entetes[index], colonne, annee, note))
            else:
                places.setdefault(colonne.role, index)
    return Correspondance(
        cle=places["cle"],
        nom=places.get("nom"),
        commune=places.get("commune"),
        annee=places.get("annee"),
        niveau=places.get("niveau"),
        statut=places.get("statut"),
        note=places.get("note"),
        valeurs=tuple(valeurs),
        non_declarees=tuple(non_declarees),
    )


def _normaliser(entetes: Sequence[str]) -> list[str]:
    """Normalise headers; the copy of a header bears the name of the first again.

    A header that names nothing (empty, « ° ») stays nameless, and is the first of no other.
    """
    normalises: list[str] = []
    connus: set[str] = set()
    for entete in entetes:
        copie = _COPIE.fullmatch(entete)
        premier = normaliser(copie[1]) if copie else ""
        normalises.append(premier if premier and premier in connus else normaliser(entete))
        connus.add(normalises[-1])
    return normalises


def _declarees(famille: Famille, entete: str) -> Iterator[tuple[Colonne, int | None]]:
    """List what a header may be: two variables may share one printed column (IPS of écoles and collèges)."""
    for colonne in famille.colonnes:
        trouve = next(filter(None, (m.fullmatch(entete) for m in colonne.motifs)), None)
        if trouve:
            millesime = trouve.groupdict().get("aa")
            yield colonne, annee_du_suffixe(millesime) if millesime else None


def _note_voisine(entetes: Sequence[str], index: int, motifs: Sequence[re.Pattern[str]]) -> int | None:
    places = [i for i, e in enumerate(entetes) if any(m.fullmatch(e) for m in motifs)]
    if not places:
        return None
    a_droite = [i for i in places if i > index]
    return min(a_droite) if a_droite else max(places)
