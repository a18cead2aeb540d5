"""The file being received: hidden beside its place, with what proves that its rest is of the same version."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

DOSSIER = ".partiel"  # hidden: what is received there is never read as if it were complete


@dataclass(frozen=True)
class Partiel:
    """`chemin` bears the final name of the file, which may say its year."""

    chemin: Path

    @property
    def _temoin(self) -> Path:
        return self.chemin.with_name(f"{self.chemin.name}.version")

    @property
    def validateur(self) -> str | None:
        """What the server said of the version begun."""
        return self._temoin.read_text(encoding="utf-8") if self._temoin.is_file() else None

    def reprise(self) -> int:
        """Bytes already there that can be continued; without a proof of the version, none."""
        return self.chemin.stat().st_size if self.validateur and self.chemin.is_file() else 0

    def ouvrir(self, depart: int, validateur: str | None) -> BinaryIO:
        """Open for writing after `depart` bytes; from zero, the former attempt goes."""
        self.chemin.parent.mkdir(parents=True, exist_ok=True)
        if depart:
            return self.chemin.open("ab")
        self.effacer()
        if validateur:
            self._temoin.write_text(validateur, encoding="utf-8")
        return self.chemin.open("wb")

    def effacer(self) -> None:
        """Forget what was received."""
        self.chemin.unlink(missing_ok=True)
        self._temoin.unlink(missing_ok=True)
