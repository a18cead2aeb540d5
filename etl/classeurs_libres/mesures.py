"""The measures a workbook may give: those the convention asks of its structures, and the words they go by."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from ctg.codes import CODES
from ctg.referentiel import Referentiel
from etl.canevas.grammaire import CODES_EXERCICES, CODES_PAR_SAISIE, TRIMESTRES
from etl.canevas.plan import SANS_QUARTIER, Ligne, Section, lignes, plan_fiche, plan_structure
from etl.classeurs_libres.mots import simplifier

RESSEMBLE = 70  # of 100: under it, a measure would be proposed at random
_MEME_MOT = 85  # of 100: « impliqué », « impliqués »
# words that change nothing to what is counted, and units
_VIDES = {"a", "au", "aux", "avec", "dans", "de", "des", "du", "d", "en", "et", "l", "la", "le", "les", "par"}
_VIDES |= {"pour", "sur", "un", "une", "nombre", "annee", "31", "decembre", "k€", "m€", "€", "%"}
_MOT = re.compile(r"[^\s'()›,;:/-]+")
_PARENTHESE = re.compile(r"\([^()]*\)")
_SANS_NOMBRE = ("texte", "etat", "prevu_le", "realise_le")
_QUESTIONNAIRES = CODES_PAR_SAISIE["satisfaction"]
_ABREGES = {"etp": "equivalent temps plein", "nb": "nombre", "nbre": "nombre"}


@dataclass(frozen=True, slots=True)
class MesureConnue:
    """What one cell may answer: its key (`v:adherents`), its code, its modality (`sexe=femmes`).

    `libelle` names it to a person, alone of its name; `mots` are the wordings a header may be close to;
    `detail` is the name of its modality.
    """

    cle: str
    code: str
    modalite: str | None
    libelle: str
    mots: tuple[str, ...]
    detail: str = ""

    @property
    def chiffree(self) -> bool:
        """True when its answer is a number."""
        return self.code not in _SANS_NOMBRE


def mesures_connues(
    referentiel: Referentiel, annee: int, structures: Iterable[str] = (), fiche: str | None = None
) -> tuple[MesureConnue, ...]:
    """Every measure asked for `annee` of these structures (ids) or of this fiche, once, in the order of the
    forms; of every form when nobody is named."""
    connues: dict[tuple[str, str | None, str], tuple[Ligne, str]] = {}
    for plan in _plans(referentiel, annee, tuple(structures), fiche):
        for ligne in lignes(plan).values():
            if ligne.cle.quartier_id not in (None, SANS_QUARTIER):
                continue
            modalite = f"{ligne.cle.ventilation}={ligne.cle.modalite}" if ligne.cle.ventilation else None
            cle = f"{ligne.cle.rubrique}:{ligne.cle.objet_id}"
            for code in ligne.codes:
                connues.setdefault((cle, modalite, code), (ligne, _precision(referentiel, ligne, code)))
    libelles = [_libelle(ligne, precision) for ligne, precision in connues.values()]
    return tuple(
        # two fiches may ask the same words of the same structure
        MesureConnue(
            cle,
            code,
            modalite,
            libelle if libelles.count(libelle) == 1 else f"{libelle} [{cle.partition(':')[2]}]",
            _mots(ligne, code, precision),
            ligne.libelle if modalite else "",
        )
        for ((cle, modalite, code), (ligne, precision)), libelle in zip(
            connues.items(), libelles, strict=True
        )
    )


def nom_de_mesure(cle: str, referentiel: Referentiel) -> str:
    """The words of a measure by its key: `v:adherents` → « Adhérents »."""
    rubrique, _, objet_id = cle.partition(":")
    objets = {
        "i": referentiel.indicateurs,
        "v": referentiel.vie_structure,
        "c": referentiel.chiffres_clefs,
        "t": referentiel.rubriques,
    }
    return objets[rubrique][objet_id].libelle


def rapprocher(libelle: str, mesures: Iterable[MesureConnue]) -> tuple[MesureConnue | None, int]:
    """The measure whose words are the closest to a wording, the first of equals, and its score (0 to 100)."""
    cherche = _developper(libelle)
    notees = [
        (round(max((_proximite(cherche, mots) for mots in m.mots), default=0)), -rang, m)
        for rang, m in enumerate(mesures)
    ]
    meilleure = max(notees, default=None, key=lambda notee: notee[:2])
    return (meilleure[2], meilleure[0]) if meilleure else (None, 0)


def mots_de_plus(libelle: str, mesure: MesureConnue) -> int:
    """How many words a wording bears beside those of the measure, in the closest of its wordings."""
    siens = _mots_pleins(_developper(libelle))
    return min(
        (
            sum(not any(fuzz.ratio(mot, autre) >= _MEME_MOT for autre in _mots_pleins(mots)) for mot in siens)
            for mots in mesure.mots
        ),
        default=0,
    )


def _developper(libelle: str) -> str:
    return " ".join(_ABREGES.get(mot.strip("()"), mot) for mot in simplifier(libelle).split())


def _proximite(a: str, b: str) -> float:
    """From 0 to 100: how many of their words they share, whatever the order, or how alike they are written.

    A word more is a word less shared: « salariés permanents » are not « salariés permanents en ETP ».
    """
    ecrits = max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b))
    siens, autres = _mots_pleins(a), _mots_pleins(b)
    if not siens or not autres:
        return ecrits
    communs = sum(any(fuzz.ratio(mot, autre) >= _MEME_MOT for autre in autres) for mot in siens)
    return max(ecrits, 200 * communs / (len(siens) + len(autres))) if communs else 0


@lru_cache(maxsize=8192)
def _mots_pleins(texte: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mot for mot in _MOT.findall(texte) if mot not in _VIDES))


def _plans(
    referentiel: Referentiel, annee: int, structures: tuple[str, ...], fiche: str | None
) -> list[tuple[Section, ...]]:
    if fiche is not None:
        return [plan_fiche(referentiel, fiche, annee)]
    nommees = [referentiel.structures[s] for s in structures] or list(referentiel.structures.values())
    semblables = {(s.type_id, s.multisite): s for s in reversed(nommees)}
    plans = [plan_structure(referentiel, s, annee) for s in reversed(semblables.values())]
    if not structures:
        plans += [plan_fiche(referentiel, fiche_id) for fiche_id in referentiel.fiches]
    return plans


def _precision(referentiel: Referentiel, ligne: Ligne, code: str) -> str:
    """What tells a cell from the others of its row: the words of a numerator, an exercise, a quarter."""
    if len(ligne.codes) == 1 and ligne.cle.ventilation is None:
        return ""
    indicateur = referentiel.indicateurs.get(ligne.cle.objet_id) if ligne.cle.rubrique == "i" else None
    mots = {
        "numerateur": indicateur and indicateur.numerateur,
        "denominateur": indicateur and indicateur.denominateur,
    }.get(code)
    return mots or ("" if len(ligne.codes) == 1 else CODES.get(code, code))


def _libelle(ligne: Ligne, precision: str) -> str:
    detail = [ligne.libelle] if ligne.cle.ventilation else []
    return " › ".join([ligne.objet, *detail, *filter(None, [precision])])


def _mots(ligne: Ligne, code: str, precision: str) -> tuple[str, ...]:
    """Only who writes it means a quarter or another exercise; of a rate, either count has its own words."""
    # what stands between brackets explains: « jeunes impliqués (actifs dans un projet) »
    court = _PARENTHESE.sub("", ligne.objet)
    if ligne.cle.ventilation:
        return tuple(simplifier(f"{objet} {ligne.libelle}") for objet in dict.fromkeys((court, ligne.objet)))
    objet = ligne.objet
    if code in TRIMESTRES:
        return (simplifier(f"{objet} {code}"), simplifier(f"{objet} {precision}"))
    if code in CODES_EXERCICES:
        return (simplifier(objet),) if code == "n" else (simplifier(f"{objet} {code}"),)
    if code in _QUESTIONNAIRES:
        return (simplifier(f"{objet} {precision}"), simplifier(precision))
    return tuple(dict.fromkeys(simplifier(mots) for mots in (objet, court, precision) if mots))
