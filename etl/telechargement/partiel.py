"""The file being received: hidden beside its place, with what proves that its rest is of the same version."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

DOSSIER = ".partiel"  # hidden: what is received there is never read as if it were complete


class Version(NamedTuple):
    """What was begun: the server's proof of its version, where it was served from, its size if announced.

    The place counts: an ETag says nothing of the file of another server.
    """

    validateur: str
    lieu: str
    total: int | None


@dataclass(frozen=True)
class Partiel:
    """`chemin` bears the final name of the file, which may say its year."""

    chemin: Path

    @property
    def _temoin(self) -> Path:
        return self.chemin.with_name(f"{self.chemin.name}.version")

    @property
    def enveloppe(self) -> Path:
        """Where the file waits as it was compressed on the way."""
        return self.chemin.with_name(f"{self.chemin.name}.enveloppe")

    @property
    def version(self) -> Version | None:
        """What is known of the file begun; None without a proof, or when it cannot be read."""
        try:
            return Version(**json.loads(self._temoin.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def reprise(self) -> int:
        """Bytes already there that can be continued; without a proof of the version, none."""
        return self.chemin.stat().st_size if self.version and self.chemin.is_file() else 0

    def ouvrir(self, depart: int, version: Version | None) -> BinaryIO:
        """Open for writing after `depart` bytes; from zero, the former attempt goes."""
        self.chemin.parent.mkdir(parents=True, exist_ok=True)
        if depart:
            return self.chemin.open("ab")
        self.effacer()
        if version:
            self._temoin.write_text(json.dumps(version._asdict()), encoding="utf-8")
        return self.chemin.open("wb")

    def effacer(self) -> None:
        """Forget what was received."""
        for chemin in (self.chemin, self._temoin, self.enveloppe):
            chemin.unlink(missing_ok=True)
