"""What the downloads need: nothing between us and the local server."""

import os

import pytest


@pytest.fixture
def sans_mandataire(monkeypatch):
    for nom in list(os.environ):
        if nom.lower().endswith("_proxy"):
            monkeypatch.delenv(nom)
