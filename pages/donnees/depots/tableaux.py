"""What is wrong in a dropped file, and what it would change: rows ready to be shown."""

from collections.abc import Iterable

from ctg.codes import CODES
from ctg.gravites import GRAVITES
from etl.anomalie import Anomalie
from etl.reception.constat import Examen

MONTREES = 30


def anomalies(examen: Examen) -> list[dict[str, str]]:
    """The first anomalies, worst first: one row each."""
    return [
        {
            "Gravité": GRAVITES[anomalie.gravite],
            "Où": _ou(anomalie),
            "Ce qui ne va pas": anomalie.message,
        }
        for anomalie in examen.anomalies[:MONTREES]
    ]


def _ou(anomalie: Anomalie) -> str:
    dits = [f"feuille {anomalie.feuille}"] if anomalie.feuille else []
    dits += [f"cellule {anomalie.cellule}"] if anomalie.cellule else []
    return ", ".join(dits) or "tout le fichier"


def differences(differences: Iterable) -> list[dict[str, str]]:
    """Before and after, question by question; small counts of people are already left out."""
    return [
        {
            "Répondant": d.repondant,
            "Question": d.question
            + ("" if d.code in ("valeur", "texte") else f" ({CODES.get(d.code, d.code)})"),
            "Cellule": d.nouvelle_cellule or d.ancienne_cellule or "—",
            "Avant": d.avant,
            "Après": d.apres,
        }
        for d in differences
    ]
