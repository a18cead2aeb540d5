"""Rules that hold for every test: a skip is said aloud, and in the gate it is a failure.

Only one absence is tolerated there: the folder of source documents (`../shared`), which is not part of the
project; such a skip says « shared absent ».
"""

import os

import pytest

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
        session.config.get_terminal_writer().line(f"\nSautés alors que tout doit tourner :\n  {lignes}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
