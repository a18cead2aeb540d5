"""The words beside each answer, held against the hidden key of its row.

Whoever sorts, exchanges or shifts the visible cells leaves the hidden keys where they were: the key alone
would load an answer under another question, and nobody would know. Words that are those of another row load
nothing; words that are those of none wait for a person, as a close wording does (`retrouver`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz import fuzz

from ctg.referentiel import Referentiel
from etl.canevas.grammaire import CLE_DECOR, LIBELLE_QUESTION
from etl.canevas.impression import (
    Feuillet,
    Imprimee,
    decors,
    est_une_boite,
    imprimees,
    intitule_imprime,
    libelles_de_la_convention,
)
from etl.canevas.lecture.ressemblance import condenser, est_coupe, memes_mots, nombres, suite
from etl.canevas.lecture.retrouver import ECART_MINIMAL, PRESQUE, SCORE_MINIMAL, Rangee
from etl.canevas.plan import Section
from etl.canevas.reponse.petits_nombres import petit_possible
from etl.canevas.reponse.textes_libres import motifs_a_relire

_UNE_ANNEE = range(1990, 2051)
_QUESTION = 20  # letters of a question, its help after it
_MOT = 3  # letters that make an answer


class Desaccord(NamedTuple):
    """A row whose words are not those of its key. `regle` says how they differ; `autre` is what they name.

    `designation` is the wording a person may confirm (empty: none), for the question `propose`; `score` says
    how close they are, out of 100. `rangs`: the rows of its question, when they go with it.
    """

    rang: int
    regle: str
    lu: str
    cle: str
    question: str
    autre: str = ""
    designation: str = ""
    propose: str = ""
    score: float = 0.0
    rangs: tuple[int, ...] = ()


@dataclass(slots=True)
class Confrontation:
    """`ecartees`: rows nothing of which is loaded. `a_cote`: rows whose answer stands among their words."""

    desaccords: list[Desaccord] = field(default_factory=list)
    ecartees: set[int] = field(default_factory=set)
    a_cote: set[int] = field(default_factory=set)


def suspectes(
    textes: Sequence[object], cles: Sequence[object], imprime: Feuillet
) -> tuple[list[int], list[int]]:
    """Rows whose words are not, letter for letter, those printed; first rows of a question that does not
    stand over them. `textes` are the words of each row."""
    lignes, titres = [], []
    bandes = set(imprime.bandes.values())
    bande = None
    for rang, cle in enumerate(cles):
        attendu = imprime.libelles.get(cle)
        if attendu is None:
            if cle == CLE_DECOR and textes[rang] in bandes:
                bande = textes[rang]
            continue
        if textes[rang] != attendu:
            lignes.append(rang)
        if cle in imprime.bandes and imprime.bandes[cle] != bande:
            titres.append(rang)
    return lignes, titres


class Confronteur:
    """Judges the suspect rows of one form. `connus` maps to the key of a row the wordings of former years
    and those a person confirmed."""

    def __init__(
        self, sections: Iterable[Section], annee: int, connus: Mapping[str, str], referentiel: Referentiel
    ) -> None:
        sections = tuple(sections)
        self.annee = annee
        self.seuil = referentiel.parametres.confidentialite.seuil_personnes
        self.convention = [(objet, condenser(mots)) for objet, mots in libelles_de_la_convention(referentiel)]
        self.questions = [question for section in sections for question in section.questions]
        self.imprimees = {str(i.ligne.cle): i for i in imprimees(sections, annee)}
        self.ordre = {cle: rang for rang, cle in enumerate(self.imprimees)}
        self.par_mots: dict[str, list[str]] = defaultdict(list)
        for cle, imprimee in self.imprimees.items():
            for mots in dict.fromkeys(map(condenser, imprimee.libelles)):
                self.par_mots[mots].append(cle)
        self.dites = {condenser(dit): cle for dit, cle in connus.items()}
        self.intitules: dict[str, int] = {}
        objets = {_objet(cle): imprimee.question for cle, imprimee in self.imprimees.items()}
        for rang, question in enumerate(self.questions):
            for texte in (question.intitule, intitule_imprime(question, annee)):
                self.intitules.setdefault(condenser(texte), rang)
        for dit, cle in self.dites.items():
            if cle in objets:
                self.intitules[dit] = objets[cle]
        self.decors = {condenser(texte) for texte in (*decors(sections, annee), LIBELLE_QUESTION)} - {""}
        self.lu = Confrontation()

    def confronter(
        self, rangees: Sequence[Rangee], lignes: Iterable[int], titres: Iterable[int]
    ) -> Confrontation:
        """`lignes` and `titres` as `suspectes` gives them; `rangees` holds every row of the sheet."""
        par_question: dict[int, list[Rangee]] = defaultdict(list)
        for rangee in rangees:
            if rangee.cle in self.imprimees:
                par_question[self.imprimees[rangee.cle].question].append(rangee)
        for rang in lignes:
            imprimee = self.imprimees[rangees[rang].cle]
            siennes = [rangees[rang]] if imprimee.detail else par_question[imprimee.question]
            if desaccord := self._ligne(rangees[rang], any(rangee.remplie for rangee in siennes)):
                self._noter(desaccord, siennes)
        for rang in titres:
            if desaccord := self._titre(rangees, rang):
                self._noter(desaccord, par_question[self.imprimees[rangees[rang].cle].question])
        return self.lu

    def _noter(self, desaccord: Desaccord, siennes: Sequence[Rangee]) -> None:
        self.lu.desaccords.append(desaccord._replace(rangs=tuple(rangee.rang for rangee in siennes)))
        if desaccord.regle == "reponse_a_cote":
            self.lu.a_cote.add(desaccord.rang)
        elif desaccord.regle != "libelle_efface":
            self.lu.ecartees |= {rangee.rang for rangee in siennes}

    def _ligne(self, rangee: Rangee, remplie: bool) -> Desaccord | None:
        """How the words of a row differ from those of its key; None when they do not, or nothing hangs on it:
        a row left blank answers nothing, whatever its words."""
        lu, cle = rangee.libelle, rangee.cle
        imprimee = self.imprimees[cle]
        if not condenser(lu):
            return self._dire("libelle_efface", rangee) if remplie else None
        if any(condenser(lu) == condenser(mot) for mot in imprimee.libelles):
            return None
        autre = self._autre(lu, cle)
        if autre == cle or (autre is None and self._est_le_sien(lu, imprimee)):
            return None
        if autre is None and not remplie:
            return self._dire("reponse_a_cote", rangee) if self._repond(lu, imprimee) else None
        if not remplie:
            return None
        if autre is not None:
            return self._dire("libelle_d_une_autre", rangee, autre)
        if self._est_d_ailleurs(lu, cle):
            return self._dire("libelle_d_une_autre", rangee)._replace(autre=lu)
        return self._a_confirmer(rangee, imprimee)

    def _autre(self, lu: str, cle: str) -> str | None:
        """The key of the row these words are known for, `cle` itself included; None when of none."""
        imprimee = self.imprimees[cle]
        mots = condenser(lu)
        dite = self.dites.get(condenser(f"{imprimee.intitule} {lu}")) or self.dites.get(mots)
        if dite in self.imprimees:
            meme_detail = imprimee.detail and imprimee.ligne.cle[2:] == self.imprimees[dite].ligne.cle[2:]
            return cle if meme_detail else dite
        if dite and dite == _objet(cle) and not imprimee.detail:
            return cle
        autres = self.par_mots.get(mots, [])
        if autres:
            # « Grésilles » stands under many questions: its own first
            return min(autres, key=lambda a: self.imprimees[a].question != imprimee.question)
        if any(memes_mots(lu, mot) for mot in imprimee.libelles):
            return None
        return next(
            (a for a, i in self.imprimees.items() if any(memes_mots(lu, mot) for mot in i.libelles)), None
        )

    def _est_d_ailleurs(self, lu: str, cle: str) -> bool:
        """True for the words of a question this form does not ask: those of another kind of structure."""
        mots = condenser(lu)
        longs = ((mot, objet == _objet(cle)) for objet, mot in self.convention if mots.startswith(mot))
        debuts = [(len(mot), sien) for mot, sien in longs if mot == mots or len(mot) >= _QUESTION]
        return mots in self.dites or not max(debuts, default=(0, True))[1]

    def _est_le_sien(self, lu: str, imprimee: Imprimee) -> bool:
        if any(memes_mots(lu, mot) for mot in imprimee.libelles):
            return True
        if not any(est_coupe(lu, mot) for mot in imprimee.libelles):
            return False
        # « Combien d’enfants » begins several questions: which one was it?
        return not any(
            est_coupe(lu, mot) for i in self.imprimees.values() if i is not imprimee for mot in i.libelles
        )

    def _repond(self, lu: str, imprimee: Imprimee) -> bool:
        """True when an answer was typed after its words: « Places agréées : 60 », a text too."""
        if est_une_boite(imprimee.ligne):
            propres = map(condenser, imprimee.libelles)
            return any(len(condenser(lu)) - len(p) >= _MOT and condenser(lu).startswith(p) for p in propres)
        suites = [reste for mot in imprimee.libelles if (reste := suite(lu, mot)) is not None]
        if suites:
            return any(suites)
        connus = set(nombres(" ".join(imprimee.libelles)))
        return any(n not in connus and int(n) not in _UNE_ANNEE for n in nombres(lu))

    def _a_confirmer(self, rangee: Rangee, imprimee: Imprimee) -> Desaccord:
        lu = rangee.libelle
        propre, autre = self._notes(lu, rangee.cle)
        if autre[0] >= SCORE_MINIMAL and autre[0] - propre >= ECART_MINIMAL:
            return self._dire("libelle_d_une_autre", rangee, autre[1])
        connus = set(nombres(" ".join(imprimee.libelles)))
        petit = imprimee.ligne.confidentielle and any(
            n not in connus and petit_possible(n, self.seuil) for n in nombres(lu)
        )
        mots = condenser(lu)
        muet = mots in self.decors or mots.isdecimal() or len(mots) < _MOT
        if petit or muet or motifs_a_relire(lu):  # a proposal is shown, and once confirmed is for everybody
            return self._dire("libelle_ecrase", rangee)
        designation = f"{imprimee.intitule} › {lu}" if imprimee.detail else lu
        return self._dire("libelle_change", rangee)._replace(
            designation=" ".join(designation.split()),
            propose=imprimee.designation,
            score=min(propre, PRESQUE),
        )

    def _notes(self, lu: str, cle: str) -> tuple[float, tuple[float, str]]:
        notes = {
            autre: max(fuzz.token_sort_ratio(lu.casefold(), mot.casefold()) for mot in i.libelles)
            for autre, i in self.imprimees.items()
            if autre != cle
        }
        # shortened, they are still its own: « (par trimestre) » taken out of it
        propre = max(fuzz.token_set_ratio(lu.casefold(), m.casefold()) for m in self.imprimees[cle].libelles)
        return propre, max(((note, autre) for autre, note in notes.items()), default=(0.0, ""))

    def _titre(self, rangees: Sequence[Rangee], rang: int) -> Desaccord | None:
        """The question printed over the first of its rows: rewritten, or another's."""
        cle = rangees[rang].cle
        numero = self.imprimees[cle].question
        if not self._est_a_sa_place(rangees, rang):
            return None
        textes = []
        for dessus in reversed(rangees[:rang]):
            if dessus.cle != CLE_DECOR:
                break
            if condenser(dessus.libelle) and condenser(dessus.libelle) not in self.decors:
                textes.append(dessus)
        question = self.questions[numero]
        propres = (question.intitule, intitule_imprime(question, self.annee))
        if not textes or any(self._nomme(t.libelle, numero, propres) for t in textes):
            return None
        siennes = [r for r in rangees if r.cle in self.imprimees and self.imprimees[r.cle].question == numero]
        if not any(r.remplie for r in siennes):
            return None
        lue = textes[0]
        sienne = Desaccord(lue.rang, "libelle_change", lue.libelle, _objet(cle), question.intitule)
        mots = condenser(lue.libelle)
        if mots in self.intitules:
            autre = self.questions[self.intitules[mots]].intitule
            return sienne._replace(regle="libelle_d_une_autre", autre=autre)
        if mots in self.par_mots:
            return sienne._replace(regle="libelle_d_une_autre", autre=lue.libelle)
        if motifs_a_relire(lue.libelle):
            return sienne._replace(regle="libelle_ecrase")
        score = min(fuzz.token_sort_ratio(lue.libelle.casefold(), question.intitule.casefold()), PRESQUE)
        return sienne._replace(
            designation=" ".join(lue.libelle.split()), propose=question.intitule, score=score
        )

    def _nomme(self, lu: str, numero: int, propres: tuple[str, str]) -> bool:
        connu = self.intitules.get(condenser(lu))
        if connu is not None:
            return connu == numero
        return any(memes_mots(lu, propre) or est_coupe(lu, propre) for propre in propres)

    def _est_a_sa_place(self, rangees: Sequence[Rangee], rang: int) -> bool:
        """False when whole rows were sorted, keys included: what stands above then says nothing."""
        avant = [self.ordre[r.cle] for r in rangees[:rang] if r.cle in self.ordre]
        apres = {self.ordre[r.cle] for r in rangees[rang:] if r.cle in self.ordre}
        ici = self.ordre[rangees[rang].cle]
        return not avant or (avant[-1] < ici and not any(n in apres for n in range(avant[-1] + 1, ici)))

    def _dire(self, regle: str, rangee: Rangee, autre: str = "") -> Desaccord:
        ligne = self.imprimees[rangee.cle].ligne
        nommee = self.imprimees[autre].ligne if autre else ligne
        # of one question, two rows differ by their last words alone
        court = ligne.cle[:2] == nommee.cle[:2] and ligne.libelle != nommee.libelle
        noms = [une.libelle if court else une.nom for une in (ligne, nommee)]
        return Desaccord(rangee.rang, regle, rangee.libelle, rangee.cle, noms[0], noms[1] if autre else "")


def _objet(cle: str) -> str:
    return cle.split("@")[0].split("#")[0]
