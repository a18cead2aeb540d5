"""A message saved as a file: the files joined to it and the day it arrived; nothing of who sent it."""

import datetime as dt
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime

from ctg import formats
from etl.reception.extraits import Extrait, Remarque

_EN_TETE = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:[A-Za-z][A-Za-z-]*:[^\r\n]*\r?\n)")
_VERSION = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_DEBUT = 2**16
# lines that may separate two parts, for one that does: an answer quotes signatures, which begin alike
_COUPES_PAR_PARTIE = 10
# the headers read as lists of parameters: the time that takes grows as the square of their length
_EN_TETE_LU = re.compile(
    rb"^content-(?:type|disposition):[^\n]*+(?:\n[ \t][^\n]*+)*+", re.IGNORECASE | re.MULTILINE
)
_EN_TETE_MAXIMUM = 2**14  # bytes
_SES_PIECES = "Déposer ses pièces jointes."
_TROP_DE_PARTIES = "Ce message a plus que les {} parties admises : il n’est pas ouvert."
_TNEF = b"\x78\x9f\x3e\x22"
_SIGNATURES = frozenset(
    {
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "text/x-vcard",
        "text/vcard",
    }
)


class MessageRefuse(Exception):  # noqa: N818 (errors are named in French, by what happened)
    """Nothing of the message is opened; the French sentence says why."""


def est_un_courriel(nom: str, contenu: bytes) -> bool:
    """By content: header lines first, among them the one every message with joined files bears."""
    debut = contenu[:_DEBUT]
    return bool(_EN_TETE.match(debut)) and (bool(_VERSION.search(debut)) or nom.casefold().endswith(".eml"))


def est_enferme(contenu: bytes) -> bool:
    """Joined files in the envelope of Outlook (winmail.dat), that no other program opens."""
    return contenu.startswith(_TNEF)


def pieces_jointes(contenu: bytes, maximum: int) -> tuple[list[Extrait], list[Remarque]]:
    """The joined files, dated by the message, and what was left aside.

    Raises MessageRefuse: more than `maximum` parts, or made so that no program reads it.
    """
    if contenu.count(b"\n--") > _COUPES_PAR_PARTIE * maximum:  # before its thousands of headers are read
        raise MessageRefuse(_TROP_DE_PARTIES.format(maximum))
    if any(len(trouve[0]) > _EN_TETE_MAXIMUM for trouve in _EN_TETE_LU.finditer(contenu)):
        raise MessageRefuse("Ce message est abîmé : un de ses en-têtes n’en finit pas. " + _SES_PIECES)
    try:
        return _pieces(message_from_bytes(contenu, policy=default), maximum)
    except RecursionError:
        raise MessageRefuse(
            f"Ce message en emboîte trop d’autres : il n’est pas ouvert. {_SES_PIECES}"
        ) from None


def _pieces(message: EmailMessage, maximum: int) -> tuple[list[Extrait], list[Remarque]]:
    recu_le = date_de(message)
    origine = f"message du {formats.date_courte(recu_le)}" if recu_le else "message"
    trouves, remarques, images = [], [], 0
    for rang, partie in enumerate(_feuilles(message), start=1):
        if rang > maximum:
            raise MessageRefuse(_TROP_DE_PARTIES.format(maximum))
        nom, genre = _nom(partie), partie.get_content_type()
        if genre == "message/rfc822":
            transfere = _en_octets(partie)
            if transfere is None:
                remarques.append((origine, "Le message qu’il transfère est abîmé : le demander à nouveau."))
            else:
                trouves.append(Extrait("message transféré.eml", transfere, origine, recu_le))
        elif genre.startswith("image/") and (
            partie.get_content_disposition() != "attachment" or partie["Content-ID"]
        ):
            images += 1
        elif genre in _SIGNATURES:
            remarques.append((nom or origine, "Signature ou carte de visite du message : ignorée."))
        elif nom:
            octets = _octets(partie)
            if octets is None:
                abimee = "Cette pièce jointe est vide ou abîmée. Renvoyez-la."
                trouves.append(Extrait(nom, b"", origine, recu_le, abimee))
            else:
                trouves.append(Extrait(nom, octets, origine, recu_le))
    if images:
        remarques.append((origine, "Images du texte ou de la signature : laissées."))
    return trouves, remarques


def date_de(message: EmailMessage) -> dt.datetime | None:
    """The day and hour the message arrived (last server's stamp), else was sent; in local time, no zone.

    None when it says none, or one that has not come yet.
    """
    tampons = [str(tampon).rsplit(";", 1)[-1] for tampon in message.get_all("Received", [])[:1]]
    for texte in (*tampons, str(message.get("Date", ""))):
        try:
            lu = parsedate_to_datetime(texte.strip())
            local = lu.astimezone().replace(tzinfo=None, microsecond=0) if lu.tzinfo else lu
        except (
            ValueError,
            TypeError,
            IndexError,
            OverflowError,
            OSError,
        ):  # the last two: out of the calendar
            continue
        if local <= dt.datetime.now():
            return local
    return None


def _feuilles(partie: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold something; a forwarded message is one, opened in its turn."""
    if partie.get_content_type() != "message/rfc822" and partie.is_multipart():
        for dedans in partie.get_payload():
            yield from _feuilles(dedans)
    else:
        yield partie


def _nom(partie: EmailMessage) -> str | None:
    try:
        return partie.get_filename()
    except (LookupError, ValueError, IndexError):  # a name in an unknown or broken encoding
        return "pièce jointe"


def _en_octets(partie: EmailMessage) -> bytes | None:
    try:
        return partie.get_payload(0).as_bytes()
    except (LookupError, ValueError, TypeError):  # not the bytes its headers announce, or no message at all
        return None


def _octets(partie: EmailMessage) -> bytes | None:
    try:
        octets = partie.get_payload(decode=True)
    except (LookupError, ValueError):
        return None
    return octets or None
