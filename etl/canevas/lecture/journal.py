"""What is said about one sheet while it is read: anomalies with their address, and whether all is refused."""

from collections import defaultdict
from dataclasses import dataclass, field

from etl.adresse import adresse
from etl.anomalie import Anomalie
from etl.canevas.phrases.messages import anomalie
from etl.canevas.phrases.regles import BLOQUANT

# What somebody did to a whole column, and nothing hangs on: quoted a few times, then only placed.
_EN_SERIE = {
    "hors_saisie": "écrit hors des cases de réponse",
    "nombre_en_texte": "nombre saisi comme du texte",
    "rappel_sans_reponse": "rappel sans réponse",
    "sans_reponse": "absence de réponse",
}
_CITEES = 5


@dataclass(slots=True)
class Journal:
    """`fatal` becomes true when nothing of the sheet may be loaded. Places are (row, column) from 0."""

    feuille: str
    anomalies: list[Anomalie] = field(default_factory=list)
    fatal: bool = False
    _suites: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def noter(
        self, regle: str, place: tuple[int, int] | None = None, lu: object = None, **details: object
    ) -> None:
        """Add an anomaly of the rule; raises KeyError when `messages` does not know it."""
        ou = None if place is None else adresse(*place)
        if regle in _EN_SERIE:
            self._suites[regle].append(str(details.get("adresses", ou)))
            if len(self._suites[regle]) > _CITEES:
                return
        self.anomalies.append(anomalie(regle, self.feuille, ou, lu, **details))

    def refuser(
        self, regle: str, place: tuple[int, int] | None = None, lu: object = None, **details: object
    ) -> None:
        """Add an anomaly that refuses the whole form."""
        self.noter(regle, place, lu, **details)
        self.fatal = True

    def clore(self) -> None:
        """Tell in one line, for each remark a whole column deserved, the places where it was not repeated."""
        for regle, lieux in self._suites.items():
            if suite := lieux[_CITEES:]:
                ou = suite[0].partition(",")[0]
                premiere, adresses = lieux[0].partition(",")[0], ", ".join(suite)
                details = {"premiere": premiere, "quoi": _EN_SERIE[regle], "adresses": adresses}
                self.anomalies.append(anomalie("meme_remarque", self.feuille, ou, **details))
        self._suites.clear()

    @property
    def statut(self) -> str:
        """accepte, accepte_partiel (a cell was refused) or refuse."""
        if self.fatal:
            return "refuse"
        return "accepte_partiel" if any(a.gravite == BLOQUANT for a in self.anomalies) else "accepte"
