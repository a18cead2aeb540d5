"""One build as people follow it: its stages and its outcome in a small file, which a page reads as it goes.

The build is a process of its own: closing the browser, or stopping the dashboard, stops nothing. A lock says
whether it still runs: a killed one leaves a stage without an outcome, and no lock. A second one is held while
its process starts, some seconds on a busy machine: whoever looks then sees a build that runs.
"""

import contextlib
import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from etl.construction.avancement import ETAPES
from etl.inventaire import RACINE

CONSTRUIT, ECHEC = "construit", "echec"
_VERROU, _LANCEMENT = "verrou", "lancement"
_ENTRE_DEUX_NOTES = 0.1  # seconds: reading a form takes less
_COUP_D_OEIL = 0.05  # seconds: another page that looks holds the lock for less, a build for more
_DEMARRAGE = 60  # seconds left to a process to say that it began


@dataclass(frozen=True, slots=True)
class Etat:
    """Where a build stands: `fait` of `total` in its stage, then `issue` (CONSTRUIT or ECHEC), in words.

    `fichiers` counts those read, `formulaires` the reports retained, `rejets` what is to correct.
    """

    debut: str
    etape: str = "preparation"
    fait: int = 0
    total: int = 0
    issue: str | None = None
    message: str | None = None
    fichiers: int = 0
    formulaires: int = 0
    rejets: int = 0
    fictif: bool = False
    en_cours: bool = False

    @property
    def part(self) -> float:
        """Share of the build already done, from 0 to 1."""
        if self.issue:
            return 1.0
        bornes = [part for _, part in ETAPES.values()] + [1.0]
        rang = list(ETAPES).index(self.etape)
        avance = self.fait / self.total if self.total else 0.0
        return bornes[rang] + avance * (bornes[rang + 1] - bornes[rang])

    @property
    def phrase(self) -> str:
        """« Lecture des fichiers : 12 sur 74 »."""
        libelle = ETAPES[self.etape][0]
        return f"{libelle} : {self.fait} sur {self.total}" if self.total else libelle

    @property
    def interrompu(self) -> bool:
        """It began, it no longer runs, and it never said how it ended."""
        return not self.en_cours and self.issue is None


class Chantier:
    """The build of this process: notes its stages, then its outcome."""

    def __init__(self, dossier: Path):
        self._fichier = dossier / "etat.json"
        self._etat = {"debut": dt.datetime.now().isoformat(timespec="microseconds")}
        self._derniere = 0.0
        self._ecrire()

    def avancer(self, etape: str, fait: int = 0, total: int = 0) -> None:
        """Say the stage (a key of ETAPES) and how far it is; what comes too soon after is not written."""
        nouvelle = etape != self._etat.get("etape")
        self._etat |= {"etape": etape, "fait": fait, "total": total}
        if nouvelle or fait == total or time.monotonic() - self._derniere > _ENTRE_DEUX_NOTES:
            self._ecrire()

    def finir(self, issue: str, **dits: str | int | bool) -> None:
        """Say how it ended: CONSTRUIT or ECHEC, with the other fields of `Etat`."""
        self._etat |= {"issue": issue, **dits}
        self._ecrire()

    def _ecrire(self) -> None:
        provisoire = self._fichier.with_suffix(".nouveau")
        provisoire.write_text(json.dumps(self._etat, ensure_ascii=False), encoding="utf-8")
        provisoire.replace(self._fichier)
        self._derniere = time.monotonic()


@contextlib.contextmanager
def ouvrir(entrepot: Path) -> Iterator[Chantier]:
    """Be the build of that warehouse, alone: a second one waits here. Raises OSError."""
    dossier = _dossier(entrepot)
    dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
    with FileLock(dossier / _VERROU):
        yield Chantier(dossier)


def etat(entrepot: Path) -> Etat | None:
    """The last build of that warehouse, running or ended; None when there was none."""
    if _tenu(_dossier(entrepot) / _LANCEMENT):
        return Etat(dt.datetime.now().isoformat(timespec="microseconds"), en_cours=True)
    verrouille = _en_cours(entrepot)  # looked at first: the outcome is written before the lock is left
    lu = _note(entrepot)
    if "debut" not in lu or lu.get("etape", "preparation") not in ETAPES:
        return None  # none, or written by another version
    connus = {nom: lu[nom] for nom in Etat.__slots__ if nom in lu}
    return Etat(**connus, en_cours=verrouille and "issue" not in lu)


def lancer(entrepot: Path) -> bool:
    """Start a build in a process of its own and return once it said so; False when one runs already.

    It reads what `CTG_RAW`, `CTG_REFERENTIEL` and `CTG_ENTREPOT` say, like this process. Raises OSError, also
    when the process ended, or let `_DEMARRAGE` seconds pass, before it began.
    """
    dossier = _dossier(entrepot)
    dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
    with FileLock(dossier / _LANCEMENT):
        if _en_cours(entrepot):
            return False
        _lancer(entrepot, dossier)
    return True


def _lancer(entrepot: Path, dossier: Path) -> None:
    """Start the process and wait for its first words. Raises OSError."""
    derniere = _note(entrepot).get("debut")
    with (dossier / "journal.txt").open("w", encoding="utf-8") as journal:
        processus = subprocess.Popen(
            [sys.executable, "-m", "etl", "--entrepot", str(entrepot)],
            cwd=RACINE,
            stdin=subprocess.DEVNULL,
            stdout=journal,
            stderr=journal,
            start_new_session=True,  # it outlives the dashboard
        )
    limite = time.monotonic() + _DEMARRAGE
    # neither its lock nor its life says that it began: until it writes, what is read is the former outcome
    vivante = True
    while _note(entrepot).get("debut") == derniere:
        if not vivante or time.monotonic() > limite:
            raise OSError(
                "La reconstruction s’est arrêtée, ou tarde à commencer : la relancer. Si cela recommence, "
                f"« {dossier / 'journal.txt'} » dit pourquoi."
            )
        vivante = processus.poll() is None  # it may have said all it had to before it ended: read once more
        time.sleep(0.02)


def _note(entrepot: Path) -> dict[str, Any]:
    """What the last build noted of itself; nothing when there was none, or when it cannot be read."""
    try:
        lu = json.loads((_dossier(entrepot) / "etat.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return lu if isinstance(lu, dict) else {}


def _dossier(entrepot: Path) -> Path:
    return entrepot.with_name(f".{entrepot.name}.chantier")


def _en_cours(entrepot: Path) -> bool:
    return _tenu(_dossier(entrepot) / _VERROU)


def _tenu(verrou: Path) -> bool:
    if not verrou.is_file():
        return False
    try:
        with FileLock(verrou, timeout=_COUP_D_OEIL, poll_interval=_COUP_D_OEIL / 5):
            return False
    except Timeout:
        return True
