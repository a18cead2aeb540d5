"""Rows whose hidden id is lost, found again by their words: exactly, or not at all.

An exact and unique wording is taken; a close one is proposed, and a person decides; a wording that stands
several times is told. Words such as « Grésilles » are those of many questions: they are read under theirs.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz import fuzz

from etl.canevas.grammaire import LIBELLE_QUESTION, normaliser
from etl.canevas.impression import Imprimee, decors, imprimees, intitule_imprime
from etl.canevas.plan import Section
from etl.canevas.reponse.textes_libres import motifs_a_relire

SCORE_MINIMAL = 72  # of 100: under it, a proposal would be a guess
PRESQUE = 99.0  # the same but for the words that say nothing: close, still not the same
ECART_MINIMAL = 6  # between the first proposal and the second
# Words that say nothing of what is counted: « nb de familles » is « Familles ».
_MOTS_VIDES = re.compile(
    r"\b(?:nb|nbr|nbre|nombre|combien|total|de|d|des|du|le|la|les|l|une?|en|et|à|aux?)\b|[^\w\s]"
)
_TITRE = 20  # letters: a row without answer and longer than that may announce another question


class Rangee(NamedTuple):
    """What is known of one row: its key when it still has one, its words and its unit, whether an answer
    stands in it."""

    rang: int
    cle: str
    libelle: str
    unite: str
    remplie: bool


class Proposition(NamedTuple):
    """A row whose words are close to those of one question, and of no other; `score` is out of 100."""

    rang: int
    lu: str  # the words of the row alone
    designation: str  # the same, under those of their question when they need it
    cle: str
    libelle: str
    score: float


@dataclass(slots=True)
class Retrouvees:
    """`cles`: key by row found exactly. `decors`: rows of printed words. `ambigues`, `inconnues`: the words
    read on the rows that hold an answer and are not loaded."""

    cles: dict[int, str] = field(default_factory=dict)
    decors: set[int] = field(default_factory=set)
    propositions: list[Proposition] = field(default_factory=list)
    ambigues: dict[int, str] = field(default_factory=dict)
    inconnues: dict[int, str] = field(default_factory=dict)


def retrouver(
    rangees: Sequence[Rangee],
    sections: Iterable[Section],
    annee: int,
    libelles: Mapping[str, str],
) -> Retrouvees:
    """Look for the rows without key among those the form asks and that no key names yet.

    `libelles` maps other wordings to the key they mean: those of former years, those a person confirmed.
    """
    recherche = _Recherche(tuple(sections), annee, libelles)
    recherche.prises = {rangee.cle for rangee in rangees if rangee.cle}
    textes = Counter(normaliser(rangee.libelle) for rangee in rangees)
    recherche.repetees = {texte for texte, nombre in textes.items() if nombre > 1}
    for rangee in rangees:
        recherche.parcourir(rangee)
    recherche.proposer()
    return recherche.trouve


class _Recherche:
    """Goes down the sheet, knowing under which question it stands."""

    def __init__(self, sections: tuple[Section, ...], annee: int, libelles: Mapping[str, str]) -> None:
        self.attendues = {str(i.ligne.cle): i for i in imprimees(sections, annee)}
        self.par_libelle: dict[str, list[Imprimee]] = defaultdict(list)
        self.questions: dict[str, set[int]] = defaultdict(set)
        self.dites = {normaliser(dit): cle for dit, cle in libelles.items() if cle in self.attendues}
        for imprimee in self.attendues.values():
            for libelle in {normaliser(libelle) for libelle in imprimee.libelles}:
                self.par_libelle[libelle].append(imprimee)
        toutes = [question for section in sections for question in section.questions]
        for rang, question in enumerate(toutes):
            for texte in (question.intitule, intitule_imprime(question, annee)):
                self.questions[normaliser(texte)].add(rang)
        # Asked by quartier, a question has no row of its own: its wording is told for « i:PE-1.0.1-c ».
        objets = {
            f"{i.ligne.cle.rubrique}:{i.ligne.cle.objet_id}": i.question for i in self.attendues.values()
        }
        for dit, cle in libelles.items():
            if cle in objets:
                self.questions[normaliser(dit)].add(objets[cle])
        self.intitules = [question.intitule for question in toutes]
        self.sous_titres = {normaliser(i.sous_titre) for i in self.attendues.values() if i.sous_titre}
        self.titres = {normaliser(section.titre) for section in sections}
        self.decors = {normaliser(texte) for texte in (*decors(sections, annee), LIBELLE_QUESTION)} - {""}
        self.prises: set[str] = set()
        self.repetees: set[str] = set()  # words printed twice: under which of the two would a row stand?
        self.question: int | None = None
        self.sous_titre = ""
        self.restes: list[tuple[Rangee, str, int | None]] = []
        self.trouve = Retrouvees()

    def parcourir(self, rangee: Rangee) -> None:
        texte = normaliser(rangee.libelle)
        self._situer(rangee, texte)
        if rangee.cle or not texte:
            return
        candidates = self._candidates(texte, normaliser(rangee.unite))
        homonymes = self.par_libelle.get(texte, ())
        if len(candidates) == 1:
            if not candidates[0].detail:
                self.question = None if texte in self.repetees else candidates[0].question
            self.trouve.cles[rangee.rang] = str(candidates[0].ligne.cle)
        elif texte in self.decors or (not rangee.remplie and (homonymes or texte in self.questions)):
            self.trouve.decors.add(rangee.rang)
        elif not rangee.remplie:
            return
        elif candidates or any(str(i.ligne.cle) not in self.prises for i in homonymes):
            self.trouve.ambigues[rangee.rang] = rangee.libelle
        else:
            self.restes.append((rangee, self._designer(rangee.libelle), self.question))

    def _situer(self, rangee: Rangee, texte: str) -> None:
        """Under which question and which subtitle the next rows stand."""
        if rangee.cle in self.attendues:
            imprimee = self.attendues[rangee.cle]
            self.question = imprimee.question
            self.sous_titre = self.sous_titre if imprimee.detail else ""
        elif texte in self.questions:
            rangs = self.questions[texte]
            unique = len(rangs) == 1 and texte not in self.repetees
            self.question, self.sous_titre = (min(rangs) if unique else None), ""
        elif texte in self.sous_titres:
            self.sous_titre = texte
        elif texte in self.titres or self._peut_etre_un_titre(rangee, texte):
            self.question, self.sous_titre = None, ""

    def _peut_etre_un_titre(self, rangee: Rangee, texte: str) -> bool:
        # Words nobody printed, on a row that holds no answer: perhaps a question somebody reworded. The
        # rows under it are then those of no question we know.
        connu = texte in self.par_libelle or texte in self.decors or texte in self.dites
        return not connu and not rangee.cle and not rangee.remplie and len(texte) > _TITRE

    def _candidates(self, texte: str, unite: str) -> list[Imprimee]:
        confirmee = self.dites.get(normaliser(self._designer(texte))) or self.dites.get(texte)
        if confirmee:
            return [self.attendues[confirmee]] if confirmee not in self.prises else []
        libres = (i for i in self.par_libelle.get(texte, ()) if str(i.ligne.cle) not in self.prises)
        return [i for i in libres if _a_cette_unite(i, unite) and (not i.detail or self._est_dessous(i))]

    def _est_dessous(self, detail: Imprimee) -> bool:
        """A detail is only read under its own question and subtitle, even when no other has that name."""
        sous_titre = normaliser(detail.sous_titre)
        return detail.question == self.question and sous_titre in ("", self.sous_titre)

    def _designer(self, libelle: str) -> str:
        if self.question is None or normaliser(libelle) in self.questions:
            return libelle
        return f"{self.intitules[self.question]} › {libelle}"

    def proposer(self) -> None:
        """For each row that no wording names, the one question whose words are close enough."""
        prises = self.prises | set(self.trouve.cles.values())
        libres = [i for cle, i in self.attendues.items() if cle not in prises]
        for rangee, designation, question in self.restes:
            notes = sorted(
                ((_score(rangee.libelle, i, question), str(i.ligne.cle)) for i in libres), reverse=True
            )
            premiere = notes[0] if notes else (0.0, "")
            seconde = notes[1][0] if len(notes) > 1 else 0.0
            proche = premiere[0] >= SCORE_MINIMAL and premiere[0] - seconde >= ECART_MINIMAL
            if not proche or motifs_a_relire(rangee.libelle):  # a proposal is shown: it names nobody
                self.trouve.inconnues[rangee.rang] = rangee.libelle
                continue
            imprimee = self.attendues[premiere[1]]
            lue = " ".join((designation if imprimee.detail else rangee.libelle).split())
            self.trouve.propositions.append(
                Proposition(
                    rangee.rang,
                    rangee.libelle,
                    lue,
                    premiere[1],
                    imprimee.designation,
                    min(premiere[0], PRESQUE),
                )
            )


def _a_cette_unite(imprimee: Imprimee, unite: str) -> bool:
    """False when the unit printed beside the words is that of another question: a row was moved under it.

    Beside two counts stands the unit of the rate that is recalled (« rappel en places »).
    """
    return unite in ("", normaliser(imprimee.ligne.unite)) or unite.startswith("rappel en ")


def _score(libelle: str, imprimee: Imprimee, question: int | None) -> float:
    if imprimee.detail:
        mots = imprimee.libelles if imprimee.question == question else (imprimee.ligne.nom,)
    else:
        mots = (*imprimee.libelles, imprimee.ligne.objet)
    lu = _abreger(libelle)
    return max(fuzz.token_sort_ratio(lu, _abreger(mot)) for mot in mots)


def _abreger(texte: str) -> str:
    texte = normaliser(texte)
    return " ".join(_MOTS_VIDES.sub(" ", texte).split()) or texte
