"""What the mid-term evaluation can say of each measure, and why it cannot say more.

A campaign is enough for a measure when at least `couverture.seuil_etat` of its respondents answered and the
number may be shown. Two such campaigns make an evolution; one alone gives a level. A milestone, a text and an
evolution say all they have to say in one campaign.
"""

from dataclasses import dataclass

import pandas as pd

from ctg import formats

EVALUABLE, NIVEAU, NON = "evaluable", "niveau", "non_evaluable"
VERDICTS = {
    EVALUABLE: "peut être évalué",
    NIVEAU: "niveau seul, sans évolution",
    NON: "ne peut pas être évalué",
}
_EN_UNE_CAMPAGNE = {"jalon", "qualitatif", "evolution"}
# why a respondent counts for nothing, in the order of a sentence: column, words, name of the cause
_MANQUES = (
    ("nb_manquants", "cases vides", "case laissée vide"),
    ("nb_en_retard", "formulaires en retard", "formulaire non reçu"),
    ("nb_refuses", "réponses refusées", "réponse refusée"),
    ("nb_attendus", "formulaires attendus", "campagne en cours"),
)
_DEFINITION, _JAMAIS, _SECRET = "définition à arrêter", "jamais demandé", "secret statistique"
_RIEN_A_DIRE = "—"


@dataclass(frozen=True)
class Jugement:
    """One measure under one fiche: `parts` is (answered, asked) by year, asked without « sans objet »."""

    axe: str
    fiche_id: str
    indicateur_id: str
    libelle: str
    origine: str
    repondant: str
    parts: dict[int, tuple[int, int]]
    annees: tuple[int, ...]  # those that are enough
    verdict: str
    cause: str
    raison: str


def juger(lignes: pd.DataFrame, seuil: float) -> list[Jugement]:
    """Judge the measures of `couverture_indicateurs.sql`, in its order. `seuil`: a share, 0 to 1."""
    return [
        _juger(siennes, seuil) for _, siennes in lignes.groupby(["fiche_id", "indicateur_id"], sort=False)
    ]


def _juger(lignes: pd.DataFrame, seuil: float) -> Jugement:
    une = lignes.iloc[0]
    parts = {int(ligne.annee): _part(ligne) for ligne in lignes.itertuples()}
    assez = [ligne for ligne in lignes.itertuples() if _suffit(ligne, seuil)]
    if len(assez) > 1 or (assez and une["nature"] in _EN_UNE_CAMPAGNE):
        verdict, cause, raison = EVALUABLE, _RIEN_A_DIRE, _RIEN_A_DIRE
    else:
        verdict = NIVEAU if assez else NON
        manques = [ligne for ligne in lignes.itertuples() if not _suffit(ligne, seuil)]
        cause, raison = _pourquoi(une, manques)
    return Jugement(
        une["axe"],
        une["fiche_id"],
        une["indicateur_id"],
        une["libelle"],
        une["origine"],
        une["repondant_libelle"],
        parts,
        tuple(int(ligne.annee) for ligne in assez),
        verdict,
        cause,
        raison,
    )


def _part(ligne) -> tuple[int, int]:
    return int(ligne.nb_disponibles + ligne.nb_masques), int(ligne.nb_demandes - ligne.nb_sans_objet)


def _suffit(ligne, seuil: float) -> bool:
    donnees, demandees = _part(ligne)
    return bool(ligne.nb_disponibles and donnees >= seuil * demandees and ligne.etat_ville != "secret")


def _pourquoi(une: pd.Series, manques: list) -> tuple[str, str]:
    """The main cause, and the sentence: what was missing, campaign by campaign."""
    if une["definition"] == "a_arreter":
        return _DEFINITION, f"Définition à arrêter par : {une['repondant_libelle']}."
    if not any(ligne.nb_demandes for ligne in manques):
        return _JAMAIS, "Jamais demandé : aucun répondant de ce type dans les campagnes ouvertes."
    comptes = {cause: sum(getattr(ligne, colonne) for ligne in manques) for colonne, _, cause in _MANQUES}
    comptes[_SECRET] = sum(ligne.nb_masques for ligne in manques)
    cause = max(comptes, key=comptes.get) if any(comptes.values()) else "sans objet"
    dites: dict[str, list[str]] = {}
    for ligne in manques:
        dites.setdefault(_manque(ligne), []).append(str(int(ligne.annee)))
    return cause, " ".join(f"{formats.liste(annees)} : {dit}." for dit, annees in dites.items())


def _manque(ligne) -> str:
    if not ligne.nb_demandes:
        return "pas demandé"
    donnees, demandees = _part(ligne)
    if not demandees:
        return "sans objet pour tous les répondants"
    comptes = [(int(getattr(ligne, colonne)), mots) for colonne, mots, _ in _MANQUES]
    if demandees == 1 and not donnees:
        return next(formats.accorder(mots, 1) for nombre, mots in comptes if nombre)
    dits = [
        f"{formats.nombre(nombre)} {formats.accorder(mots, nombre)}" for nombre, mots in comptes if nombre
    ]
    if ligne.nb_masques and (ligne.etat_ville == "secret" or not ligne.nb_disponibles):
        dits.append("nombre protégé par le secret statistique")
    reponses = formats.compter(donnees, "réponses", feminin=True)
    return f"{reponses} sur {formats.nombre(demandees)}" + (f", {formats.liste(dits)}" if dits else "")
