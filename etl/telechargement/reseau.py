"""Bring the bytes of one address to a partial file: bounded, resumed, tried again, never trusted.

What is received is what the server announced, or it is not received: the content is judged elsewhere.
"""

import ipaddress
import math
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import requests

from ctg.formats import compter
from etl.telechargement.arrivee import TROP_LONG, Arrivee, Avancer, Bornes, Repere, recevoir
from etl.telechargement.delai import TropLong, borner
from etl.telechargement.echecs import Echec, Muet, Passager
from etl.telechargement.partiel import Partiel

AGENT = "ctg-tableau-de-bord (donnees ouvertes d'une collectivite)"  # a header holds no accent
_SCHEMAS = ("http", "https")
_REDIRECTIONS = frozenset({301, 302, 303, 307, 308})
_A_REESSAYER = frozenset({408, 425, 429, 500, 502, 503, 504})
_RECUS = (200, 206)
_TROP_DE_DEMANDES = 429
_DISPARU = (404, 410)
_CONDITIONS = frozenset({"If-None-Match", "If-Modified-Since"})


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


def rapatrier(
    adresse: str,
    partiel: Partiel,
    connu: Repere | None,
    reglages: Reglages,
    avancer: Avancer,
    *,
    insister: bool = True,
) -> Arrivee | None:
    """Bring an address to a partial file; None when the server says that `connu` is still its version.

    A server that does not answer at all is tried once unless one should `insister`. The proxy variables of
    the environment are honoured. Raises Echec, and OSError when the disk refuses.
    """
    attente = reglages.attente
    with requests.Session() as session:
        session.headers.update({"User-Agent": AGENT, "Accept-Encoding": "identity"})
        for essai in range(1, reglages.essais + 1):
            bornes = Bornes(reglages.taille_maximale, time.monotonic() + reglages.duree)
            try:
                # a server may let one byte a minute fall, headers included: no wait of ours ever ends that
                return borner(
                    lambda bornes=bornes: _essayer(
                        session, adresse, partiel, connu, reglages, bornes, avancer
                    ),
                    reglages.duree + reglages.connexion,
                )
            except TropLong:
                raise Echec(TROP_LONG) from None
            except Passager as raison:
                muet = isinstance(raison, Muet)
                if essai == reglages.essais or (muet and not insister):
                    raise Echec(
                        f"{raison} Essayé {essai} fois. {_quand_relancer(raison, partiel)}",
                        reprenable=True,
                        muet=muet,
                    ) from raison
                reglages.dormir(min(raison.attente or attente, 60))
                attente *= 2
    raise AssertionError("at least one try")


def _quand_relancer(raison: Passager, partiel: Partiel) -> str:
    minutes = math.ceil((raison.attente or 0) / 60)
    quand = f"dans {compter(minutes, 'minutes')}" if minutes > 1 else "plus tard"
    return f"Relancez {quand}{' : il reprendra où il s’est arrêté' if partiel.reprise() else ''}."


def _essayer(
    session: requests.Session,
    adresse: str,
    partiel: Partiel,
    connu: Repere | None,
    reglages: Reglages,
    bornes: Bornes,
    avancer: Avancer,
) -> Arrivee | None:
    """One try: as many requests as the ranges that the server sends the file in."""
    try:
        while True:
            debut = partiel.reprise()
            demande = _entetes(debut, partiel, connu)
            with _suivre(session, adresse, demande, reglages) as reponse:
                if reponse.status_code == 304 and _CONDITIONS & demande.keys():
                    return None
                _exiger_un_contenu(reponse, partiel)
                bornes.respecter(debut)
                if arrivee := recevoir(reponse, adresse, debut, partiel, bornes, avancer):
                    return arrivee
    except requests.exceptions.SSLError as erreur:
        raise Echec(
            "Le certificat du serveur n’est pas valable, ou votre réseau le remplace par le sien : "
            "demandez au service informatique (docs/telecharger.md)."
        ) from erreur
    except (requests.Timeout, requests.ConnectionError, TimeoutError) as erreur:
        raise Passager("Le serveur ne répond pas, ou ne répond plus.") from erreur
    except (requests.RequestException, UnicodeError, ValueError) as erreur:
        raise Echec("L’adresse ou la réponse du serveur est mal formée.") from erreur


def _entetes(debut: int, partiel: Partiel, connu: Repere | None) -> dict[str, str]:
    """Ask for the rest of a partial file, or for what changed since the version we hold."""
    if debut and (version := partiel.version):
        return {"Range": f"bytes={debut}-", "If-Range": version.validateur}
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
        raise Muet("Le serveur ne répond pas : vérifiez que ce poste a accès à internet.") from erreur
    except requests.RequestException:
        raise
    except OSError as erreur:  # before any request: the certificates that the environment names
        raise Echec(
            "Les certificats que nomme la variable REQUESTS_CA_BUNDLE sont introuvables : corrigez-la."
        ) from erreur


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


def _exiger_un_contenu(reponse: requests.Response, partiel: Partiel) -> None:
    """Raises Passager (a failure, a version that changed) or Echec (a refusal) unless a content follows."""
    code = reponse.status_code
    if code in _A_REESSAYER:
        dit = "demande d’attendre" if code == _TROP_DE_DEMANDES else "est en panne"
        raise Passager(f"Le serveur {dit} (erreur {code}).", _delai(reponse))
    if code == 416:  # what we began is longer than what the server now has
        partiel.effacer()
        raise Passager("Le fichier a changé chez son producteur pendant le téléchargement.")
    if code in _DISPARU:
        raise Echec(
            f"Le fichier n’est plus à cette adresse (erreur {code}) : copiez la nouvelle depuis sa page "
            "(docs/telecharger.md)."
        )
    if code not in _RECUS:
        raise Echec(f"Le serveur refuse ce fichier (erreur {code}).")


def _delai(reponse: requests.Response) -> float | None:
    """Seconds that the server asks to wait; a date there is left aside."""
    return _entier(reponse.headers.get("Retry-After"))


def _entier(texte: str | None) -> int | None:
    return int(texte) if texte and texte.isascii() and texte.isdigit() else None
