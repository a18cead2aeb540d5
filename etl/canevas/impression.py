"""The words printed beside the rows of a form and above them, for who draws them and who looks for them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ctg.referentiel import Referentiel
from etl.canevas.legendes import LEGENDES, Legende, legende_exercices
from etl.canevas.plan import Ligne, Question, Section


class Imprimee(NamedTuple):
    """An input row with its words: `libelles` at its left (the longest first), the others above it."""

    ligne: Ligne
    question: int  # rank of its question in the form
    intitule: str
    sous_titre: str
    libelles: tuple[str, ...]
    detail: bool  # a quartier or a modality: its words say nothing without its question

    @property
    def designation(self) -> str:
        """What the row is called out of its place: « Combien d’enfants… ? › Grésilles »."""
        return f"{self.intitule} › {self.libelles[0]}" if self.detail else self.libelles[0]


def intitule_imprime(question: Question, annee: int) -> str:
    """The question as printed, its school year and its help after it."""
    scolaire = f"(Année scolaire {annee - 1}-{annee}.)" if question.scolaire else ""
    return " ".join(filter(None, (question.intitule, scolaire, question.aide)))


def intitule_de_boite(question: Question) -> str:
    """A question answered in words: its help stands under it."""
    return "\n".join(filter(None, (question.intitule, question.aide)))


def bandeaux(genre: str, repondant_id: str, annee: int, referentiel: Referentiel) -> tuple[str, str]:
    """The title of a form and the line under it (`genre`: structure | fiche)."""
    convention = referentiel.parametres.convention
    if genre == "structure":
        titre, quoi = referentiel.structures[repondant_id].nom, f"Rapport annuel {annee}"
    else:
        titre = f"{repondant_id} · {referentiel.fiches[repondant_id].titre}"
        quoi = f"Évaluation de la fiche projet en {annee}"
    return titre, f"{quoi} · {convention.titre}, {convention.ville}"


def est_une_boite(ligne: Ligne) -> bool:
    """True for a row answered in words, in one large cell."""
    return ligne.codes == ("texte",)


def imprimees(sections: Iterable[Section], annee: int) -> Iterator[Imprimee]:
    """The input rows of a form, in the order they are printed."""
    questions = [question for section in sections for question in section.questions]
    for rang, question in enumerate(questions):
        complet = intitule_imprime(question, annee)
        for ligne in question.lignes:
            detail = bool(ligne.cle.quartier_id or ligne.cle.ventilation)
            if detail:
                libelles = (ligne.libelle,)
            else:
                complet_ici = intitule_de_boite(question) if est_une_boite(ligne) else complet
                libelles = tuple(dict.fromkeys((complet_ici, question.intitule)))
            yield Imprimee(ligne, rang, question.intitule, ligne.sous_titre, libelles, detail)


@dataclass(slots=True)
class Feuillet:
    """The words of one form, as they stand on its sheet, letter for letter.

    `libelles`: at the left of each row, by key. `bandes`: the question over its rows, by the key of the first
    of them, when it has no row of its own. `autres`: titles and subtitles. `rappels`: last year's answers, by
    key; None when the file does not say what was printed.
    """

    libelles: dict[str, str] = field(default_factory=dict)
    bandes: dict[str, str] = field(default_factory=dict)
    autres: set[str] = field(default_factory=set)
    rappels: Mapping[str, str] | None = None


def feuillet(sections: Iterable[Section], attendues: Mapping[str, Ligne], annee: int) -> Feuillet:
    """What is printed on the form that asks `attendues` (`plan.lignes(sections)`)."""
    imprime = Feuillet()
    cles = iter(attendues)
    for section in sections:
        imprime.autres.add(section.titre)
        for question in section.questions:
            for rang, ligne in enumerate(question.lignes):
                cle = next(cles)
                imprime.autres.add(ligne.sous_titre)
                if ligne.cle.quartier_id or ligne.cle.ventilation:
                    imprime.libelles[cle] = ligne.libelle
                    if rang == 0:
                        imprime.bandes[cle] = intitule_imprime(question, annee)
                elif est_une_boite(ligne):
                    imprime.libelles[cle] = intitule_de_boite(question)
                else:
                    imprime.libelles[cle] = intitule_imprime(question, annee)
    return imprime


def libelles_de_la_convention(referentiel: Referentiel) -> Iterator[tuple[str, str]]:
    """What every form may ask, of anybody: (« i:JE-1.1.1-a », its question or its name)."""
    for indicateur in referentiel.indicateurs.values():
        yield f"i:{indicateur.indicateur_id}", indicateur.question or indicateur.libelle
    for champ in referentiel.vie_structure.values():
        yield f"v:{champ.champ_id}", champ.libelle
    for poste in referentiel.chiffres_clefs.values():
        yield f"c:{poste.poste_id}", poste.libelle
    for rubrique in referentiel.rubriques.values():
        yield f"t:{rubrique.rubrique_id}", rubrique.libelle


def decors(sections: Iterable[Section], annee: int) -> Iterator[str]:
    """The words printed on rows that expect no answer: titles, subtitles, captions."""
    for section in sections:
        yield section.titre
        yield from (ligne.sous_titre for question in section.questions for ligne in question.lignes)
    yield from (legende.annonce for legende in legendes(annee))


def legendes(annee: int) -> tuple[Legende, ...]:
    """The captions that name the answer cells of the questions of a kind."""
    return (*LEGENDES.values(), legende_exercices(annee))
