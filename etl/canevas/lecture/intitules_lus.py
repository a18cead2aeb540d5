"""The captions over the answers (« combien », « sur »), held against those that were printed.

Exchanged, they say that the numbers under them were typed one for the other: nothing tells which is right.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from etl.canevas.grammaire import CLE_DECOR, CODES_EXERCICES, CODES_PAR_SAISIE, REPONSES, TRIMESTRES
from etl.canevas.impression import legendes
from etl.canevas.lecture.ressemblance import condenser, memes_mots, nombres, suite
from etl.canevas.legendes import LEGENDES, Legende, legende_exercices
from etl.classeurs.modele import Rangees

_COUPE_MINIMALE = 3  # letters left of a caption


class Intitules(NamedTuple):
    """A caption row and the codes of the answers it stands over."""

    legende: Legende
    codes: frozenset[str]
    cellules: list[str]  # what stands in the four answer columns


class Lu(NamedTuple):
    """`regle` says what became of the caption at this rank of the answers (the remarks come last)."""

    rang: int
    regle: str
    attendu: str


@lru_cache(maxsize=32)
def intitules(annee: int) -> tuple[Intitules, ...]:
    """Every caption row a form of this year may bear."""
    codes = CODES_PAR_SAISIE | {"trimestre": TRIMESTRES}
    connues = [(legende, codes[saisie]) for saisie, legende in LEGENDES.items()]
    connues.append((legende_exercices(annee), CODES_EXERCICES))
    return tuple(Intitules(legende, frozenset(siens), _quatre(legende)) for legende, siens in connues)


def _quatre(legende: Legende) -> list[str]:
    return [*legende.cellules, *[""] * (len(REPONSES) - len(legende.cellules))]


def reconnaitre(annonce: str, cellules: Sequence[object], annee: int) -> Intitules | None:
    """Which caption row this is, by its announce, else by its words; None when it is none."""
    for connu in intitules(annee):
        if annonce and memes_mots(annonce, connu.legende.annonce):
            return connu
    lus = {condenser(str(lu)) for lu in cellules} - {""}
    notes = [(len(lus & set(map(condenser, i.legende.cellules))), i) for i in intitules(annee)]
    note, connu = max(notes, key=lambda n: n[0])
    return connu if note else None


def comparer(connu: Intitules, cellules: Sequence[object], remarque: object) -> Iterator[Lu]:
    """What is not as printed, by rank; a blank says nothing. `cellules` are the four answer columns.

    Rules: `intitules_echanges` (the word of another column, another year), `intitule_change` (other words),
    `hors_saisie` (what was typed beside).
    """
    legende = connu.legende
    attendus = (*connu.cellules, legende.remarque)
    for rang, (lu, attendu) in enumerate(zip((*cellules, remarque), attendus, strict=True)):
        texte = str(lu)
        if not texte.strip() or texte == attendu:
            continue
        if not attendu or not isinstance(lu, str):
            yield Lu(rang, "hors_saisie", attendu)
        elif not (memes_mots(texte, attendu) or _coupe(texte, attendu)):
            yield Lu(rang, _regle(texte, attendu, legende), attendu)


def intitule_decale(
    rangees: Rangees, cles: Sequence[object], libelle: int, reponses: Sequence[int], annee: int
) -> tuple[int, int] | None:
    """Where a caption stands among the answers, when it left its row: cells were inserted or removed in these
    columns alone, and every answer under them moved."""
    premiere = reponses[0]
    attendus = _premiers(annee)
    partis = {
        attendus[rangee[libelle]]
        for rangee, cle in zip(rangees, cles, strict=True)
        if cle == CLE_DECOR and rangee[libelle] in attendus and rangee[premiere] != attendus[rangee[libelle]]
    }
    if not partis:
        return None
    for rang, (rangee, cle) in enumerate(zip(rangees, cles, strict=True)):
        ici = rangee[premiere]
        reponse = isinstance(ici, str) and condenser(ici) and str(cle)[1:2] == ":"
        if reponse and any(memes_mots(ici, parti) for parti in partis):
            return rang, premiere
    return None


@lru_cache(maxsize=32)
def _premiers(annee: int) -> dict[str, str]:
    """{announce of a caption row: the caption over its first answers}."""
    return {legende.annonce: legende.cellules[0] for legende in legendes(annee)}


def _coupe(lu: str, attendu: str) -> bool:
    court = condenser(lu)
    return (
        len(court) >= _COUPE_MINIMALE
        and condenser(attendu).startswith(court)
        and nombres(lu) == nombres(attendu)
    )


def _regle(lu: str, attendu: str, legende: Legende) -> str:
    if any(memes_mots(lu, autre) for autre in legende.cellules):
        return "intitules_echanges"
    if suite(lu, attendu) or condenser(lu).isdecimal():
        return "hors_saisie"
    return "intitules_echanges" if nombres(lu) != nombres(attendu) else "intitule_change"
