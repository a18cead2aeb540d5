"""The one door: a file on disk becomes a workbook, or a refusal with its sentence."""

from pathlib import Path

from etl.classeurs import ods, texte, xls, xlsx
from etl.classeurs.modele import (
    OCTETS_MAXIMUM,
    Classeur,
    verifier_fusions,
    verifier_nombre_de_feuilles,
    verifier_textes,
)
from etl.classeurs.nature import PAGE, reconnaitre
from etl.classeurs.refus import ClasseurRefuse, type_trompeur

_LECTEURS = {"xlsx": xlsx.lire, "xls": xls.lire, "ods": ods.lire, "csv": texte.lire}
# What a name promises; any other extension promises nothing.
_PROMESSES = {".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".ods": "ods", ".csv": "csv"}


def ouvrir(chemin: Path) -> Classeur:
    """Read a workbook of any of the four formats, recognised by its content.

    Raises ClasseurRefuse, whose `anomalie` says in a sentence what it is and what to do; OSError when the
    file is not there.
    """
    taille = chemin.stat().st_size
    if taille > OCTETS_MAXIMUM:
        raise ClasseurRefuse("fichier_trop_lourd", taille=taille // 2**20, maximum=OCTETS_MAXIMUM // 2**20)
    return lire_octets(chemin.read_bytes(), chemin.suffix.casefold())


def lire_octets(octets: bytes, extension: str) -> Classeur:
    """Read the bytes of a workbook; `extension` (« .xlsx ») is only used to tell a misleading name."""
    if not octets:
        raise ClasseurRefuse("fichier_vide")
    format_lu, nature = reconnaitre(octets)
    promis = _PROMESSES.get(extension)
    if promis and format_lu != promis and not _est_chiffre(octets, format_lu):
        # software often exports a web page under the name « .xls », which Excel opens
        raise type_trompeur(extension, nature, format_lu is not None or nature == PAGE)
    if format_lu is None:
        raise ClasseurRefuse("pas_un_classeur", nature=nature)
    feuilles = _LECTEURS[format_lu](octets)
    verifier_nombre_de_feuilles(len(feuilles))
    for feuille in feuilles:
        verifier_fusions(feuille.fusions)
    verifier_textes(feuilles)
    return Classeur(format_lu, feuilles)


def _est_chiffre(octets: bytes, format_lu: str | None) -> bool:
    # An encrypted .xlsx is wrapped in the envelope of an old .xls: its name does not lie.
    return format_lu == "xls" and xls.est_chiffre(octets)
