"""The life of a value, in words: where a fiche of a campaign stands, and what may be diffused.

« La Caf sera destinataire de l’ensemble des contenus et donnera son aval avant diffusion » (001:1700-1701).
"""

from collections.abc import Iterable
from typing import Protocol

from ctg import formats

PROVISOIRE = "provisoire, ne pas diffuser"

# in their order; the first two come by themselves
LIBELLES = {
    "recue": "reçue",
    "controlee": "contrôlée",
    "confirmee": "confirmée par la structure",
    "validee": "validée par le référent",
    "aval": "aval de la Caf",
    "diffusee": "diffusée",
}


class FicheRecue(Protocol):
    """A row of `avals.sql`: a fiche that holds answers for a campaign; `aval_le` null without an aval."""

    annee: int
    fiche_id: str
    axe_id: str
    aval_le: object


def diffusion(fiches: Iterable[FicheRecue], annee: int | None) -> str:
    """What a document that shows these fiches bears, for the campaign `annee` and those it is compared with.

    Provisional as long as one number shown waits for its aval; then « diffusion autorisée le … ».
    """
    montrees = [f for f in fiches if annee is not None and f.annee <= annee]
    attendent = sorted({int(f.annee) for f in montrees if not formats.est_connu(f.aval_le)})
    if not montrees or annee in attendent:
        return PROVISOIRE
    if attendent:
        return f"{PROVISOIRE} (sans aval : {formats.liste([str(a) for a in attendent])})"
    return f"diffusion autorisée le {formats.date_longue(max(f.aval_le for f in montrees))}"


def prochaine(atteintes: Iterable[str]) -> str | None:
    """The stage that may be declared next, None when all were or when the first two are not reached."""
    atteintes = set(atteintes)
    etapes = list(LIBELLES)
    manquante = next((rang for rang, etape in enumerate(etapes) if etape not in atteintes), len(etapes))
    return etapes[manquante] if 2 <= manquante < len(etapes) else None
