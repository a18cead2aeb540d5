# python >= 3.11 and make are enough: everything else comes from uv.lock, into .venv/
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demarrer test installer sauvegarder restaurer

installer: .venv/.installe

.venv/.installe: uv.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 ou plus récent est nécessaire.")'
	@test -x $(BIN)/uv || { $(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.8; }
	@$(BIN)/uv sync --frozen --inexact --quiet --system-certs
	@touch $@

demarrer: installer
	@$(BIN)/python -m etl demarrer

test: installer
	@$(BIN)/python -m pytest -n auto --dist loadfile

sauvegarder: installer
	@$(BIN)/python -m etl sauvegarder

restaurer: installer
	@test -n "$(DE)" || { echo "Dites quelle sauvegarde : make restaurer DE=sorties/sauvegarde_….zip" >&2; exit 2; }
	@$(BIN)/python -m etl restaurer "$(DE)"
