"""The name of a file that comes from outside, made one that any disk takes and no folder hides."""

import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePosixPath

from etl.inventaire import RECEPTIONS

_LONGUEUR = 120  # characters
_OCTETS = 180  # some disks hold 255, an accent counts two and an emoji four
_REFUSES = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
# hidden files, office locks; and what a spreadsheet that opens our registers would read as a formula
_DEBUTS = ". ~$=+-@"
_RESERVES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
# names that mean something to us: a sender may not write our register, nor be taken for documentation
_A_NOUS = frozenset({RECEPTIONS, "lot.json", "raison.json"})
_MUETTES = frozenset({".md", ".yml", ".yaml"})


def assainir(nom: str, pris: Collection[str] = ()) -> str:
    """A safe name for `nom`, different from those of `pris` whatever their case; never empty.

    No folder, no control or direction character, no reserved name, nothing hidden, nothing that begins like a
    formula, at most 120 characters, the extension kept.
    """
    dernier = unicodedata.normalize("NFC", nom).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    propre = " ".join(_REFUSES.sub("_", dernier).split()).lstrip(_DEBUTS).rstrip(". ")
    if not propre or _RESERVES.match(propre) or propre.casefold() in _A_NOUS:
        propre = f"fichier_{propre}"
    chemin = PurePosixPath(propre)
    suffixe = chemin.suffix if len(chemin.suffix.encode()) <= 10 else ""
    if suffixe.casefold() in _MUETTES:
        propre, suffixe = f"{propre}.txt", ".txt"
    souche = _couper(
        propre.removesuffix(suffixe)[: _LONGUEUR - len(suffixe)], _OCTETS - len(suffixe.encode())
    )
    deja = {autre.casefold() for autre in pris}
    libre, rang = f"{souche}{suffixe}", 2
    while libre.casefold() in deja:
        libre, rang = f"{souche} ({rang}){suffixe}", rang + 1
    return libre


def _couper(texte: str, octets: int) -> str:
    """The beginning of a text that holds in so many bytes, no character cut in two."""
    return texte.encode()[:octets].decode(errors="ignore").rstrip(". ")
