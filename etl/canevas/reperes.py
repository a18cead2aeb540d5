"""What tells the reader where it stands: the marker row of a sheet, and the hidden manifest of a workbook.

Without its marker row, a form is still known by the names of its hidden columns, or by its printed headings.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass, field

from etl.canevas.grammaire import (
    CODES_EXERCICES,
    CODES_PAR_SAISIE,
    LIBELLE_PRECISION,
    LIBELLE_QUESTION,
    LIBELLE_REPONSE,
    LIBELLES_NOM,
    MARQUE,
    REPONSES,
    TRIMESTRES,
    VERSION,
    analyser_cle,
    normaliser,
)
from etl.canevas.versions import colonnes_de
from etl.classeurs.modele import Rangees

_CELLULE = 32_000  # letters a cell holds, short of the limit of spreadsheets
_MINIMUM = 3  # keys in one column: it is the one of the ids
_CODES = frozenset("|".join(codes) for codes in (*CODES_PAR_SAISIE.values(), TRIMESTRES, CODES_EXERCICES))
_QUESTION, _REPONSE, _PRECISION = map(normaliser, (LIBELLE_QUESTION, LIBELLE_REPONSE, LIBELLE_PRECISION))


@dataclass(frozen=True, slots=True)
class Reperes:
    """Where the columns of a form stand: `colonnes` maps their names to indexes counted from 0.

    `marquee` is false when the marker row is gone: `ligne` is then that of the headings.
    """

    genre: str  # structure | fiche | aide
    version: int
    ligne: int
    colonnes: dict[str, int]
    repetes: bool = False
    marquee: bool = True

    @property
    def sans_cles(self) -> bool:
        """True when no column bears the keys of the rows: they are known by their words alone."""
        return "id" not in self.colonnes


def trouver(rangees: Rangees) -> Reperes | None:
    """Where the columns of a sheet stand, wherever they are; None when nothing says that it is a form."""
    # Nearly always in the first column: the whole sheet is searched only when somebody moved it.
    trouves = _marques(rangees, premiere_colonne=True) or _marques(rangees, premiere_colonne=False)
    if not trouves:
        return _sans_marque(rangees)
    ligne, marque = trouves[0]
    version = int(marque[2])
    noms = colonnes_de(version)
    nommees = [(noms[cellule], rang) for rang, cellule in enumerate(rangees[ligne]) if cellule in noms]
    colonnes = {"id": rangees[ligne].index(marque[0]), **dict(nommees)}
    cote_a_cote = len(dict(nommees)) < len(nommees)
    return Reperes(marque[1], version, ligne, colonnes, repetes=len(trouves) > 1 or cote_a_cote)


def _sans_marque(rangees: Rangees) -> Reperes | None:
    noms = colonnes_de(VERSION)
    for ligne, rangee in enumerate(rangees):
        colonnes = {noms[c]: rang for rang, c in enumerate(rangee) if isinstance(c, str) and c in noms}
        if len(colonnes) < len(REPONSES) + 1:
            colonnes = _sous_les_entetes(rangee)
        if colonnes:
            colonnes |= _colonnes_cachees(rangees)
            return Reperes(_genre(rangees), VERSION, ligne, colonnes, marquee=False)
    return None


def _sous_les_entetes(rangee: list[object]) -> dict[str, int]:
    """The columns under the printed headings; the answers are the four under « Votre réponse »."""
    mots = {normaliser(c): rang for rang, c in enumerate(rangee) if isinstance(c, str) and c}
    if _QUESTION not in mots or _REPONSE not in mots:
        return {}
    premiere = mots[_REPONSE]
    suivante = premiere + len(REPONSES)
    colonnes = {"libelle": mots[_QUESTION], "v1": premiere}
    colonnes |= {"unite": mots["unité"]} if "unité" in mots else {}
    rappel = next((rang for mot, rang in mots.items() if mot.startswith("rappel ")), None)
    colonnes |= {} if rappel is None else {"precedent": rappel}
    colonnes |= {"remarque": mots[_PRECISION]} if _PRECISION in mots else {}
    if mots.get(_PRECISION, suivante) == suivante:  # else a column came or went between the answers
        colonnes |= {nom: premiere + rang for rang, nom in enumerate(REPONSES)}
    return colonnes


def _colonnes_cachees(rangees: Rangees) -> dict[str, int]:
    """Those of the keys and of the codes, when they are still there."""
    cles, codes = Counter(), Counter()
    for rangee in rangees:
        for colonne, cellule in enumerate(rangee):
            if isinstance(cellule, str) and cellule:
                cles[colonne] += ":" in cellule[:2] and analyser_cle(cellule) is not None
                codes[colonne] += cellule in _CODES
    colonnes = {}
    for nom, comptes in (("id", cles), ("codes", codes)):
        colonne, nombre = max(comptes.items(), key=lambda compte: compte[1], default=(0, 0))
        if nombre >= _MINIMUM:
            colonnes[nom] = colonne
    return colonnes


def _genre(rangees: Rangees) -> str:
    fiche = normaliser(LIBELLES_NOM["fiche"])
    mots = (c for rangee in rangees for c in rangee if isinstance(c, str))
    return "fiche" if any(mot == "m:fiche_id" or normaliser(mot) == fiche for mot in mots) else "structure"


def _marques(rangees: Rangees, premiere_colonne: bool) -> list[tuple[int, re.Match[str]]]:
    return [
        (ligne, marque)
        for ligne, rangee in enumerate(rangees)
        for cellule in (rangee[:1] if premiere_colonne else rangee)
        if cellule.__class__ is str and cellule.startswith("ctg:") and (marque := MARQUE.fullmatch(cellule))
    ]


@dataclass(frozen=True, slots=True)
class Manifeste:
    """What was sent: the respondents of the workbook, with the name their sheet had.

    `rappels` holds, by respondent, last year's answers as they were printed, by row key; a form sent before
    that was noted has none.
    """

    genre: str
    annee: int | None
    fictif: bool
    feuilles: dict[str, str] = field(default_factory=dict)  # respondent id -> name of its sheet
    rappels: dict[str, dict[str, str]] = field(default_factory=dict)


def ecrire_manifeste(manifeste: Manifeste) -> list[list[object]]:
    """The rows of the hidden sheet `_ctg`."""
    return [
        ["version", VERSION],
        ["genre", manifeste.genre],
        ["annee", manifeste.annee],
        ["fictif", "oui" if manifeste.fictif else "non"],
        *(
            ["feuille", repondant_id, nom, _ecrire_rappels(manifeste.rappels.get(repondant_id))]
            for repondant_id, nom in manifeste.feuilles.items()
        ),
    ]


def _ecrire_rappels(rappels: dict[str, str] | None) -> str | None:
    """In one cell; None when a cell is too small for them."""
    texte = None if rappels is None else json.dumps(rappels, ensure_ascii=False)
    return texte if texte and len(texte) <= _CELLULE else None


def _lire_rappels(lu: object) -> dict[str, str] | None:
    if not isinstance(lu, str) or not lu.startswith("{"):
        return None
    try:
        rappels = json.loads(lu)
    except ValueError:
        return None
    return rappels if all(isinstance(rappel, str) for rappel in rappels.values()) else None


def lire_manifeste(rangees: Rangees) -> Manifeste | None:
    """The manifest held by the rows of `_ctg`; None when they say nothing usable."""
    champs = {rangee[0]: rangee[1] for rangee in rangees if len(rangee) > 1 and rangee[0] != "feuille"}
    if champs.get("genre") not in ("structure", "fiche"):
        return None
    feuilles = [r for r in rangees if len(r) > 2 and r[0] == "feuille"]
    return Manifeste(
        champs["genre"],
        lire_annee(champs.get("annee")),
        champs.get("fictif") == "oui",
        {str(r[1]): str(r[2]) for r in feuilles},
        {str(r[1]): rappels for r in feuilles if len(r) > 3 and (rappels := _lire_rappels(r[3])) is not None},
    )


def lire_annee(lu: object) -> int | None:
    """A year from a cell (2025.0, « 2025 »); None when it is not one."""
    texte = f"{lu:.15g}" if isinstance(lu, float) else str(lu).strip()
    return int(texte) if texte.isdecimal() and len(texte) == 4 else None
