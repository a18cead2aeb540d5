"""A real dashboard on a free port, and one tab of a browser that looks at it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page

RACINE = Path(__file__).parents[2]
# a loaded machine is slow: what is awaited comes or does not, and no test is judged by its time
DELAI_DEMARRAGE, DELAI_ARRET = 120, 30  # seconds
DELAI = 90_000  # milliseconds, for whatever a page has to show
DEMARRAGES = 3
# the smallest screen of a meeting room
PROJECTEUR = {"width": 1280, "height": 720}
# the script has run, its last words are on screen, no chart is still a grey box; for a tenth of a second, as
# a new page is told in several messages: the address changes in one, the script is said to run in the next
PRET = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  const pret = app?.dataset.testScriptState === "notRunning"
    && app.dataset.testConnectionState === "CONNECTED"
    && document.querySelector('h1, [data-testid="stException"]') !== null
    && document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]') === null
    && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
      .every(graphique => graphique.querySelector(".main-svg"));
  if (pret) window.pretDepuis ??= performance.now();
  const pose = pret && performance.now() - window.pretDepuis >= 100;
  if (!pret || pose) window.pretDepuis = undefined;
  return pose;
}"""
A_L_ADRESSE = "voulu => decodeURIComponent(location.href).includes(voulu)"

MOINS_DE_VOLETS_FERMES = "avant => document.querySelectorAll('details:not([open])').length < avant"


@dataclass(frozen=True)
class Tableau:
    """A server that runs: its address, its warehouse, and what it writes when a page fails."""

    url: str
    entrepot: Path
    journal: Path


@contextmanager
def servir(entrepot: Path, journal: Path, **variables: str) -> Iterator[Tableau]:
    """Run the dashboard as the city would, on a machine that speaks no French; `variables`: CTG_RAW…"""
    environnement = {
        **os.environ,
        "CTG_ENTREPOT": str(entrepot),
        "CTG_DEPOTS": str(journal.with_suffix(".depots")),  # what waits on this machine is nobody's business
        **variables,
        "LC_ALL": "C",
        "PYTHONUTF8": "1",
    }
    for essai in range(1, DEMARRAGES + 1):
        port = _port_libre()
        commande = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
        with journal.open("w", encoding="utf-8") as flux:
            processus = subprocess.Popen(commande, cwd=RACINE, env=environnement, stdout=flux, stderr=flux)
            try:
                tableau = Tableau(f"http://127.0.0.1:{port}", entrepot, journal)
                if _repond(tableau, processus):
                    yield tableau
                    return
            finally:
                _arreter(processus)
        # another process may take the port between the moment it is found free and the one it is opened
        if essai == DEMARRAGES:
            raise RuntimeError(f"Le serveur n’a pas démarré : {journal.read_text(encoding='utf-8')}")


def _port_libre() -> int:
    with socket.socket() as essai:
        essai.bind(("127.0.0.1", 0))
        return essai.getsockname()[1]


def _repond(tableau: Tableau, processus: subprocess.Popen) -> bool:
    """Wait until the server answers; False when it stopped, or never did."""
    limite = time.monotonic() + DELAI_DEMARRAGE
    while time.monotonic() < limite and processus.poll() is None:
        try:
            with urllib.request.urlopen(f"{tableau.url}/_stcore/health", timeout=10):
                return processus.poll() is None  # not somebody else, at the port we wanted
        except OSError:  # refused, cut, or too slow: it is starting
            time.sleep(0.05)
    return False


def _arreter(processus: subprocess.Popen) -> None:
    processus.terminate()
    try:
        processus.wait(DELAI_ARRET)
    except subprocess.TimeoutExpired:
        processus.kill()
        processus.wait()


class Onglet:
    """One tab: what a person does in it, each gesture followed by the wait for its effect."""

    def __init__(self, page: Page, tableau: Tableau):
        self.page = page
        self.page.set_default_timeout(DELAI)
        self.tableau = tableau

    def ouvrir(self, adresse: str = "") -> None:
        """Type an address, such as `fiche?fiche=PE-1`."""
        self.page.goto(f"{self.tableau.url}/{adresse}")
        self.attendre()

    def attendre(self, adresse: str | None = None) -> None:
        """Wait until the page is drawn whole; until its address holds `adresse` first, when it is given."""
        if adresse is not None:
            self.page.wait_for_function(A_L_ADRESSE, arg=adresse)
        self.page.wait_for_function(PRET)

    def suivre(self, lien: Locator, adresse: str) -> None:
        """Click a link and wait for the page at `adresse`."""
        lien.click()
        self.attendre(adresse)

    def menu(self, titre: str) -> Locator:
        """The entry of the menu of that title."""
        return self.page.get_by_role("navigation", name="Pages").get_by_role("link", name=titre)

    def filtre(self, nom: str) -> Locator:
        """The drop-down list of that label."""
        return self.page.get_by_role("combobox", name=nom)

    def choisir(self, filtre: str, option: str, adresse: str) -> None:
        """Pick an option in a filter and wait for the address that says so."""
        self.filtre(filtre).click()
        self.page.get_by_role("option", name=option, exact=True).click()
        self.attendre(adresse)

    def deplier(self, nombre: int | None = None) -> None:
        """Unfold the first `nombre` folded parts of the page; all of them without a number."""
        fermes = self.page.locator("details:not([open]) > summary")
        for _ in range(fermes.count() if nombre is None else min(nombre, fermes.count())):
            restants = fermes.count()
            fermes.first.click()
            self.page.wait_for_function(MOINS_DE_VOLETS_FERMES, arg=restants)
        self.attendre()

    def texte(self) -> str:
        """What the page says, menu left out, with plain spaces."""
        return espaces_simples(self.page.get_by_test_id("stMain").inner_text())


def espaces_simples(texte: str) -> str:
    """The same text, its narrow and unbreakable spaces made plain."""
    return texte.replace("\u202f", " ").replace("\u00a0", " ")
