"""A file as it comes out of what was dropped."""

import datetime as dt
from dataclasses import dataclass

Remarque = tuple[str, str]  # (name, reason it was left out)


@dataclass(frozen=True, slots=True)
class Extrait:
    """Its name as given, its bytes, the archive or message it was in, the date of that message.

    `refus`: why it could not be opened, as its sender is told; None for a file to read.
    """

    nom: str
    contenu: bytes
    origine: str | None = None
    recu_le: dt.datetime | None = None
    refus: str | None = None
