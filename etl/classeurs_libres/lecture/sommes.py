"""Cells that a declaration adds up (months, sites): told once, with what may be missing or counted twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from etl.classeurs_libres.lecture.releve import Place, Prise, Releve, contenu, est_vide, texte_lu
from etl.classeurs_libres.mots import simplifier
from etl.classeurs_libres.regles import enumerer
from etl.classeurs_libres.word.lieux import lieux

_TEMOINS = 2  # other sums that all have what one, shorter, lacks
_QUI = ("structure", "fiche")
Colonnes = set[tuple[str, int]]  # sheet, column
# what a row says that the others of its sum do not, by column, with its sheet → its cells in the sum
Dites = dict[tuple[str, frozenset[tuple[int, str]]], list[Prise]]


def dire_sommes(releve: Releve) -> None:
    """Tell the sums of `releve.additionnees`: their blank cells (`muettes`), the rows that bear the words of
    another (a month pasted twice), those that every other sum has (a month taken away)."""
    if releve.additionnees:
        releve.noter("valeurs_additionnees", nombre=len(releve.additionnees))
    for feuille, places in _par_feuille(releve.muettes):
        adresses = lieux(releve.feuilles[feuille], places)
        releve.noter("somme_partielle", feuille, places[0], adresses=adresses)
    valeurs = {(prise.feuille, prise.place[1]) for prise in releve.prises}
    par_question: dict[object, list[Dites]] = defaultdict(list)
    for prises in releve.additionnees:
        question = frozenset(f for f in prises[0].facettes.items() if f[0] not in _QUI)
        par_question[question].append(_dites(prises, valeurs, releve))
    sommes = [dites for semblables in par_question.values() for dites in semblables]
    for feuille, places in _par_feuille(prise for dites in sommes for prise in _redites(dites)):
        rangs = releve.lignes(feuille, [rang for rang, _ in places])
        releve.noter("somme_redite", feuille, places[0], lignes=rangs)
    _dire_courtes(par_question.values(), releve)


def _dites(prises: Sequence[Prise], valeurs: Colonnes, releve: Releve) -> Dites:
    mots = {}
    for feuille, (rang, _) in dict.fromkeys((prise.feuille, prise.place) for prise in prises):
        page = releve.feuilles[feuille]
        lus = {c: contenu(page, (rang, c)) for c in range(len(page.rangees[rang]))}
        mots[feuille, rang] = frozenset(
            (c, simplifier(texte_lu(lu)))
            for c, lu in lus.items()
            if (feuille, c) not in valeurs and not est_vide(lu)
        )
    communs = frozenset.intersection(*mots.values())
    dites: Dites = defaultdict(list)
    for prise in prises:
        dites[prise.feuille, mots[prise.feuille, prise.place[0]] - communs].append(prise)
    return dites


def _redites(dites: Dites) -> Iterable[Prise]:
    """The cells of several rows that say the same; rows that nothing tells apart say nothing of it."""
    for (_, mots), prises in dites.items():
        if mots and len({prise.place[0] for prise in prises}) > 1:
            yield from prises


def _dire_courtes(questions: Iterable[list[Dites]], releve: Releve) -> None:
    manques: dict[tuple[str, Place], set[str]] = defaultdict(set)
    for semblables in questions:
        comptes = Counter(ecrite for dites in semblables for ecrite in dites)
        longueurs = sorted(map(len, semblables))
        courte = longueurs[0] if len(semblables) > _TEMOINS and longueurs[0] < longueurs[1] else None
        for dites in (d for d in semblables if len(d) == courte):
            premiere = next(iter(dites.values()))[0]
            for ecrite in comptes.keys() - dites.keys():
                if comptes[ecrite] == len(semblables) - 1:
                    ailleurs = next(autre[ecrite][0] for autre in semblables if ecrite in autre)
                    manques[premiere.feuille, premiere.place].add(_nom(ecrite, ailleurs, releve))
    for (feuille, place), dits in manques.items():
        ligne = releve.lignes(feuille, [place[0]])
        releve.noter("somme_courte", feuille, place, ligne=ligne, manque=enumerer(sorted(dits)))


def _nom(ecrite: tuple[str, frozenset[tuple[int, str]]], ailleurs: Prise, releve: Releve) -> str:
    """What another sum calls a row: « mars », else its sheet."""
    feuille, mots = ecrite
    page, rang = releve.feuilles[ailleurs.feuille], ailleurs.place[0]
    return f"« {' '.join(texte_lu(contenu(page, (rang, c))) for c, _ in sorted(mots)) or feuille} »"


def _par_feuille(prises: Iterable[Prise]) -> Iterable[tuple[str, list[Place]]]:
    par_feuille: dict[str, set[Place]] = defaultdict(set)
    for prise in prises:
        par_feuille[prise.feuille].add(prise.place)
    return [(feuille, sorted(places)) for feuille, places in par_feuille.items()]
