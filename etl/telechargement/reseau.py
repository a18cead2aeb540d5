"""Bring the bytes of one address to a partial file: bounded, resumed, tried again, never trusted.

What is received is what the server announced, or it is not received: the content is judged elsewhere.
"""

import ipaddress
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import requests

from etl.telechargement.delai import TropLong, borner
from etl.telechargement.partiel import Partiel

AGENT = "ctg-tableau-de-bord (donnees ouvertes d'une collectivite)"  # a header holds no accent
_SCHEMAS = ("http", "https")
_REDIRECTIONS = frozenset({301, 302, 303, 307, 308})
_A_REESSAYER = frozenset({408, 425, 429, 500, 502, 503, 504})
_BLOC = 64 * 1024
_TROP_LONG = "Le téléchargement dure trop longtemps : il a été arrêté."

Avancer = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Reglages:
    """How far one may go: seconds, tries, redirections, bytes. `dormir` waits between two tries."""

    connexion: float = 15
    lecture: float = 60
    duree: float = 1800
    essais: int = 4
    attente: float = 2
    redirections: int = 5
    taille_maximale: int = 1024**3
    dormir: Callable[[float], None] = time.sleep


class Repere(NamedTuple):
    """What a server says of the version it sends, as it writes it."""

    etag: str | None = None
    modifie_le: str | None = None


class Echec(Exception):  # noqa: N818  (French nouns of the house)
    """The file did not come; the text says why in French.

    `reprenable`: what came may be continued later. `muet`: no server answered at all.
    """

    def __init__(self, message: str, *, reprenable: bool = False, muet: bool = False) -> None:
        super().__init__(message)
        self.reprenable = reprenable
        self.muet = muet


class _Passager(Exception):  # noqa: N818
    """A failure that another try may mend."""

    def __init__(self, message: str, attente: float | None = None) -> None:
        super().__init__(message)
        self.attente = attente


class _Muet(_Passager):
    """Nobody answered: the server is down, or this machine has no way to it."""


def rapatrier(
    adresse: str,
    partiel: Partiel,
    connu: Repere | None,
    reglages: Reglages,
    avancer: Avancer,
    *,
    insister: bool = True,
) -> Repere | None:
    """Bring an address to a partial file; None when the server says that `connu` is still its version.

    A server that does not answer at all is tried once unless one should `insister`. The proxy variables of
    the environment are honoured. Raises Echec, and OSError when the disk refuses.
    """
    attente = reglages.attente
    with requests.Session() as session:
        session.headers.update({"User-Agent": AGENT, "Accept-Encoding": "identity"})
        for essai in range(1, reglages.essais + 1):
            try:
                # a server may let one byte a minute fall, headers included: no wait of ours ever ends that
                return borner(
                    lambda: _essayer(session, adresse, partiel, connu, reglages, avancer),
                    reglages.duree + reglages.connexion,
                )
            except TropLong:
                raise Echec(_TROP_LONG) from None
            except _Passager as raison:
                muet = isinstance(raison, _Muet)
                if essai == reglages.essais or (muet and not insister):
                    raise Echec(f"{raison} Essayé {essai} fois.", reprenable=True, muet=muet) from raison
                reglages.dormir(min(raison.attente or attente, 60))
                attente *= 2
    raise AssertionError("at least one try")


def _essayer(
    session: requests.Session,
    adresse: str,
    partiel: Partiel,
    connu: Repere | None,
    reglages: Reglages,
    avancer: Avancer,
) -> Repere | None:
    debut = partiel.reprise()
    demande = _entetes(debut, partiel.validateur, connu)
    try:
        with _suivre(session, adresse, demande, reglages) as reponse:
            if reponse.status_code == 304 and {"If-None-Match", "If-Modified-Since"} & demande.keys():
                return None
            return _recevoir(reponse, debut, partiel, reglages, avancer)
    except requests.exceptions.SSLError as erreur:
        raise Echec("Le certificat du serveur n’est pas valable.") from erreur
    except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError) as erreur:
        raise _Passager("Le fichier est arrivé tronqué.") from erreur
    except (requests.Timeout, requests.ConnectionError, TimeoutError) as erreur:
        raise _Passager("Le serveur ne répond pas, ou ne répond plus.") from erreur
    except (requests.RequestException, UnicodeError, ValueError) as erreur:
        raise Echec("L’adresse ou la réponse du serveur est mal formée.") from erreur


def _entetes(debut: int, validateur: str | None, connu: Repere | None) -> dict[str, str]:
    """Ask for the rest of a partial file, or for what changed since the version we hold."""
    if debut:
        return {"Range": f"bytes={debut}-", "If-Range": validateur}
    if connu and connu.etag:
        return {"If-None-Match": connu.etag}
    return {"If-Modified-Since": connu.modifie_le} if connu and connu.modifie_le else {}


