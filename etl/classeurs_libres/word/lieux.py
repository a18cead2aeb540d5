"""Where an answer stands, in the words of who reads the file: nobody sees « B65 » in a Word document."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from etl.adresse import adresse
from etl.canevas.phrases.messages import citer
from etl.canevas.reponse.petits_nombres import petit_possible
from etl.canevas.reponse.textes_libres import motifs_a_relire
from etl.classeurs import Feuille
from etl.classeurs.modele import Place
from etl.classeurs_libres.regles import enumerer, lignes

_MOTS_CITES = 40  # characters
_NOMBRE_CITE = 11  # under it, a number may count people


class Bloc(NamedTuple):
    """What a row of a Word page was: the row `rang` of a table, or the paragraph `rang` of the text when
    `tableau` is 0; both counted from 1. `titre`: the paragraph is a heading, by its style."""

    tableau: int
    rang: int
    titre: bool = False


@dataclass(frozen=True, slots=True)
class PageWord(Feuille):
    """A document as one sheet; `blocs` says what each row was (None: a blank one, around a table).

    `corrige` is the sha256 of the file this document is a marked copy of, when it is one.
    """

    blocs: tuple[Bloc | None, ...] = ()
    corrige: str | None = None


def lieu(feuille: Feuille, debut: Place, fin: Place | None = None) -> str:
    """« B65 », « B65:B66 »; in a Word document, « tableau 5, ligne 2 (« Axe n° 1 »), colonne 2 »."""
    fin = fin or debut
    if not isinstance(feuille, PageWord):
        return adresse(*debut) if fin == debut else f"{adresse(*debut)}:{adresse(*fin)}"
    bloc = feuille.blocs[debut[0]] if debut[0] < len(feuille.blocs) else None
    if bloc is None or not bloc.tableau:
        mots = _premiers_mots(feuille, debut[0])
        # a label or a heading helps to find it; what is longer, or holds a number, is the answer itself
        cite = mots and not mots.endswith("…") and not petit_possible(mots, _NOMBRE_CITE)
        return (
            f"paragraphe « {mots} »"
            if cite
            else f"paragraphe {bloc.rang if bloc else ''}{_sous(feuille, debut[0])}"
        )
    hauteur, largeur = fin[0] - debut[0], fin[1] - debut[1]
    mots = _premiers_mots(feuille, debut[0]) if debut[1] and fin == debut else ""
    ligne = f"lignes {bloc.rang} à {bloc.rang + hauteur}" if hauteur else f"ligne {bloc.rang}"
    return ", ".join(
        (
            f"tableau {bloc.tableau}",
            f"{ligne} (« {mots} »)" if mots else ligne,
            f"colonnes {debut[1] + 1} à {fin[1] + 1}" if largeur else f"colonne {debut[1] + 1}",
        )
    )


def lieux(feuille: Feuille, places: Iterable[Place]) -> str:
    """The same for several cells, the first ones when there are many; the rows of one table together."""
    if isinstance(feuille, PageWord):
        return rangees(feuille, [rang for rang, _ in places])
    return enumerer([lieu(feuille, place) for place in places])


def rangees(feuille: Feuille | None, rangs: Iterable[int]) -> str:
    """Rows counted from 0, as who reads the file finds them: « lignes 3 à 9 », « tableau 5 (ligne 2) »."""
    if not isinstance(feuille, PageWord):
        return lignes(list(rangs))
    tableaux: dict[str, list[int]] = {}
    for rang in rangs:
        bloc = feuille.blocs[rang]
        dans_un_tableau = bloc is not None and bloc.tableau
        nom = f"tableau {bloc.tableau}" if dans_un_tableau else lieu(feuille, (rang, 0))
        tableaux.setdefault(nom, []).extend([bloc.rang - 1] if dans_un_tableau else [])
    return enumerer([f"{nom} ({lignes(siens)})" if siens else nom for nom, siens in tableaux.items()])


def _sous(feuille: PageWord, rang: int) -> str:
    """The heading that a paragraph stands under: « , sous « Axe n° 1 : Animation » »; nothing without one."""
    titres = (r for r in range(rang, -1, -1) if (bloc := feuille.blocs[r]) and bloc.titre)
    dernier = next(titres, None)
    mots = "" if dernier is None else citer(str(feuille.rangees[dernier][0]))
    return f", sous « {mots} »" if mots else ""


def _premiers_mots(feuille: Feuille, rang: int) -> str:
    """What a row starts with, before its answer; nothing when it may name somebody."""
    mots = " ".join(str(feuille.rangees[rang][0]).split(":", 1)[0].split())
    if motifs_a_relire(mots):
        return ""
    return mots if len(mots) <= _MOTS_CITES else f"{mots[: _MOTS_CITES - 1]}…"
