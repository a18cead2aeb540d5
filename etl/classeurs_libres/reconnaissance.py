"""Which declaration describes a workbook: by the names of its sheets and its words, never by its name."""

from etl.classeurs import Classeur, Feuille
from etl.classeurs_libres.declaration import Declaration, Reconnaissance
from etl.classeurs_libres.mots import correspond, simplifier

# a header stands in the first rows: a long file is not gone through for it
_RANGS_REGARDES = 60


def reconnues(classeur: Classeur, declarations: tuple[Declaration, ...]) -> list[Declaration]:
    """The declarations that recognise a workbook: none, one, or several that nothing tells apart."""
    mots = {feuille.nom: _mots(feuille) for feuille in classeur.feuilles}
    return [d for d in declarations if _reconnait(d.reconnaissance, mots)]


def _reconnait(reconnaissance: Reconnaissance, mots: dict[str, list[str]]) -> bool:
    if not all(any(correspond(motif, nom) for nom in mots) for motif in reconnaissance.feuilles):
        return False
    return not reconnaissance.cellules or any(
        all(any(correspond(motif, mot) for mot in siens) for motif in reconnaissance.cellules)
        for siens in mots.values()
    )


def _mots(feuille: Feuille) -> list[str]:
    return list(
        dict.fromkeys(
            simplifier(lu)
            for rangee in feuille.rangees[:_RANGS_REGARDES]
            for lu in rangee
            if isinstance(lu, str) and lu.strip()
        )
    )
