"""What a référent thématique answers to the form of a fiche: state, jalons, measures of the city, words."""

import datetime as dt

from ctg.referentiel import Fiche, Referentiel
from etl.canevas.plan import RUBRIQUE_ETAT, Ligne, Question, plan_fiche
from etl.demo.indicateurs import Redacteur, Reponses
from etl.demo.profils import fiche_repondante
from etl.demo.reponses import MENTION, texte_d_indicateur
from etl.demo.scenarios import Scenario
from etl.demo.tables import table
from etl.demo.textes import phrases, rediger

_ETATS_PAR_ANNEE = {2023: "Engagé", 2024: "En cours", 2025: "En cours"}
_ETATS_PARTICULIERS = {
    ("PE-5", 2025): "Décalé",
    ("EN-5", 2023): "Non engagé",
    ("JE-3", 2023): "Non engagé",
    ("JE-3", 2024): "Engagé",
    ("EN-3", 2023): "En cours",
    ("AVS-2", 2025): "Réalisé",
}
_RUBRIQUE_MENTION = "suites"
_CODES_DATES = ("prevu_le", "realise_le")
REMARQUE = "remarque"  # the cell at the end of a row


def repondre_fiche(referentiel: Referentiel, fiche: Fiche, annee: int, scenario: Scenario) -> Reponses:
    """{(row key, code): value} of the whole form; dates as `date`, progress in points (0 to 100)."""
    redacteur = Redacteur(referentiel, fiche_repondante(referentiel, fiche.fiche_id), annee, scenario)
    reponses: Reponses = {}
    for section in plan_fiche(referentiel, fiche.fiche_id, annee):
        for question in section.questions:
            reponses |= _repondre(fiche, redacteur, question, annee)
    return reponses


def _repondre(fiche: Fiche, redacteur: Redacteur, question: Question, annee: int) -> Reponses:
    ligne = question.lignes[0]
    if ligne.cle.objet_id == RUBRIQUE_ETAT:
        return {(str(ligne.cle), "etat"): etat_declare(fiche.fiche_id, annee)}
    if ligne.cle.rubrique == "t":
        return _rubrique(fiche, ligne, annee)
    match question.saisie:
        case "jalon":
            return _jalon(ligne, annee)
        case "texte":
            return texte_d_indicateur(ligne, fiche.fiche_id, annee)
        case _:
            return redacteur.remplir(question)


def etat_declare(fiche_id: str, annee: int) -> str:
    """The state the référent gives to the fiche that year."""
    return _ETATS_PARTICULIERS.get((fiche_id, annee), _ETATS_PAR_ANNEE[annee])


def _rubrique(fiche: Fiche, ligne: Ligne, annee: int) -> Reponses:
    rubrique_id = ligne.cle.objet_id
    if rubrique_id not in phrases()["fiche"]:
        return {}
    # what a référent says of a fiche must fit that fiche; the other rubrics are common to an axis
    theme = fiche.fiche_id if fiche.fiche_id in phrases()["fiche"][rubrique_id] else fiche.axe_id
    texte = rediger("fiche", rubrique_id, theme, repondant_id=fiche.fiche_id, annee=annee, quartier="")
    if rubrique_id == _RUBRIQUE_MENTION:
        texte = f"{texte} {MENTION}"
    return {(str(ligne.cle), "texte"): texte}


def _jalon(ligne: Ligne, annee: int) -> Reponses:
    """The state of a jalon that year, from `jalons.csv`; a jalon nobody wrote a story for is left blank."""
    cle = (ligne.cle.objet_id, str(annee))
    rangee = next((r for r in table("jalons") if (r["indicateur_id"], r["annee"]) == cle), None)
    if rangee is None:
        return {}
    reponses: Reponses = {}
    for code in ligne.codes:
        if rangee[code]:
            reponses[str(ligne.cle), code] = _valeur(code, rangee[code])
    if rangee["motif"]:
        reponses[str(ligne.cle), REMARQUE] = rangee["motif"]
    return reponses


def _valeur(code: str, texte: str) -> object:
    if code in _CODES_DATES:
        return dt.date.fromisoformat(texte)
    return float(texte) if code == "avancement" else texte
