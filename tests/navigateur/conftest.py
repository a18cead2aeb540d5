"""What the browser tests share: one server by scenario for the session, one browser by module.

The browser does not outlive its module: Playwright keeps an event loop running in the thread of the tests,
where those that follow must find none.
"""

import functools
import shutil
from contextlib import ExitStack

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.exemples.tableau_servi import DELAI, PROJECTEUR, Onglet, servir

OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",  # a container leaves little shared memory to four browsers
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def tableaux(entrepots, tmp_path_factory):
    """`tableaux(scenario)`: a server started once."""
    journaux = tmp_path_factory.mktemp("journaux")
    with ExitStack() as pile:
        yield functools.cache(
            lambda scenario: pile.enter_context(servir(entrepots(scenario), journaux / f"{scenario}.txt"))
        )


@pytest.fixture(scope="module")
def chromium():
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip("chromium absent")
    expect.set_options(timeout=DELAI)
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(executable_path=executable, args=OPTIONS)
        yield navigateur
        navigateur.close()


@pytest.fixture(scope="module")
def contexte(chromium):
    """A machine set to English, as a projector's often is: French must not depend on it."""
    contexte = chromium.new_context(locale="en-US", viewport=PROJECTEUR)
    yield contexte
    contexte.close()


@pytest.fixture(scope="module")
def page(contexte):
    """One tab for the module: a new one would read the scripts of Streamlit again, three times as slow."""
    page = contexte.new_page()
    yield page
    page.close()


@pytest.fixture
def onglet(page, tableaux):
    """The tab, for the established regime."""
    return Onglet(page, tableaux("regime-etabli"))
