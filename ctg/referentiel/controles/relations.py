"""The relations between two questions: both are numbers, asked of the same people, for the same years."""

from ctg.referentiel.erreurs import Journal
from ctg.referentiel.modeles import Indicateur
from ctg.referentiel.questions import ChampVieStructure, Relation
from ctg.referentiel.referentiel import Referentiel

Question = Indicateur | ChampVieStructure
_CODES = {"nombre": ("valeur",), "rapport": ("numerateur", "denominateur")}


def controler_relations(r: Referentiel, journal: Journal) -> None:
    """Note, on each row of relations.csv, why no form could ever hold the two numbers it compares."""
    questions = r.indicateurs | r.vie_structure
    for relation in r.relations:
        if {relation.partie_id, relation.tout_id} <= set(questions):  # an unknown id is already noted
            for faute in _fautes(relation, questions[relation.partie_id], questions[relation.tout_id]):
                journal.noter_sur(relation, f"{relation.partie_id} : {faute}")


def _fautes(relation: Relation, partie: Question, tout: Question):
    if relation.partie_id == relation.tout_id:
        yield "une question ne se compare pas à elle-même"
    if relation.code not in _codes(partie):
        yield f"sa réponse n’a pas de « {relation.code} »"
    if "valeur" not in _codes(tout):
        yield f"« {relation.tout_id} » n’est pas un nombre"
    if not set(_repondants(partie)) <= set(_repondants(tout)):
        yield f"« {relation.tout_id} » n’est pas demandé à tous ses répondants"
    if getattr(partie, "annee_type", "civile") != getattr(tout, "annee_type", "civile"):
        yield f"« {relation.tout_id} » n’a pas le même type d’année"


def _codes(question: Question) -> tuple[str, ...]:
    """The numbers of its answer; the percentages of the structure's life are no counts."""
    if isinstance(question, Indicateur):
        return _CODES.get(question.saisie, ())
    return () if question.unite == "%" else ("valeur",)


def _repondants(question: Question) -> tuple[str, ...]:
    """The types of structure that are asked, else the only respondent."""
    if isinstance(question, Indicateur):
        return question.types_repondants or (question.repondant,)
    return question.types
