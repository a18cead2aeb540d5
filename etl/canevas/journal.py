"""What is said about one sheet while it is read: anomalies with their address, and whether all is refused."""

from dataclasses import dataclass, field

from etl.adresse import adresse
from etl.anomalie import Anomalie
from etl.canevas.messages import anomalie
from etl.canevas.regles import BLOQUANT


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
