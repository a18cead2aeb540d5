"""`demarrer`: a fictional campaign if there is nothing else, a warehouse if inputs changed, the dashboard.

The second start must answer at once: nothing heavy is imported before the fingerprints are compared.
"""

import os
import socket
import subprocess
import sys

from etl import inventaire

_PORTS_ESSAYES = 20


def port_libre(souhaite: int) -> int:
    """The port asked for, else the next free one on this machine. Raises OSError when none is."""
    for port in range(souhaite, souhaite + _PORTS_ESSAYES):
        with socket.socket() as essai:
            essai.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                essai.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"Aucun port libre entre {souhaite} et {souhaite + _PORTS_ESSAYES - 1}.")


def servir(port: int) -> int:
    """Become the dashboard's server, for this machine only; what Streamlit prints in English is muted."""
    commande = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    commande += ["--logger.level", "warning"]
    if os.name == "nt":  # there, replacing the process would give the terminal back at once
        return subprocess.call(commande, cwd=inventaire.RACINE, stdout=subprocess.DEVNULL)
    os.chdir(inventaire.RACINE)
    muet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(muet, sys.stdout.fileno())
    return os.execv(sys.executable, commande)
