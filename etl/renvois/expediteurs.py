"""Whose file is it, when nothing that was read of it says so: its name, or that of its sheets."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ctg import formats

_LETTRES_MINIMUM = 5  # shorter, a name (« vyv ») is in too many others
_ANNEE = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")


class Connu(NamedTuple):
    """A sender, and what may name it: its identifier, its name, those of its structures."""

    nom: str
    designations: tuple[str, ...]


def deviner(fichier: str, feuilles: Sequence[str], connus: Iterable[Connu]) -> str | None:
    """The one sender that the name of the file, or of its sheets, designates; None when none or several do.

    In « Multi-accueil CS Le Tempo », the longest name counts, not the « CS Le Tempo » it holds.
    """
    connus = tuple(connus)
    trouves = set()
    for texte in (fichier.rsplit("/", 1)[-1], *feuilles):
        lus = f"-{formats.cle_ascii(texte)}-"
        cites = [
            (len(cle), connu.nom)
            for connu in connus
            for cle in map(formats.cle_ascii, connu.designations)
            if len(cle) >= _LETTRES_MINIMUM and f"-{cle}-" in lus
        ]
        trouves |= {nom for longueur, nom in cites if longueur == max(cites)[0]}
    return trouves.pop() if len(trouves) == 1 else None


def annee_du_nom(fichier: str) -> int | None:
    """The one year its name bears: « rapport_2025_archipel.xlsx »."""
    annees = set(_ANNEE.findall(fichier.rsplit("/", 1)[-1]))
    return int(annees.pop()) if len(annees) == 1 else None