def _suivre(
    session: requests.Session, adresse: str, entetes: Mapping[str, str], reglages: Reglages
) -> requests.Response:
    """Follow redirections ourselves: few, to http(s) only, never from https back to http, nor from a producer
    to a machine of the network we stand in."""
    declaree = adresse
    for _ in range(reglages.redirections + 1):
        schema = urlsplit(adresse).scheme
        if schema not in _SCHEMAS:
            raise Echec("Le serveur renvoie vers une adresse qui n’est pas une page de site (http).")
        reponse = _demander(session, adresse, entetes, reglages)
        cible = reponse.headers.get("Location")
        if reponse.status_code not in _REDIRECTIONS or not cible:
            return reponse
        reponse.close()
        suivante = urljoin(adresse, cible)
        if schema == "https" and urlsplit(suivante).scheme == "http":
            raise Echec("Le serveur renvoie vers une adresse qui n’est pas protégée (https).")
        if _entre_chez_nous(declaree, suivante):
            raise Echec("Le serveur renvoie vers une machine du réseau interne : ce n’est pas un producteur.")
        adresse = suivante
    raise Echec(f"Le serveur renvoie d’adresse en adresse, plus de {reglages.redirections} fois.")


def _demander(
    session: requests.Session, adresse: str, entetes: Mapping[str, str], reglages: Reglages
) -> requests.Response:
    try:
        return session.get(
            adresse,
            headers=entetes,
            stream=True,
            allow_redirects=False,
            timeout=(reglages.connexion, reglages.lecture),
        )
    except requests.exceptions.SSLError:
        raise
    except requests.ConnectionError as erreur:
        raise _Muet("Le serveur ne répond pas : vérifiez que ce poste a accès à internet.") from erreur


def _entre_chez_nous(declaree: str, suivante: str) -> bool:
    """Say whether a public address sends us to a private one; one we cannot name is left to the proxy."""
    depuis, vers = urlsplit(declaree).hostname, urlsplit(suivante).hostname
    return depuis != vers and _est_interne(vers) and not _est_interne(depuis)


def _est_interne(hote: str | None) -> bool:
    try:
        adresses = {lu[4][0].partition("%")[0] for lu in socket.getaddrinfo(hote, None)}
    except (OSError, UnicodeError):
        return False
    return any(not ipaddress.ip_address(adresse).is_global for adresse in adresses)


def _recevoir(
    reponse: requests.Response, debut: int, partiel: Partiel, reglages: Reglages, avancer: Avancer
) -> Repere:
    code = reponse.status_code
    if code in _A_REESSAYER:
        raise _Passager(f"Le serveur est en panne (erreur {code}).", _delai(reponse))
    repere = Repere(reponse.headers.get("ETag"), reponse.headers.get("Last-Modified"))
    if code == 416 or (code == 206 and not _est_la_suite(reponse, debut, partiel, repere)):
        partiel.effacer()
        raise _Passager("Le fichier a changé chez son producteur pendant le téléchargement.")
    if code not in (200, 206):
        raise Echec(f"Le serveur refuse ce fichier (erreur {code}).")
    depart = debut if code == 206 else 0
    # compressed on the way although we asked not: its length is not that of what is written
    enveloppe = reponse.headers.get("Content-Encoding", "identity") != "identity"
    annonce = None if enveloppe else _entier(reponse.headers.get("Content-Length"))
    total = depart + annonce if annonce is not None else None
    if total is not None and total > reglages.taille_maximale:
        raise Echec("Le fichier est trop gros.")
    _ecrire(reponse, depart, total, partiel, repere, reglages, avancer)
    return repere


def _est_la_suite(reponse: requests.Response, debut: int, partiel: Partiel, repere: Repere) -> bool:
    """Say whether a partial answer starts where we stopped, in the version that we began."""
    plage = reponse.headers.get("Content-Range", "")
    validateur = choisir_validateur(repere)
    return (
        debut > 0
        and plage.startswith(f"bytes {debut}-")
        and (validateur is None or validateur == partiel.validateur)
    )


def _ecrire(
    reponse: requests.Response,
    depart: int,
    total: int | None,
    partiel: Partiel,
    repere: Repere,
    reglages: Reglages,
    avancer: Avancer,
) -> None:
    limite = time.monotonic() + reglages.duree
    recu = depart
    reponse.raw.enforce_content_length = False  # it would drop the last bytes of a truncated file
    with partiel.ouvrir(depart, choisir_validateur(repere)) as flux:
        for bloc in reponse.iter_content(_BLOC):
            recu += len(bloc)
            if recu > reglages.taille_maximale:
                raise Echec("Le fichier est trop gros.")
            if time.monotonic() > limite:
                raise Echec(_TROP_LONG)
            flux.write(bloc)
            avancer(recu, total)
    if total is not None and recu != total:
        raise _Passager("Le fichier est arrivé tronqué.")


def choisir_validateur(repere: Repere) -> str | None:
    """What proves that the rest belongs to the same version: a strong ETag, else a date."""
    if repere.etag and not repere.etag.startswith("W/"):
        return repere.etag
    return repere.modifie_le


def _delai(reponse: requests.Response) -> float | None:
    """Seconds that the server asks to wait; a date there is left aside."""
    return _entier(reponse.headers.get("Retry-After"))


def _entier(texte: str | None) -> int | None:
    return int(texte) if texte and texte.isascii() and texte.isdigit() else None
