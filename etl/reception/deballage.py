"""What a dropped file holds: itself, or the files of an archive, or those joined to a message.

Whatever is left out is told, with its reason. An archive that cannot be opened stays whole, with the sentence
that its sender is told.
"""

import io
import lzma
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass, field, replace

from etl.classeurs.nature import est_outlook
from etl.classeurs.paquet import lire_partie
from etl.reception import courriels
from etl.reception.extraits import Extrait, Remarque
from etl.sources.noms import annee_du_dossier, annee_du_nom

DEPLIE_MAXIMUM = 200 * 2**20
RAPPORT_MAXIMUM = 200
ENTREES_MAXIMUM = 300
# a message that forwards another, with an archive joined: three openings; no further
_PROFONDEUR = 3
_IMBRIQUEE = "Cette archive est au fond de plusieurs autres : elle n’est pas ouverte. Renvoyez-la seule."
_TROP_TRANSFERE = "Message transféré plusieurs fois : l’ouvrir, puis déposer ses pièces jointes."
_TRONQUEE = "Cette archive est abîmée ou incomplète. Renvoyez-la, ou téléchargez-la de nouveau."
_OUTLOOK = "Message au format Outlook (.msg) : l’enregistrer au format .eml, ou déposer ses pièces jointes."
_ENFERMEES = (
    "Outlook y a enfermé les pièces jointes : elles ne s’ouvrent pas. Renvoyez-les dans une archive .zip."
)

# zips that are documents: opened by whoever reads them, not here
_DOCUMENTS = ("[Content_Types].xml", "mimetype", "_rels/.rels", "META-INF/manifest.xml")
_NOM_DE_DOCUMENT = re.compile(r"\.(?:xls[xmb]?|od[st]|docx?)$", re.IGNORECASE)
# a producer's delivery, its tables with their dictionary: kept whole, etl/sources reads the one by the other
_DICTIONNAIRE = re.compile(r"(?:^|[_/])meta(?:_|data)[^/]*\.csv$", re.IGNORECASE)
# of the computer that made the archive: « ~$ » is the lock Office puts beside a workbook that is open
_TECHNIQUES = re.compile(r"^__MACOSX/|(?:^|[/\\])(?:~\$|\._)[^/\\]*$|\.DS_Store$|Thumbs\.db$|desktop\.ini$")
# what reading a damaged member raises; ValueError: it stands before the file begins, its name is no text
_ABIMEE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, OSError, ValueError)


class _ArchiveRefusee(Exception):  # noqa: N818
    """The archive is left whole, unopened; the message says why."""


@dataclass(slots=True)
class Deballage:
    """The files found, in order, and what was left out, as (name, reason)."""

    extraits: list[Extrait] = field(default_factory=list)
    remarques: list[Remarque] = field(default_factory=list)
    # bytes and files met so far: the limits hold for the whole, archives in archives included
    deplies: int = 0
    entrees: int = 0


def deballer(nom: str, contenu: bytes) -> Deballage:
    """Open one dropped file. Never raises: what cannot be opened is kept as it is, or told."""
    resultat = Deballage()
    _ouvrir(Extrait(nom, contenu), resultat, _PROFONDEUR)
    return resultat


def _ouvrir(extrait: Extrait, resultat: Deballage, profondeur: int) -> None:
    if courriels.est_un_courriel(extrait.nom, extrait.contenu):
        try:
            if not profondeur:
                raise courriels.MessageRefuse(_TROP_TRANSFERE)
            contenus, remarques = courriels.pieces_jointes(extrait.contenu, ENTREES_MAXIMUM)
        except courriels.MessageRefuse as refus:
            resultat.remarques.append((extrait.nom, str(refus)))
            return
        vide = "Ce message ne contient aucun fichier joint."
    elif _est_une_archive(extrait):
        try:
            if not profondeur:
                raise _ArchiveRefusee(_IMBRIQUEE)
            contenus, remarques = _fichiers_du_zip(extrait, resultat)
        except _ArchiveRefusee as refus:
            resultat.extraits.append(replace(extrait, refus=str(refus)))
            return
        vide = "Cette archive ne contient aucun fichier."
    elif est_outlook(extrait.contenu):
        resultat.remarques.append((extrait.nom, _OUTLOOK))
        return
    elif courriels.est_enferme(extrait.contenu):
        # its bytes hold the text of the message as well: they are not kept
        resultat.extraits.append(replace(extrait, contenu=b"", refus=_ENFERMEES))
        return
    else:
        resultat.extraits.append(extrait)
        return
    resultat.remarques += remarques
    if not contenus and not remarques:
        resultat.remarques.append((extrait.nom, vide))
    for contenu in contenus:
        _ouvrir(contenu, resultat, profondeur - 1)


