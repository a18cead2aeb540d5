"""What a published value becomes in a figure: a length, a label beside it, a text in the table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from ctg import formats
from ctg.etats import mot_court
from ctg.graphiques import style

Case = tuple[float | None, str, str | None]
INCONNUE: Case = (None, "manquant", None)


def nombre(valeur: float | None, etat: str, affichage: str | None) -> float | None:
    """The length to draw; None when the value is not published, so that nothing is drawn (and never zero)."""
    return float(valeur) if etat == "publie" and formats.est_connu(valeur) else None


def texte(valeur: float | None, etat: str, affichage: str | None) -> str:
    """What the table says: the published text, or the short word of the state that hides the value."""
    return str(affichage) if nombre(valeur, etat, affichage) is not None else mot_court(etat)


def etiquette(valeur: float | None, etat: str, affichage: str | None) -> str:
    """What stands beside the mark: as the table, without the unit, which the subtitle gives."""
    return style.texte(formats.sans_unite(texte(valeur, etat, affichage)))


@dataclass(frozen=True)
class Valeurs:
    """A column of values, three times: `nombres` (None where nothing is drawn), `etiquettes`, `textes`."""

    nombres: list[float | None]
    etiquettes: list[str]
    textes: list[str]

    def marques(self) -> list[str]:
        """Labels of the drawn values only, blank elsewhere."""
        return [
            mot if valeur is not None else ""
            for mot, valeur in zip(self.etiquettes, self.nombres, strict=True)
        ]

    def partielles(self, mentions: Sequence[str], separateur: str = " ") -> "Valeurs":
        """The same, each drawn value followed by who gave it (« 1 sur 2 ») where `mentions` is not blank.

        A place where a respondent is silent this year would otherwise read as a fall.
        """
        dites = [
            mention if valeur is not None else ""
            for valeur, mention in zip(self.nombres, mentions, strict=True)
        ]
        return Valeurs(
            self.nombres,
            [
                f"{mot}{separateur}({dite})" if dite else mot
                for mot, dite in zip(self.etiquettes, dites, strict=True)
            ],
            [f"{mot} ({dite})" if dite else mot for mot, dite in zip(self.textes, dites, strict=True)],
        )

    def trous(self) -> list[tuple[int, str]]:
        """Rank and word of each value that is not drawn."""
        return [
            (rang, mot)
            for rang, (mot, valeur) in enumerate(zip(self.etiquettes, self.nombres, strict=True))
            if valeur is None
        ]


def valeurs(cases: Iterable[Case]) -> Valeurs:
    """Read (valeur, etat, affichage) triplets."""
    cases = list(cases)
    return Valeurs(
        [nombre(*case) for case in cases],
        [etiquette(*case) for case in cases],
        [texte(*case) for case in cases],
    )


def colonne(donnees: pd.DataFrame) -> Valeurs:
    """Read the columns valeur, etat, affichage of a published query."""
    return valeurs(zip(donnees["valeur"], donnees["etat"], donnees["affichage"], strict=True))
