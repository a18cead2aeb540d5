"""The structure that a wording names: for sure, or by the names it is close to, which a person decides."""

from collections import Counter
from collections.abc import Iterable

from ctg.referentiel import Referentiel
from etl.classeurs_libres.libelles import Proposition, identifier, proposer
from etl.classeurs_libres.mots import est_un_total, simplifier

_MAJORITE = 0.5


def structure_nommee(libelle: str, referentiel: Referentiel) -> tuple[str | None, list[Proposition]]:
    """The structure a wording names exactly, or None and those it is close to, best first."""
    connue = identifier("structure", libelle, None, referentiel)
    if connue or est_un_total(libelle) or simplifier(libelle) in _gestionnaires(referentiel):
        return connue, []
    return None, proposer("structure", libelle, referentiel)


def _gestionnaires(referentiel: Referentiel) -> set[str]:
    """Who runs several structures is none of them: « LPCR » stands above its own."""
    nombres = Counter(s.gestionnaire for s in referentiel.structures.values() if s.gestionnaire)
    return {simplifier(gestionnaire) for gestionnaire, nombre in nombres.items() if nombre > 1}


def nomment_des_structures(libelles: Iterable[str], referentiel: Referentiel) -> bool:
    """True when most of these wordings, totals left out, name a structure or are close to one."""
    compares = [libelle for libelle in libelles if not est_un_total(libelle)]
    nommees = [libelle for libelle in compares if any(structure_nommee(libelle, referentiel))]
    return bool(nommees) and len(nommees) >= _MAJORITE * len(compares)
