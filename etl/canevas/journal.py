"""What is said about one sheet while it is read: anomalies with their address, and whether all is refused."""

from dataclasses import dataclass, field
from functools import lru_cache

from etl.anomalie import Anomalie
from etl.canevas.messages import anomalie
from etl.canevas.regles import BLOQUANT


def adresse(ligne: int, colonne: int) -> str:
    """The address of a cell from its row and column counted from 0: (0, 26) → AA1."""
    return f"{_lettres(colonne)}{ligne + 1}"


@lru_cache(maxsize=1024)
def _lettres(colonne: int) -> str:
    texte = ""
    while colonne >= 0:
        colonne, reste = divmod(colonne, 26)
        texte = chr(65 + reste) + texte
        colonne -= 1
    return texte


@dataclass(slots=True)
class Journal:
    """`fatal` becomes true when nothing of the sheet may be loaded. Places are (row, column) from 0."""

    feuille: str
    anomalies: list[Anomalie] = field(default_factory=list)
    fatal: bool = False

    def noter(
        self, regle: str, place: tuple[int, int] | None = None, lu: object = None, **details: object
    ) -> None:
        """Add an anomaly of the rule; raises KeyError when `messages` does not know it."""
        ou = None if place is None else adresse(*place)
        self.anomalies.append(anomalie(regle, self.feuille, ou, lu, **details))

    def refuser(
        self, regle: str, place: tuple[int, int] | None = None, lu: object = None, **details: object
    ) -> None:
        """Add an anomaly that refuses the whole form."""
        self.noter(regle, place, lu, **details)
        self.fatal = True

    @property
    def statut(self) -> str:
        """accepte, accepte_partiel (a cell was refused) or refuse."""
        if self.fatal:
            return "refuse"
        return "accepte_partiel" if any(a.gravite == BLOQUANT for a in self.anomalies) else "accepte"
