"""From one answer of a server to the bytes of a partial file: all those it announced, or a failure.

Bytes are written as they travel, never decoded on the way: what is announced (length, ranges, chunks) is then
what is counted, by urllib3 itself.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import requests
import urllib3

from ctg.formats import nombre
from etl.telechargement.echecs import Echec, Passager
from etl.telechargement.enveloppe import degonfler, est_compresse
from etl.telechargement.partiel import Partiel, Version

_BLOC = 64 * 1024
_PLAGE = re.compile(r"bytes (?P<debut>[0-9]{1,18})-(?P<fin>[0-9]{1,18})/(?P<total>[0-9]{1,18}|\*)")
# read with indulgence: the email module raises on what servers write there
_NOM = re.compile(r"filename\*?\s*=\s*\"?([^\";]+)", re.IGNORECASE)
_TROP_GROS = "Le fichier est trop gros."
TROP_LONG = "Le téléchargement dure trop longtemps : il a été arrêté."
_CHANGE = "Le fichier a changé chez son producteur pendant le téléchargement."

Avancer = Callable[[int, int | None], None]


class Repere(NamedTuple):
    """What a server says of the version it sends, as it writes it."""

    etag: str | None = None
    modifie_le: str | None = None


class Arrivee(NamedTuple):
    """A whole file. `fin_annoncee`: the server said where it ends, and it ends there; `noms`: those under
    which it was served."""

    repere: Repere
    fin_annoncee: bool
    noms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bornes:
    """Bytes, and the moment of `time.monotonic` after which nothing is written any more."""

    taille: int
    limite: float

    def respecter(self, octets: int) -> None:
        """Raises Echec."""
        if octets > self.taille:
            raise Echec(_TROP_GROS)
        if time.monotonic() > self.limite:
            raise Echec(TROP_LONG)


class _Plage(NamedTuple):
    """The bytes `debut` to `fin`, both included, of `total`."""

    debut: int
    fin: int
    total: int | None


def recevoir(
    reponse: requests.Response, adresse: str, debut: int, partiel: Partiel, bornes: Bornes, avancer: Avancer
) -> Arrivee | None:
    """Write what an answer 200 or 206 brings; None when a range came whole and others are still to be asked.

    `adresse` is the declared one, before any redirection; `debut`, the bytes we hold. Raises Passager, Echec,
    OSError.
    """
    repere = Repere(reponse.headers.get("ETag"), reponse.headers.get("Last-Modified"))
    compresse = est_compresse(reponse.headers.get("Content-Encoding", ""))
    lieu = f"{adresse} {reponse.url.partition('?')[0]}"  # a signed address changes its query each time
    if reponse.status_code == 206:
        plage = _lire_plage(reponse, debut, partiel, repere, lieu)
        depart, fin, total = debut, plage.fin + 1, plage.total
    else:
        depart, fin = 0, reponse.raw.length_remaining  # None: not announced, or in chunks
        total = fin
    bornes.respecter(total or 0)
    validateur = choisir_validateur(repere, reponse.headers.get("Date"))
    version = Version(validateur, lieu, total) if validateur and not compresse else None
    recu = _ecrire(reponse, depart, fin, None if compresse else total, version, partiel, bornes, avancer)
    if total is not None and recu < total:
        if partiel.version is None:
            raise Passager(_tronque(total, recu))
        return None
    if compresse:
        degonfler(partiel, bornes.taille)
    fin_annoncee = total is not None or bool(reponse.raw.chunked) or compresse
    return Arrivee(repere, fin_annoncee, _noms(adresse, reponse))


def _lire_plage(
    reponse: requests.Response, debut: int, partiel: Partiel, repere: Repere, lieu: str
) -> _Plage:
    """Check that a partial answer continues ours: same place, same version, same whole. Raises Passager."""
    lue = _PLAGE.fullmatch(reponse.headers.get("Content-Range", "").strip())
    connue = partiel.version
    if lue:
        total = int(lue["total"]) if lue["total"] != "*" else (connue.total if connue and debut else None)
        plage = _Plage(int(lue["debut"]), int(lue["fin"]), total)
        suite = debut == 0 or (
            connue is not None
            and (connue.validateur, connue.lieu) == (choisir_validateur(repere, None), lieu)
            and (connue.total or total) == total
        )
        tenue = total is not None and debut == plage.debut <= plage.fin < total
        if suite and tenue and _est_la_longueur(reponse, plage):
            return plage
    partiel.effacer()
    raise Passager(_CHANGE)


def _est_la_longueur(reponse: requests.Response, plage: _Plage) -> bool:
    return reponse.raw.length_remaining in (None, plage.fin - plage.debut + 1)


def _ecrire(
    reponse: requests.Response,
    depart: int,
    fin: int | None,
    total: int | None,
    version: Version | None,
    partiel: Partiel,
    bornes: Bornes,
    avancer: Avancer,
) -> int:
    """Write from `depart` to `fin`; returns how many bytes the file then has. Raises Passager when cut."""
    recu = depart
    with partiel.ouvrir(depart, version) as flux:
        try:
            for bloc in reponse.raw.stream(_BLOC, decode_content=False):
                recu += len(bloc)
                bornes.respecter(recu)
                flux.write(bloc)
                avancer(recu, total)
        except urllib3.exceptions.HTTPError as erreur:
            raise Passager(_tronque(total or fin, recu)) from erreur
    if fin is not None and recu != fin:
        if recu > fin:  # a range without length that says more than it announced: nothing of it is sure
            partiel.effacer()
        raise Passager(_tronque(total or fin, recu))
    return recu


def _tronque(annonce: int | None, recu: int) -> str:
    if annonce is None:
        return f"Le fichier est arrivé tronqué : {nombre(recu)} octets reçus, et pas la fin."
    return f"Le fichier est arrivé tronqué : {nombre(annonce)} octets annoncés, {nombre(recu)} reçus."


def choisir_validateur(repere: Repere, jour: str | None) -> str | None:
    """What proves that the rest belongs to the same version: a strong ETag, else a date.

    The date of a file changed within the second it was asked for proves nothing: it may change again in it
    (RFC 9110, 8.8.2.2). `jour` is that of the answer, as written.
    """
    if repere.etag and not repere.etag.upper().startswith("W/"):
        return repere.etag
    return None if repere.modifie_le == jour else repere.modifie_le


def _noms(adresse: str, reponse: requests.Response) -> tuple[str, ...]:
    """The names that the address, the last redirection and the server give to the file."""
    chemins = [urlsplit(a).path.rpartition("/")[2] for a in (adresse, reponse.url)]
    donnes = _NOM.findall(reponse.headers.get("Content-Disposition", ""))
    return tuple(dict.fromkeys(unquote(nom) for nom in (*chemins, *donnes) if nom))
