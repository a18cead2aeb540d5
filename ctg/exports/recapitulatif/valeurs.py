"""From a row of the views to the content of a cell: a number, or the words that say why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from ctg import etats, formats, phrases
from ctg.exports.cellules import ECART, POINTS, VARIATION, Contenu, Nombre, format_unite

ABSENT = etats.ETATS["manquant"].mot


def mot_etat(code: str) -> str:
    """The words of a missing value: « secret statistique », « non disponible », « sans objet »."""
    return etats.ETATS[code].mot


def mesure(ligne: Any, unite: str | None) -> Contenu:
    """The value of a row of `publication.mesure`; None (no such row) reads « non disponible ».

    A published row without a number (text, jalon without figure) shows its final text.
    """
    if ligne is None:
        return ABSENT
    if ligne.etat != "publie":
        return mot_etat(ligne.etat)
    if formats.est_connu(ligne.valeur):
        return Nombre(ligne.valeur, format_unite(unite or "", ligne.valeur))
    return ligne.affichage


def evolution(ligne: Any, unite: str | None) -> Contenu:
    """The change of a row of `publication.evolution`: a ratio, points for a rate, the difference from zero.

    None (no such row: a text, a jalon, a measure that is not added up) reads « sans objet ».
    """
    if ligne is None:
        return mot_etat("sans_objet")
    if ligne.etat != "publie":
        return mot_etat(ligne.etat)
    if unite == "%":
        return Nombre(ligne.ecart, POINTS)
    if formats.est_connu(ligne.ecart_relatif):
        return Nombre(ligne.ecart_relatif, VARIATION)
    return Nombre(ligne.ecart, ECART)


def communs(ligne: Any) -> str:
    """How many are compared with themselves: « 12 sur 15 »."""
    if ligne is None:
        return mot_etat("sans_objet")
    return f"{formats.nombre(ligne.nb_communes)} sur {formats.nombre(ligne.nb_attendues)}"


def mention(ligne: Any, *autres: str) -> str:
    """What must be read with a number, or why there is none."""
    dites = [ligne.depuis_l_aval, ligne.mention, ligne.raison] if ligne is not None else []
    return phrases_dites(*dites, *autres) or "aucune"


def phrases_dites(*textes: Any) -> str:
    """The texts that are known, one after the other; blank without any."""
    return " ; ".join(texte.rstrip(".") for texte in textes if formats.est_connu(texte) and texte)


def changees(lignes: Mapping[str, Any]) -> str:
    """Which of these rows (by their heading) are no longer what the Caf saw; blank when all still are."""
    return " ; ".join(
        f"{nom} : {ligne.depuis_l_aval}"
        for nom, ligne in lignes.items()
        if ligne is not None and formats.est_connu(ligne.depuis_l_aval)
    )


def evolutions_changees(lignes: Mapping[int, Any]) -> str:
    """Which of these evolutions (by the year of their base) are no longer those the Caf saw."""
    return " ; ".join(
        f"évolution depuis {base} : {ligne.a_l_aval} à l’aval"
        for base, ligne in lignes.items()
        if ligne is not None and formats.est_connu(ligne.a_l_aval)
    )


def cible(ligne: Any, unite: str | None) -> Contenu:
    """The target of the year, in the unit of the measure; None (no such row) has none."""
    if ligne is None or not formats.est_connu(ligne.cible):
        return "sans cible"
    return Nombre(ligne.cible, format_unite(unite or "", ligne.cible))


def etat(code: str | None) -> str:
    """Symbol and word; a measure nobody can judge yet has none."""
    return etats.libelle(code if formats.est_connu(code) else "donnees_insuffisantes")


def ou(valeur: Any, sinon: str) -> str:
    """The text, or the words that stand for its absence."""
    return str(valeur) if formats.est_connu(valeur) and str(valeur).strip() else sinon


def jour(valeur: Any, sinon: str) -> date | str:
    """A date as a date, or the words that stand for its absence."""
    return valeur.date() if formats.est_connu(valeur) else sinon


def source(reference: str | None) -> str:
    """Where a line is printed (« document 001, lignes 1350-1352 »), or « proposé » when it is not."""
    return phrases.source_imprimee(reference) if formats.est_connu(reference) else "proposé"


def sans_nul(table: pd.DataFrame) -> pd.DataFrame:
    """The table with None for what is missing: NaN would pass for a text that is there, NA for nothing."""
    return table.astype(object).where(table.notna(), None)


def nom_fiche(fiche: Any) -> str:
    """« PE-1 · Accompagner l’enfant et sa famille… »"""
    return f"{fiche.fiche_id} · {fiche.titre}"
