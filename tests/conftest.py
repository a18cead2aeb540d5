"""What holds for every test: skips are said aloud, and fail in the gate; whole warehouses are built once.

Only one absence is tolerated there: the folder of source documents (`../shared`), which is not part of the
project; such a skip says « shared absent ».
"""

import functools
import os

import pytest
from hypothesis import HealthCheck, settings

from tests.exemples.entrepots_fictifs import construire

# The same code has the same verdict: no example is judged by its time, long on a loaded machine, and examples
# are the same at every run. `pytest --hypothesis-profile=exploration` looks for others, on purpose.
settings.register_profile(
    "maison", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("exploration", settings.get_profile("maison"), derandomize=False)
settings.load_profile("maison")

_sauts: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        raison = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        _sauts.append(f"{report.nodeid} : {raison.removeprefix('Skipped: ')}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    interdits = [saut for saut in _sauts if "shared absent" not in saut]
    if os.environ.get("CTG_AUCUN_SAUT") and interdits:
        lignes = "\n  ".join(interdits)
        session.config.get_terminal_writer().line(
            f"\nSautés alors que tout doit tourner :\n  {lignes}", red=True
        )
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def entrepots(tmp_path_factory: pytest.TempPathFactory):
    """`entrepots(scenario) -> Path`: a whole warehouse, built once for all the tests that read it."""
    dossier = tmp_path_factory.mktemp("entrepots")
    return functools.cache(lambda scenario: construire(scenario, dossier))
