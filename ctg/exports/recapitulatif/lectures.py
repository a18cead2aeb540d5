"""What several sheets share, read once: the fiches, their indicators, the numbers of the territory."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ctg.entrepot import Entrepot
from ctg.exports.recapitulatif.contexte import Contexte
from ctg.exports.recapitulatif.valeurs import sans_nul


@dataclass(frozen=True, slots=True)
class Lectures:
    """Rows of the views: `mesures` by (indicateur, année), `evolutions` by (indicateur, année de base)."""

    fiches: pd.DataFrame
    indicateurs: pd.DataFrame
    mesures: dict[Hashable, Any]
    evolutions: dict[Hashable, Any]

    @property
    def connus(self) -> pd.DataFrame:
        """The indicators, without the printed lines that have none yet."""
        return self.indicateurs.dropna(subset="indicateur_id")

    @property
    def fiches_servies(self) -> dict[str, str]:
        """The fiches of each indicator: « JE-2, JE-3 » for a measure that serves two."""
        servies: dict[str, dict[str, None]] = {}
        for indicateur_id, fiche_id in zip(
            self.connus["indicateur_id"], self.connus["fiche_id"], strict=True
        ):
            servies.setdefault(indicateur_id, {})[fiche_id] = None
        return {indicateur_id: ", ".join(fiches) for indicateur_id, fiches in servies.items()}


def lire(entrepot: Entrepot, contexte: Contexte) -> Lectures:
    """Read what the selection holds."""
    choix = contexte.selection
    lieu = {"annee": choix.annee, "quartier": choix.quartier}
    return Lectures(
        fiches=entrepot.requete("export_fiches", **lieu, axe=choix.axe),
        indicateurs=sans_nul(entrepot.requete("export_indicateurs", annee=choix.annee, axe=choix.axe)),
        mesures=index(entrepot.requete("export_valeurs", **lieu), "indicateur_id", "annee"),
        evolutions=index(entrepot.requete("export_evolutions", **lieu), "indicateur_id", "annee_base"),
    )


def index(table: pd.DataFrame, *cles: str) -> dict[Hashable, Any]:
    """The rows of a table by the value of their keys (a tuple when there are several)."""
    return {_cle(ligne, cles): ligne for ligne in table.itertuples(index=False)}


def _cle(ligne: Any, cles: Iterable[str]) -> Hashable:
    valeurs = tuple(getattr(ligne, cle) for cle in cles)
    return valeurs if len(valeurs) > 1 else valeurs[0]
