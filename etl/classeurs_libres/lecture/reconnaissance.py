"""Which declaration describes a workbook: by the names of its sheets and its words, never by its name.

« Dénomination : L’Archipel » in one cell bears the word « Dénomination » as a label beside its answer does.
"""

from etl.classeurs import Classeur, Feuille
from etl.classeurs_libres.declaration.modele import Declaration, Reconnaissance, TableauDeclare
from etl.classeurs_libres.lecture import entetes
from etl.classeurs_libres.mots import correspond, simplifier

# a header stands in the first rows: a long file is not gone through for it
_RANGS_REGARDES = 60


def reconnues(classeur: Classeur, declarations: tuple[Declaration, ...]) -> list[Declaration]:
    """The declarations that recognise a workbook: none, one, or several that nothing tells apart. Of several,
    one whose tables do not stand there describes another model."""
    mots = {feuille.nom: _mots(feuille) for feuille in classeur.feuilles}
    trouvees = [d for d in declarations if _reconnait(d.reconnaissance, mots)]
    if len(trouvees) < 2:
        return trouvees
    return [d for d in trouvees if all(_s_y_trouve(t, classeur) for t in d.tableaux)] or trouvees


def _s_y_trouve(tableau: TableauDeclare, classeur: Classeur) -> bool:
    feuilles = [f for f in classeur.feuilles if any(correspond(motif, f.nom) for motif in tableau.feuilles)]
    lus = [entete for f in feuilles if (entete := entetes.trouver(f, tableau))]
    attendues = [c for c in tableau.colonnes if not c.facultative]
    return tableau.facultatif or any(all(map(entete.colonnes, attendues)) for entete in lus)


def la_plus_proche(
    classeur: Classeur, declarations: tuple[Declaration, ...]
) -> tuple[Declaration, list[str]] | None:
    """The declaration that a workbook it does not recognise bears the most words of, and those it lacks; None
    when it bears none of any."""
    mots = [mot for feuille in classeur.feuilles for mot in _mots(feuille)]
    notees = [(len(_presentes(d.reconnaissance, mots)), -rang, d) for rang, d in enumerate(declarations)]
    meilleure = max(notees, default=(0, 0, None), key=lambda notee: notee[:2])
    if not meilleure[0]:
        return None
    proche = meilleure[2]
    presentes = _presentes(proche.reconnaissance, mots)
    return proche, [motif for motif in proche.reconnaissance.cellules if motif not in presentes]


def _reconnait(reconnaissance: Reconnaissance, mots: dict[str, list[str]]) -> bool:
    if not all(any(correspond(motif, nom) for nom in mots) for motif in reconnaissance.feuilles):
        return False
    return not reconnaissance.cellules or any(
        len(_presentes(reconnaissance, siens)) >= (reconnaissance.au_moins or len(reconnaissance.cellules))
        for siens in mots.values()
    )


def _presentes(reconnaissance: Reconnaissance, mots: list[str]) -> list[str]:
    return [motif for motif in reconnaissance.cellules if any(correspond(motif, mot) for mot in mots)]


def _mots(feuille: Feuille) -> list[str]:
    return list(
        dict.fromkeys(
            simplifier(mots)
            for rangee in feuille.rangees[:_RANGS_REGARDES]
            for lu in rangee
            if isinstance(lu, str)
            for mots in (lu, lu.split(":", 1)[0])
            if mots.strip()
        )
    )
