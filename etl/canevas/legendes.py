"""The captions over the answer cells that hold several figures, in the words of a person who fills them."""

from typing import NamedTuple


class Legende(NamedTuple):
    """`annonce` stands over the questions, `cellules` over their answer cells, `remarque` over their note."""

    annonce: str
    cellules: tuple[str, ...]
    remarque: str = ""


LEGENDES = {
    "rapport": Legende("Deux nombres : combien, sur combien.", ("combien", "sur")),
    "satisfaction": Legende(
        "Questionnaires proposés, ont répondu, satisfaits (notes 4 et 5 sur 5).",
        ("proposés", "ont\nrépondu", "satisfaits"),
    ),
    "trimestre": Legende(
        "Par trimestre.", ("janv. à\nmars", "avril à\njuin", "juil. à\nsept.", "oct. à\ndéc.")
    ),
    "jalon": Legende(
        "Jalons : où en est-on, pour quand, et pourquoi s’il est décalé.",
        ("état", "prévu le", "réalisé le", "avance-\nment (%)"),
        "motif, précision",
    ),
    "niveau": Legende("De 1 (à construire) à 4 (acquis).", ("niveau",)),
}


def legende_exercices(annee: int) -> Legende:
    """Three accounting years around the year of the form (003:870)."""
    return Legende(
        "Montants en euros, conformes aux comptes transmis par ailleurs.",
        (f"{annee - 1}\ndéfinitif", f"{annee}\nestimé", f"{annee + 1}\nprévu"),
    )
