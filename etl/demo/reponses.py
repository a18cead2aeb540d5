"""What a structure answers to its yearly report, row by row of its plan."""

from ctg.referentiel import Referentiel, Structure
from etl.canevas.plan import Ligne, Question, plan_structure
from etl.demo.comptes import comptes
from etl.demo.indicateurs import Redacteur, Reponses
from etl.demo.profils import structure_repondante
from etl.demo.scenarios import Scenario
from etl.demo.textes import phrases, rediger
from etl.demo.vie import vie_de_structure

_FAMILLES = {
    "eaje": "petite-enfance",
    "rpe": "petite-enfance",
    "laep": "petite-enfance",
    "alsh": "enfance",
    "alsh-adolescents": "jeunesse",
    "centre-social": "vie-sociale",
    "mediatheque": "culture",
    "ludotheque": "culture",
}
_DEUX_PHRASES = ("points_forts", "bilan")
# The words every form bears, whatever becomes of its hidden marks.
MENTION = "Données fictives."
_RUBRIQUE_MENTION = "bilan"


def repondre_structure(
    referentiel: Referentiel, structure: Structure, annee: int, scenario: Scenario
) -> Reponses:
    """{(row key, code): value} of the whole form; percentages in points, euros, French texts."""
    redacteur = Redacteur(referentiel, structure_repondante(referentiel, structure), annee, scenario)
    reponses: Reponses = {}
    for section in plan_structure(referentiel, structure, annee):
        for question in section.questions:
            reponses |= _repondre(referentiel, structure, redacteur, question)
    return reponses


def _repondre(
    referentiel: Referentiel, structure: Structure, redacteur: Redacteur, question: Question
) -> Reponses:
    repondant, annee = redacteur.repondant, redacteur.annee
    ligne = question.lignes[0]
    objet_id = ligne.cle.objet_id
    match ligne.cle.rubrique:
        case "v":
            valeur = vie_de_structure(objet_id, repondant, annee)
            return {} if valeur is None else {(str(ligne.cle), "valeur"): valeur}
        case "c":
            montants = comptes(referentiel, repondant, annee)
            return {(str(ligne.cle), code): montants[objet_id, code] for code in ligne.codes}
        case "t":
            return _rubrique(referentiel, structure, ligne, annee)
    if question.saisie == "texte":
        return texte_d_indicateur(ligne, structure.structure_id, annee)
    return redacteur.remplir(question)


def _rubrique(referentiel: Referentiel, structure: Structure, ligne: Ligne, annee: int) -> Reponses:
    rubrique_id = ligne.cle.objet_id
    if rubrique_id not in phrases()["structure"]:
        return {}
    quartier = referentiel.quartiers.get(structure.quartier_id)
    texte = rediger(
        "structure",
        rubrique_id,
        _FAMILLES.get(structure.type_id, "vie-sociale"),
        repondant_id=structure.structure_id,
        annee=annee,
        quartier=quartier.nom if quartier else "voisin",
        nombre=2 if rubrique_id in _DEUX_PHRASES else 1,
    )
    if rubrique_id == _RUBRIQUE_MENTION:
        texte = f"{texte} {MENTION}"
    return {(str(ligne.cle), "texte"): texte}


def texte_d_indicateur(ligne: Ligne, repondant_id: str, annee: int) -> Reponses:
    """The words given for a measure that is a text."""
    banque = phrases()["indicateur"]
    rubrique = ligne.cle.objet_id if ligne.cle.objet_id in banque else "commun"
    texte = rediger("indicateur", rubrique, "commun", repondant_id=repondant_id, annee=annee, quartier="")
    return {(str(ligne.cle), "texte"): texte}
