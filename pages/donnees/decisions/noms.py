"""The words of the questions and cells that may be corrected, as lists show them."""

from collections.abc import Iterable, Mapping

from ctg.codes import CODES
from etl.canevas.grammaire import CODES_EXERCICES
from etl.saisies.cases import Case

EXERCICE_DE_L_ANNEE = CODES_EXERCICES[1]
_RUBRIQUES = {"v": "Vie de la structure", "c": "Chiffres clefs", "t": "Avancement"}


def nommer_questions(cases: Iterable[Case], reponses: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """{(rubric, object): its words, and what it says today} in the order of the form."""
    noms = {}
    for case in cases:
        rubrique, objet_id = case.ligne.cle.rubrique, case.ligne.cle.objet_id
        nom = case.ligne.objet
        # a measure is looked for by its code as well
        nom = f"{_RUBRIQUES.get(rubrique, objet_id)} · {nom}"
        if rubrique in ("i", "v"):
            nom += f" : {reponses.get(objet_id, 'rien')}"
        noms.setdefault((rubrique, objet_id), nom)
    return noms


def nommer_case(case: Case, annee: int) -> str:
    """The cell among those of its question: place or part, what it counts, what it holds."""
    return f"{detailler(case, annee)} : {case.affichage}"


def detailler(case: Case, annee: int) -> str:
    """Which cell of its question: « Grésilles », « 3-5 ans, numérateur », « exercice 2024 »."""
    cle, dits = case.ligne.cle, []
    if cle.quartier_id or cle.ventilation:
        dits.append(case.ligne.libelle)
    if case.code in CODES_EXERCICES:
        dits.append(f"exercice {annee + CODES_EXERCICES.index(case.code) - 1}")
    elif case.code != "valeur" or not dits:
        dits.append(CODES.get(case.code, case.code))
    return ", ".join(dits)
