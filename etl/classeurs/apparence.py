"""How a cell looks, whatever its workbook: what its number format says, whether it is struck."""

import datetime as dt
from typing import NamedTuple

from etl.classeurs.affichage import montrer
from etl.classeurs.passages import barrer

# The formats that programs know by their number; those of money bear the currency of the country
# (ECMA-376, part 1, 18.8.30; MS-XLS 2.5.165).
CODES_CONNUS = {9: "0%", 10: "0.00%"} | dict.fromkeys((5, 6, 7, 8, 42, 44), '#,##0.00" €"')


class Apparence(NamedTuple):
    """`code` is that of a number format, None when it only shows digits."""

    code: str | None = None
    barre: bool = False


def habillee(lue: object, apparence: Apparence) -> object:
    """A cell as it looks: a number with the words of its format, a text in the place of what is struck."""
    if apparence.code and isinstance(lue, float):
        lue = montrer(lue, apparence.code)
    return en_barre(lue) if apparence.barre else lue


def en_barre(lue: object) -> object:
    """A cell struck through as a whole: what it shows, as a text; a blank stays a blank."""
    if isinstance(lue, bool):
        return barrer("VRAI" if lue else "FAUX")
    if isinstance(lue, float):
        return barrer(getattr(lue, "montre", f"{lue:.15g}".replace(".", ",")))
    return barrer(f"{lue:%d/%m/%Y}" if isinstance(lue, dt.date) else str(lue))
