"""Is this file a form of ours? By a bounded look at its content, whatever its name and its format."""

import html
import zipfile
import zlib
from pathlib import Path

from etl.anomalie import Anomalie
from etl.canevas.grammaire import FEUILLE_MANIFESTE, LIBELLE_ANNEE, LIBELLE_REPONSE, MARQUE
from etl.classeurs import ClasseurRefuse, ouvrir
from etl.classeurs.modele import OCTETS_MAXIMUM
from etl.classeurs.nature import SIGNATURE_OLE, SIGNATURE_ZIP
from etl.classeurs.paquet import PARTIES_MAXIMUM
from etl.classeurs.texte import decoder

_OCTETS_RECONNUS = 4 * 2**20  # enough to meet the marker of a form, little enough for any archive
_PARTIES = ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet", "content.xml")
_CLASSEURS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})


def reconnaitre(chemin: Path) -> bool:
    """True when the file looks like a form of ours: its manifest, a marker cell, or its printed words.

    Reads a bounded number of bytes; never raises. A form that `lire` then refuses is recognised.
    """
    try:
        with chemin.open("rb") as flux:
            debut = flux.read(_OCTETS_RECONNUS)
    except OSError:
        return False
    if debut.startswith(SIGNATURE_ZIP):
        return _dans_un_paquet(chemin)
    if debut.startswith(SIGNATURE_OLE):
        # Texts stand there in one byte by letter when it can hold them, else in two.
        return any(_porte_un_formulaire(debut.decode(page, "ignore")) for page in ("latin-1", "utf-16-le"))
    return b"\0" not in debut[:4] and _porte_un_formulaire(decoder(debut))


def _dans_un_paquet(chemin: Path) -> bool:
    textes: list[str] = []
    reste = 2 * _OCTETS_RECONNUS
    try:
        with zipfile.ZipFile(chemin) as archive:
            for nom in archive.namelist()[:PARTIES_MAXIMUM]:
                if nom.startswith(_PARTIES) and reste > 0:
                    with archive.open(nom) as partie:
                        octets = partie.read(min(reste, _OCTETS_RECONNUS))
                    reste -= len(octets)
                    textes.append(octets.decode("utf-8", "ignore"))
                    if f'name="{FEUILLE_MANIFESTE}"' in textes[-1] or MARQUE.search(textes[-1]):
                        return True
    except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError):
        return False
    return _porte_un_formulaire("".join(textes))


def _porte_un_formulaire(texte: str) -> bool:
    if MARQUE.search(texte):
        return True
    if LIBELLE_ANNEE.split()[-1] not in texte:
        return False
    clair = html.unescape(texte)  # some programs write « Ann&#233;e »
    return LIBELLE_ANNEE in clair and LIBELLE_REPONSE in clair


def deconseiller(chemin: Path) -> Anomalie | None:
    """What to do with a workbook that cannot be opened (protected, damaged, hostile, misnamed), else None.

    Raises OSError.
    """
    with chemin.open("rb") as flux:
        debut = flux.read(len(SIGNATURE_OLE))
    suffixe = chemin.suffix.casefold()
    classeur = debut.startswith((SIGNATURE_ZIP, SIGNATURE_OLE)) or suffixe in _CLASSEURS
    if debut.startswith(SIGNATURE_ZIP) and suffixe == ".zip":  # damaged, it is no workbook to save again
        return None
    # Open data may weigh more than any workbook of a sender: their own reader judges them.
    if not classeur or chemin.stat().st_size > OCTETS_MAXIMUM:
        return None
    try:
        ouvrir(chemin)
    except ClasseurRefuse as refus:
        # A zip of open data, a Word form: others read them.
        return None if refus.regle == "pas_un_classeur" else refus.anomalie
    return None
