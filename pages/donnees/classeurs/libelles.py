"""The wordings of a described workbook that the officer ties: to a structure, to what is counted."""

from collections.abc import Iterable, Sequence

from etl.classeurs_libres.description.reperage import FormulaireRepere
from etl.classeurs_libres.mots import est_un_total
from pages.donnees.classeurs.colonnes import Decrit


def de_structures(decrits: Sequence[Decrit], ailleurs: Iterable[str]) -> tuple[str, ...]:
    """Every wording that should name a structure, once: rows, titles, then what stands elsewhere."""
    mots = [mot for d in decrits for mot in (*d.libelles("structure"), *d.titres(), *d.au_dessus())]
    return tuple(dict.fromkeys((*mots, *ailleurs)))


def de_mesures(decrits: Sequence[Decrit], formulaires: Iterable[FormulaireRepere]) -> tuple[str, ...]:
    """Every wording that should name a measure, once: rows of tables, sheets, forms."""
    mots = [mot for d in decrits for mot in d.libelles("mesure")]
    mots += [mot for d in decrits for mot in d.libelles("modalite") if not est_un_total(mot)]
    mots += [titre for d in decrits for titre in d.mesures_au_dessus()]
    mots += [f for d in decrits if d.mesure_de_feuille for f in d.propose.repere.feuilles]
    return tuple(dict.fromkeys((*mots, *(mot for f in formulaires for mot in f.libelles))))
