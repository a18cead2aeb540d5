"""Three questions for the seminar of a quartier, each resting on a published fact, or on none."""

from collections.abc import Sequence

import pandas as pd

from ctg import etats, formats, phrases
from ctg.bilan_quartier import quelques
from ctg.veille import Signal

# a count under it doubles or halves by chance: no question is built on it
EFFECTIF_PARLANT = 30


def pour_le_seminaire(
    signaux: Sequence[Signal],
    situations: pd.DataFrame,
    bilan: pd.DataFrame,
    lieux: pd.DataFrame,
    *,
    seuil: float,
) -> list[str]:
    """Three questions for the seminar of the quartier, each resting on a published fact.

    In order: what moves, what is missing, what the convention's own measures say, who is silent; then
    some that need no figure. `signaux` are those of the social watch for this quartier, strongest first;
    `seuil` is the share of respondents under which a change is not discussed.
    """
    candidates = [
        *[_question_signal(signal) for signal in signaux[:1]],
        *_question_manque(situations),
        *_question_mesure(bilan, seuil),
        *_question_silence(lieux),
        "Qu’est-ce que les habitants disent de leur quartier que ces chiffres ne disent pas ?",
        "Quelle action d’ici mériterait d’être connue des autres quartiers ?",
        "Que faudrait-il pouvoir montrer ici l’an prochain ?",
    ]
    return candidates[:3]


def _question_signal(signal) -> str:
    suivies = formats.liste(list(signal.fiches))
    concerne = f"la fiche {suivies}" if len(signal.fiches) == 1 else f"les fiches {suivies}"
    return f"{signal.phrase}. Qu’est-ce que cela change pour {concerne} ?"


def _question_manque(situations: pd.DataFrame) -> list[str]:
    absentes = situations[situations["situation"] == "sans_acteur"]
    if absentes.empty:
        return []
    fiche = absentes.iloc[0]
    return [
        f"{fiche['fiche_id']} ("
        f"{phrases.abreger(fiche['titre'], 8)}) : aucune structure du quartier n’y répond. "
        "Est-ce un manque, ou la réponse vient-elle d’un autre quartier ?"
    ]


def _question_mesure(bilan: pd.DataFrame, seuil: float) -> list[str]:
    """The measure that changed most, where enough of the expected answered both years."""
    lisibles = bilan[
        (bilan["evolution_etat"] == "publie")
        & ((bilan["nature"] != "denombrement") | (bilan["valeur"] >= EFFECTIF_PARLANT))
        & bilan["lecture"].isin(["favorable", "defavorable"])
        & (bilan["nb_communes"] >= seuil * bilan["nb_attendues_evolution"])
        & bilan["ecart_relatif"].notna()
    ]
    if lisibles.empty:
        return []
    ligne = lisibles.loc[lisibles["ecart_relatif"].abs().idxmax()]
    ouverture = (
        "Qu’est-ce qui a marché, et comment le faire durer ?"
        if ligne["lecture"] == "favorable"
        else "Qu’est-ce qui l’explique, et qui peut agir ?"
    )
    return [
        f"{ligne['libelle']} : {ligne['evolution']} depuis {int(ligne['annee_base'])}, "
        f"chez les mêmes répondants. {ouverture}"
    ]


def _question_silence(lieux: pd.DataFrame) -> list[str]:
    attendues = list(lieux[lieux["statut"].isin(etats.ABSENTS)]["nom"])
    if not attendues:
        return []
    return [
        f"{phrases.majuscule(formats.compter(len(attendues), 'rapports manquants'))} "
        f"({quelques(attendues, 3)}) : qu’est-ce qui a empêché d’y répondre ?"
    ]
