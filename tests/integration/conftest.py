"""What the downloads need: the convention, a source to look for, nothing between us and the local server."""

import os

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from tests.exemples.chercheur import Chercheur


@pytest.fixture(scope="session")
def referentiel():
    return charger(dossier_par_defaut())


@pytest.fixture
def chercher(tmp_path, referentiel):
    return Chercheur(tmp_path, referentiel)


@pytest.fixture
def sans_mandataire(monkeypatch):
    for nom in list(os.environ):
        if nom.lower().endswith("_proxy"):
            monkeypatch.delenv(nom)
