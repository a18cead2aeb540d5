"""One module per moment of the officer's work; `etl/__main__.py` names the commands and their order.

Imports are made inside the commands: `demarrer` must answer at once when nothing changed.
"""
