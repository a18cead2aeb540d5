"""A bare Streamlit session: what a browser asks of the server, without the time the browser takes.

It speaks the websocket protocol of the installed Streamlit; one session, one page, one rerun at a time.
"""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

RACINE = Path(__file__).parents[1]


@contextlib.contextmanager
def serveur(entrepot: Path) -> Iterator[int]:
    """Start the dashboard on a free port, on this warehouse; yields the port."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port = prise.getsockname()[1]
    processus = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)],
        cwd=RACINE,
        env={**os.environ, "CTG_ENTREPOT": str(entrepot)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            with (
                contextlib.suppress(OSError),
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health"),
            ):
                break
            time.sleep(0.05)
        yield port
    finally:
        processus.terminate()
        processus.wait()


class Session:
    """One user's session on one page."""

    def __init__(self, port: int, page: str, filtres: str = "") -> None:
        self._ws = connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"], max_size=None)
        self._page, self._filtres = page, filtres
        self._hachage = ""
        self.graphiques = 0

    def executer(self) -> float:
        """Ask for one run of the page; seconds between the request and the server's « finished ».

        Raises RuntimeError when the page shows an exception.
        """
        demande = BackMsg()
        demande.rerun_script.query_string = self._filtres
        demande.rerun_script.page_name = self._page
        demande.rerun_script.page_script_hash = self._hachage
        debut = time.perf_counter()
        self._ws.send(demande.SerializeToString())
        self.graphiques = 0
        while True:
            recu = ForwardMsg()
            self._accuser_reception()
            recu.ParseFromString(self._ws.recv())
            genre = recu.WhichOneof("type")
            if genre == "navigation":
                self._hachage = recu.navigation.page_script_hash
            elif genre == "delta" and recu.delta.WhichOneof("type") == "new_element":
                element = recu.delta.new_element.WhichOneof("type")
                self.graphiques += element == "plotly_chart"
                if element == "exception":
                    raise RuntimeError(recu.delta.new_element.exception.message)
            elif genre == "script_finished":
                return time.perf_counter() - debut

    def _accuser_reception(self) -> None:
        """Answer each packet at once: Streamlit's socket waits for the delayed ones, up to 40 ms a run, and
        that wait belongs to the network, not to the page. Linux alone has the option."""
        if hasattr(socket, "TCP_QUICKACK"):
            self._ws.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
