"""What an administration already holds, written in the answer cells: the structure confirms or corrects.

« Once told is enough »: a value left as it is confirms, a changed one is the structure's own. But a form sent
back untouched was perhaps never opened: the remark of a prefilled row keeps what was written there.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from etl.canevas.modeles import Cellule, Formulaire
from etl.canevas.reponse.valeurs import texte_de

_REMARQUE = re.compile(r"prérempli d’après (?P<source>.+) \((?P<valeurs>[^()]*)\) : confirmez ou corrigez")


class Prerempli(NamedTuple):
    """A row answered by an extract: its name (« ISAJE »), {code: number}, percentages in points."""

    source: str
    valeurs: Mapping[str, float]

    def dans(self, codes: Iterable[str]) -> "Prerempli":
        """What of it a row asks, in the order of its cells."""
        return Prerempli(self.source, {code: self.valeurs[code] for code in codes if code in self.valeurs})

    @property
    def remarque(self) -> str | None:
        """What stands at the end of the row, and tells an untouched value from a corrected one."""
        if not self.valeurs:
            return None
        return f"prérempli d’après {self.source} ({_dire(self.valeurs.values())}) : confirmez ou corrigez"


SANS = Prerempli("", {})


def non_confirme(formulaire: Formulaire) -> bool:
    """True when a form holds nothing but what was prefilled, untouched, and no date says that it was read."""
    rangees = defaultdict(list)
    for cellule in formulaire.cellules:
        rangees[cellule[:5]].append(cellule)
    preremplies = [cellules for cellules in rangees.values() if _intacte(cellules)]
    reste = [c for cellules in rangees.values() if not _intacte(cellules) for c in cellules]
    return (
        bool(preremplies)
        and formulaire.rempli_le is None
        and all(c.etat == "manquant" and not c.remarque for c in reste)
    )


def _intacte(cellules: list[Cellule]) -> bool:
    trouvee = _REMARQUE.fullmatch(cellules[0].remarque or "")
    remplies = [c for c in cellules if c.etat != "manquant"]
    if trouvee is None or any(c.valeur is None for c in remplies):
        return False
    return _dire(c.valeur for c in remplies) == trouvee["valeurs"]


def _dire(valeurs: Iterable[float]) -> str:
    return " ; ".join(texte_de(float(valeur)) for valeur in valeurs)
