"""How grave an anomaly is, in words; the codes are those of `collecte.anomalie`."""

from collections.abc import Mapping

from ctg import formats

GRAVITES = {"bloquant": "À corriger", "a_confirmer": "À confirmer", "information": "Information"}


def compter(compte: Mapping[str, int]) -> str:
    """How many of each, worst first: « 3 à corriger, 5 à confirmer »; « rien à signaler » for none."""
    dits = [
        formats.compter(compte[gravite], "informations")
        if gravite == "information"
        else f"{formats.nombre(compte[gravite])} {libelle.lower()}"
        for gravite, libelle in GRAVITES.items()
        if compte.get(gravite)
    ]
    return ", ".join(dits) or "rien à signaler"
