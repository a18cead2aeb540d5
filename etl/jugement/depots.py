"""Which submission counts: one per respondent, year and source, the last one, never a guess.

A form, a workbook of the structure's own and an extract of what an administration holds do not replace one
another: which of them counts is judged measure by measure (etl/jugement/20_sources.sql).
Order: date of reception (`receptions.csv`), else date written on the form, else unknown. A real form always
replaces a fictional one, and a marked copy the file it was made from, whatever the dates. Two different forms
that nothing orders are a tie: an anomaly, and none is retained.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from etl.canevas.modeles import Formulaire

# why a submission takes the place of another one: how its message ends, after the name of a file, which may
# say « plus récent » too
PLUS_RECENT, COPIE_CORRIGEE = "», plus récent.", "», sa copie corrigée."
MEME_CONTENU = "Même contenu que «"
_NOMS_CITES = 3


@dataclass(frozen=True, slots=True)
class Depot:
    """A form read in a file, then judged: `retenu` says whether its cells make the facts of its year."""

    fichier: str
    formulaire: Formulaire
    recu_le: dt.datetime | None = None
    sha256: str | None = None
    corrige: str | None = None  # the file whose marked copy this one is, by its sha256
    rang: int = 0  # of the form in its file
    statut: str = ""  # accepte | accepte_partiel | refuse | remplace | ignore
    retenu: bool = False
    remplace_par: str | None = None
    message: str | None = None

    @property
    def depot_id(self) -> int:
        """Its number, from 0 to 2**63 - 1: the same in every build, whatever was received before it."""
        return numero(self.fichier, self.rang)

    @property
    def date(self) -> dt.datetime | None:
        """When it was received, else when it says it was filled, else None."""
        if self.recu_le:
            return self.recu_le
        jour = self.formulaire.rempli_le
        return dt.datetime.combine(jour, dt.time()) if jour else None

    @property
    def contenu(self) -> str:
        """Equal for two copies of one form."""
        return self.formulaire.contenu


def numero(fichier: str, rang: int) -> int:
    """The number of the form that stands at a rank in a file."""
    octets = hashlib.blake2b(f"{fichier}\0{rang}".encode(), digest_size=8).digest()
    return int.from_bytes(octets) >> 1


def departager(depots: Iterable[Depot]) -> list[Depot]:
    """Judge every submission: the same ones in order, with `statut`, `retenu` and `remplace_par` set."""
    depots = list(depots)
    groupes = defaultdict(list)
    juges: dict[int, Depot] = {}
    for rang, depot in enumerate(depots):
        formulaire = depot.formulaire
        if formulaire.statut == "refuse":
            juges[rang] = replace(depot, statut="refuse")
        else:
            groupes[formulaire.genre, formulaire.repondant_id, formulaire.annee].append(rang)
    for rangs in groupes.values():
        juges |= _juger_repondant({rang: depots[rang] for rang in rangs})
    return [juges[rang] for rang in range(len(depots))]


def _juger_repondant(depots: dict[int, Depot]) -> dict[int, Depot]:
    """Judge what one respondent sent for a year: source by source, and nothing fictional beside the real."""
    reel = next((d for d in depots.values() if not d.formulaire.fictif), None)
    par_source: dict[str, dict[int, Depot]] = defaultdict(dict)
    juges = {}
    for rang, depot in depots.items():
        if reel and depot.formulaire.fictif and depot.formulaire.source != reel.formulaire.source:
            juges[rang] = _remplace(depot, reel)
        else:
            par_source[depot.formulaire.source][rang] = depot
    for concurrents in par_source.values():
        juges |= _juger(concurrents)
    return juges


def _juger(concurrents: dict[int, Depot]) -> dict[int, Depot]:
    """Judge the submissions of one source, for one respondent and year."""
    corriges = {d.corrige for d in concurrents.values() if d.corrige}
    encore = {rang: d for rang, d in concurrents.items() if d.sha256 not in corriges} or concurrents
    reels = {rang: d for rang, d in encore.items() if not d.formulaire.fictif}
    gagnants = _derniers(reels or encore)
    rang_retenu = min(gagnants)
    retenu = concurrents[rang_retenu]
    if len({d.contenu for d in gagnants.values()}) > 1:
        noms = sorted({d.fichier for d in gagnants.values()})
        return {
            rang: _sans_ordre(d, noms) if rang in gagnants else _remplace(d, None)
            for rang, d in concurrents.items()
        }
    return {
        rang: replace(d, statut=d.formulaire.statut, retenu=True)
        if rang == rang_retenu
        else _remplace(d, retenu)
        for rang, d in concurrents.items()
    }


def _derniers(concurrents: dict[int, Depot]) -> dict[int, Depot]:
    """Those nothing comes after: the latest date, and with several contents every form of unknown date."""
    dates = [d.date for d in concurrents.values() if d.date]
    derniere = max(dates, default=None)
    return {rang: d for rang, d in concurrents.items() if d.date is None or d.date == derniere}


def _remplace(depot: Depot, par: Depot | None) -> Depot:
    if par is None:
        message = "Remplacé par un dépôt plus récent, lui-même sans ordre connu."
    elif par.contenu == depot.contenu:
        message = f"{MEME_CONTENU} {par.fichier} »."
    elif depot.formulaire.fictif and not par.formulaire.fictif:
        message = f"Formulaire fictif, remplacé par « {par.fichier} »."
    elif par.corrige and par.corrige == depot.sha256:
        message = f"Remplacé par « {par.fichier} {COPIE_CORRIGEE}"
    else:
        message = f"Remplacé par « {par.fichier} {PLUS_RECENT}"
    return replace(depot, statut="remplace", remplace_par=par and par.fichier, message=message)


def _sans_ordre(depot: Depot, noms: list[str]) -> Depot:
    cites = ", ".join(f"« {nom} »" for nom in noms[:_NOMS_CITES])
    if len(noms) > _NOMS_CITES:
        cites += "…"
    return replace(
        depot,
        statut="ignore",
        message="Plusieurs formulaires différents pour le même répondant et la même année, sans date qui les "
        f"départage ({cites}) : aucun n’est retenu. Dire lequel est arrivé le dernier : dans Collecte › "
        "Déposer ou, s’ils n’ont pas de date de réception, en écrivant leur date et leur heure "
        "(2026-11-21T14:30) dans receptions.csv.",
    )
