"""The wordings that name a part of what is counted: « dont filles », « 12/17 ans », « Ensemble ».

Only the words of a modality, or one of the words it joins (« Filles et femmes »), name it: an age that is not
that of the convention names nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from etl.classeurs_libres.mesures import MesureConnue
from etl.classeurs_libres.mots import simplifier

_DETAIL = "détail › "
_TIRET = re.compile(r"^(?:[-–—•*·>↳]\s*|dont\s*:?\s+|y compris\s+)+", re.IGNORECASE)
_COUPURE = re.compile(r"\s*[,(]?\s*\bdont\s+|\s+[-–—›:]\s+(?:dont\s+)?|\s*\(", re.IGNORECASE)
_MILLIERS = re.compile(r"(?<=[0-9]) (?=[0-9]{3}\b)")
_MOT = re.compile(r"[^\W_]+")
_LIENS = frozenset({"a", "ans", "de", "des", "du", "en", "et", "la", "le", "les", "l", "d", "nb", "nombre"})
_ABREGES = {"qpv": ("quartier", "prioritaire")}
_PARENTHESE = re.compile(r"\([^()]*\)")


def details_connus(mesures: Iterable[MesureConnue]) -> tuple[MesureConnue, ...]:
    """What a row may say of the measure above it: one « détail › 12 à 17 ans » whatever is broken down so;
    its key holds the modalities of that name."""
    groupes: dict[str, dict[str, None]] = {}
    for mesure in mesures:
        if mesure.modalite and mesure.code == "valeur":
            groupes.setdefault(mesure.detail, {})[mesure.modalite] = None
    return tuple(
        MesureConnue(" ".join(modalites), "valeur", None, f"{_DETAIL}{detail}", (), detail)
        for detail, modalites in groupes.items()
    )


def lignes_connues(mesures: Iterable[MesureConnue]) -> tuple[MesureConnue, ...]:
    """The measures with their modality, as the label of a row is worth both: `i:JE-1.1.1-a sexe=femmes`."""
    return tuple(
        replace(m, cle=f"{m.cle} {m.modalite}", modalite=None)
        for m in mesures
        if m.modalite and m.code == "valeur"
    )


def detail_dit(libelle: str, details: Iterable[MesureConnue]) -> MesureConnue | None:
    """The detail that a wording names, or None: the same words first, then one of those it joins."""
    mots = _mots(_TIRET.sub("", libelle.strip()))
    if not mots:
        return None
    details = tuple(details)
    for facons in (_entier, _morceaux):
        nommes = [d for d in details if mots in facons(d.detail)]
        if nommes:
            return nommes[0] if len(nommes) == 1 else None
    return None


def separer(libelle: str) -> tuple[str, str] | None:
    """« Jeunes impliqués – dont filles » → (« Jeunes impliqués », « filles »); None when nothing parts it."""
    trouvees = list(_COUPURE.finditer(libelle))
    if not trouvees or trouvees[-1].start() == 0:
        return None
    derniere = trouvees[-1]
    return libelle[: derniere.start()].strip(), libelle[derniere.end() :].strip().rstrip(")").strip()


def est_un_detail(mesure: MesureConnue) -> bool:
    """True for what only breaks the measure above down."""
    return ":" not in mesure.cle


@lru_cache(maxsize=4096)
def _mots(texte: str) -> frozenset[str]:
    lus = _MOT.findall(_MILLIERS.sub("", simplifier(texte)))
    developpes = [m for mot in lus for m in _ABREGES.get(mot, (mot,))]
    return frozenset(m.rstrip("s") if len(m) > 3 else m for m in developpes if m not in _LIENS)


def _entier(detail: str) -> tuple[frozenset[str], ...]:
    return (_mots(detail), _mots(_PARENTHESE.sub("", detail)))


def _morceaux(detail: str) -> tuple[frozenset[str], ...]:
    """« Filles et femmes » → filles; femmes. A number is never parted from its words."""
    sans = _PARENTHESE.sub("", detail)
    if any(c.isdigit() for c in sans):
        return ()
    return tuple(_mots(morceau) for morceau in sans.split(" et "))
