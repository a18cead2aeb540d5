"""The life of a value, in words: where a fiche of a campaign stands, and what may be diffused.

« La Caf sera destinataire de l’ensemble des contenus et donnera son aval avant diffusion » (001:1700-1701).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from ctg import formats

if TYPE_CHECKING:  # a build reads the words of this module, and never needs pandas
    import pandas as pd

PROVISOIRE = "provisoire, ne pas diffuser"
HORS_FICHE = "hors des fiches : l’aval de la Caf ne porte pas sur ces chiffres"
_LONGUEUR_DE_RAISON = 120  # characters of a reason in a sentence that every page bears

# in their order; the first two come by themselves
LIBELLES = {
    "recue": "reçue",
    "controlee": "contrôlée",
    "confirmee": "confirmée par la structure",
    "validee": "validée par le référent",
    "aval": "aval de la Caf",
    "diffusee": "diffusée",
}
# what an approval no longer covers is asked for again
A_REDIRE = {"confirmee": "à confirmer de nouveau", "validee": "à valider de nouveau"}


class FicheRecue(Protocol):
    """A row of `avals.sql`: a fiche that holds answers for a campaign; `aval_le` null without an aval.

    `nb_changees`: how many of its figures are no longer those of its aval, the last one changed on
    `change_le` for the reason `change_raison`.
    """

    annee: int
    fiche_id: str
    axe_id: str
    aval_le: object
    nb_changees: int
    change_le: object
    change_raison: str | None


def diffusion(fiches: Iterable[FicheRecue], annee: int | None) -> str:
    """What a document that shows these fiches bears, for the campaign `annee` and those it is compared with.

    Its status, then what is no longer as the Caf saw it.
    """
    fiches = list(fiches)
    return " ; ".join(filter(None, (statut(fiches, annee), changees(fiches, annee))))


def statut(fiches: Iterable[FicheRecue], annee: int | None) -> str:
    """Provisional as long as one number shown waits for its aval; then « diffusion autorisée le … »."""
    montrees = _montrees(fiches, annee)
    attendent = sorted({int(f.annee) for f in montrees if not formats.est_connu(f.aval_le)})
    if not montrees or annee in attendent:
        return PROVISOIRE
    if attendent:
        return f"{PROVISOIRE} (sans aval : {formats.liste([str(a) for a in attendent])})"
    return f"diffusion autorisée le {formats.date_longue(max(f.aval_le for f in montrees))}"


def changees(fiches: Iterable[FicheRecue], annee: int | None) -> str:
    """What changed under an aval that stands: « JE-1 modifiée depuis : 1 chiffre (le 22 novembre… »."""
    montrees = _montrees(fiches, annee)
    modifiees = [f for f in montrees if formats.est_connu(f.aval_le) and f.nb_changees]
    if not modifiees:
        return ""
    dites = [_changee(f, annee, seule=len(modifiees) == 1) for f in modifiees]
    if len(modifiees) > 1:
        return f"modifiées depuis l’aval : {formats.liste(dites)}"
    nom = "" if len({f.fiche_id for f in montrees}) == 1 else f"{modifiees[0].fiche_id} "
    return f"{nom}modifiée depuis : {dites[0]}"


def _montrees(fiches: Iterable[FicheRecue], annee: int | None) -> list[FicheRecue]:
    return [f for f in fiches if annee is not None and f.annee <= annee]


def _changee(fiche: FicheRecue, annee: int, *, seule: bool) -> str:
    combien = formats.compter(int(fiche.nb_changees), "chiffres")
    if int(fiche.annee) != annee:
        combien += f" de {int(fiche.annee)}"
    if not seule:
        return f"{fiche.fiche_id} ({combien})"
    raison = str(fiche.change_raison)
    if len(raison) > _LONGUEUR_DE_RAISON:
        raison = f"{raison[:_LONGUEUR_DE_RAISON].rstrip()}…"
    return f"{combien} (le {formats.date_longue(fiche.change_le)}, raison : {raison})"


def lue(texte: str, avant: object) -> str:
    """A number, and the other one that the Caf saw, if any: `a_l_aval` of `publication.mesure`."""
    return f"{texte} ({avant} à l’aval)" if formats.est_connu(avant) else texte


def depuis_l_aval(lignes: pd.DataFrame, nom: str) -> str:
    """What stands under a chart whose numbers changed: « ; depuis l’aval, 2025 : 366 jeunes à l’aval du… ».

    `nom`: the column that names a row; blank when nothing changed.
    """
    dites = [
        f"{getattr(ligne, nom)} : {ligne.depuis_l_aval}"
        for ligne in lignes.itertuples()
        if formats.est_connu(ligne.depuis_l_aval)
    ]
    return f" ; changé, {' ; '.join(dites)}" if dites else ""


def prochaine(atteintes: Iterable[str]) -> str | None:
    """The stage that may be declared next, None when all were or when the first two are not reached.

    An aval that stands needs nothing of what comes before it: it covers what changed since with its reason.
    """
    atteintes = set(atteintes)
    etapes = list(LIBELLES)
    if "aval" in atteintes:
        return None if "diffusee" in atteintes else "diffusee"
    manquante = next((rang for rang, etape in enumerate(etapes) if etape not in atteintes), len(etapes))
    return etapes[manquante] if 2 <= manquante < len(etapes) else None