def _est_une_archive(extrait: Extrait) -> bool:
    """An archive to open; not a document, even damaged: whoever reads documents says what is wrong."""
    if not extrait.contenu.startswith((b"PK\x03\x04", b"PK\x05\x06")) or _NOM_DE_DOCUMENT.search(extrait.nom):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(extrait.contenu)) as archive:
            noms = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return extrait.nom.casefold().endswith(".zip")  # damaged: of another name, its reader says so
    return not any(signe in noms for signe in _DOCUMENTS) and not any(map(_DICTIONNAIRE.search, noms))


def _fichiers_du_zip(extrait: Extrait, resultat: Deballage) -> tuple[list[Extrait], list[Remarque]]:
    """The files of an archive. Raises _ArchiveRefusee."""
    trouves, remarques = [], []
    try:
        archive = zipfile.ZipFile(io.BytesIO(extrait.contenu))
    except _ABIMEE as erreur:
        raise _ArchiveRefusee(_TRONQUEE) from erreur
    with archive:
        entrees = [entree for entree in archive.infolist() if not entree.is_dir()]
        _juger(entrees, resultat)
        for entree in entrees:
            if _TECHNIQUES.search(entree.filename):
                remarques.append(
                    (entree.filename, "Fichier technique de l’ordinateur qui a fait l’archive : ignoré.")
                )
            elif stat.S_ISLNK(entree.external_attr >> 16):
                remarques.append((entree.filename, "Ce raccourci ne contient pas de fichier : ignoré."))
            else:
                try:
                    contenu = lire_partie(archive, entree)
                except _ABIMEE as erreur:
                    raise _ArchiveRefusee(
                        f"Cette archive est abîmée : « {entree.filename} » ne se lit pas. Renvoyez-la."
                    ) from erreur
                nom = _avec_son_annee(entree.filename)
                trouves.append(Extrait(nom, contenu, extrait.origine or extrait.nom, extrait.recu_le))
    return trouves, remarques


def _avec_son_annee(nom: str) -> str:
    """The name of a file, after that of its folder when only the folder says a year: `2020/caf.csv`.

    Some producers say the year nowhere else, and folders do not outlive the archive.
    """
    *dossiers, fichier = nom.replace("\\", "/").split("/")
    if dossiers and annee_du_dossier(dossiers[-1]) and annee_du_nom(fichier) is None:
        return f"{dossiers[-1]}_{fichier}"
    return nom


def _juger(entrees: list[zipfile.ZipInfo], resultat: Deballage) -> None:
    """Refuse an archive before reading a byte of what it holds."""
    resultat.entrees += len(entrees)
    if resultat.entrees > ENTREES_MAXIMUM:
        raise _ArchiveRefusee(
            f"Cette archive contient plus que les {ENTREES_MAXIMUM} fichiers admis. Renvoyez-la en plusieurs."
        )
    deplie = sum(entree.file_size for entree in entrees)
    compresse = sum(entree.compress_size for entree in entrees)
    resultat.deplies += deplie
    if resultat.deplies > DEPLIE_MAXIMUM or deplie > RAPPORT_MAXIMUM * max(compresse, 1):
        raise _ArchiveRefusee(
            f"Cette archive se déplierait en {deplie // 2**20} Mo, trop pour ce qu’elle pèse ou plus que les "
            f"{DEPLIE_MAXIMUM // 2**20} Mo admis : elle n’est pas ouverte. Renvoyez ses fichiers un par un."
        )
    for entree in entrees:
        parties = entree.filename.replace("\\", "/").split("/")
        if ".." in parties or parties[0] == "" or ":" in parties[0]:
            raise _ArchiveRefusee(
                f"Un nom de cette archive mène hors de son dossier (« {entree.filename} ») : "
                "elle n’est pas ouverte. Renvoyez ses fichiers un par un."
            )
        if entree.flag_bits & 0x1:
            raise _ArchiveRefusee(
                "Cette archive est protégée par un mot de passe. Renvoyez-la sans mot de passe."
            )
