"""A local web server that does what real ones do: truncate, redirect, fail, refuse, lie, hang, change."""

import contextlib
import gzip
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Demandeur(BaseHTTPRequestHandler):
    """Hands each request to the scripted answer; `numero` counts the requests from 1."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):  # imposed by http.server
        self.server.demandes.append((self.path, dict(self.headers)))
        self.numero = len(self.server.demandes)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.server.repondre(self)

    def log_message(self, *_):
        pass

    def envoyer(self, code: int, corps: bytes = b"", longueur: int | None = None, **entetes: str) -> None:
        """Answer; a `longueur` that is not that of the body is a lie, and the connection then closes."""
        self.send_response(code)
        for nom, valeur in entetes.items():
            self.send_header(nom.replace("_", "-"), valeur)
        self.send_header("Content-Length", str(len(corps) if longueur is None else longueur))
        self.end_headers()
        self.wfile.write(corps)
        self.wfile.flush()
        self.close_connection = longueur is not None

    def envoyer_plage(self, corps: bytes, etag: str) -> None:
        """Answer as a server that knows how to continue a file."""
        plage = self.headers.get("Range")
        if self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.end_headers()
        elif plage and self.headers.get("If-Range") == etag:
            debut = int(plage.removeprefix("bytes=").rstrip("-"))
            contenu = f"bytes {debut}-{len(corps) - 1}/{len(corps)}"
            self.envoyer(206, corps[debut:], ETag=etag, Content_Range=contenu)
        else:
            self.envoyer(200, corps, ETag=etag)

    def envoyer_date(self, corps: bytes, longueur: int, jour: str) -> None:
        """Answer at the very moment the file changed."""
        self.send_response_only(200)
        for nom, valeur in {"Date": jour, "Last-Modified": jour, "Content-Length": longueur}.items():
            self.send_header(nom, str(valeur))
        self.end_headers()
        self.wfile.write(corps)
        self.close_connection = True

    def envoyer_compresse(
        self,
        corps: bytes,
        *,
        garde: float = 1,
        longueur: int | None = None,
        codage: str = "gzip",
        suite: bytes = b"",
        **entetes: str,
    ) -> None:
        """Answer a body compressed on the way, of which only a part goes out though all is announced."""
        boite = gzip.compress(corps, mtime=0)
        annonce = len(boite) + len(suite) if longueur is None else longueur
        sorti = boite[: int(len(boite) * garde)] + suite
        self.envoyer(200, sorti, longueur=annonce, Content_Encoding=codage, **entetes)

    def envoyer_par_plages(
        self, corps: bytes, plafond: int, total: str | None = None, **entetes: str
    ) -> None:
        """Answer ranges of at most `plafond` bytes, and less than it announces to who asks for the whole."""
        plage = re.match(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if not plage:
            self.envoyer(200, corps[:plafond], longueur=len(corps), **entetes)
            return
        debut = int(plage[1])
        fin = min(debut + plafond, len(corps)) - 1
        contenu = f"bytes {debut}-{fin}/{total or len(corps)}"
        self.envoyer(206, corps[debut : fin + 1], Content_Range=contenu, **entetes)

    def envoyer_sans_longueur(self, corps: bytes, code: int = 200, **entetes: str) -> None:
        """Answer a body that only the end of the connection ends: nobody can tell when it is cut."""
        self._entamer(code, **entetes)
        self.wfile.write(corps)

    def envoyer_en_morceaux(self, corps: bytes, *, finir: bool = True, **entetes: str) -> None:
        """Answer in chunks, with or without the last one, which says that nothing is missing."""
        self._entamer(200, Transfer_Encoding="chunked", **entetes)
        for debut in range(0, len(corps), 50):
            morceau = corps[debut : debut + 50]
            self.wfile.write(f"{len(morceau):x}\r\n".encode() + morceau + b"\r\n")
        if finir:
            self.wfile.write(b"0\r\n\r\n")

    def _entamer(self, code: int, **entetes: str) -> None:
        self.send_response(code)
        for nom, valeur in entetes.items():
            self.send_header(nom.replace("_", "-"), valeur)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True


class Serveur(ThreadingHTTPServer):
    """Its `demandes` are the (path, headers) received, in order."""

    daemon_threads = True
    demandes: list[tuple[str, dict[str, str]]]
    repondre: Callable[[Demandeur], None]

    @property
    def adresse(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_):
        pass


@contextlib.contextmanager
def serveur(repondre: Callable[[Demandeur], None]) -> Iterator[Serveur]:
    """Serve one scripted answer until the block ends."""
    ecoute = Serveur(("127.0.0.1", 0), Demandeur)
    ecoute.demandes, ecoute.repondre = [], repondre
    fil = threading.Thread(target=ecoute.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    fil.start()
    try:
        yield ecoute
    finally:
        ecoute.shutdown()
        ecoute.server_close()


def se_taire(demandeur: Demandeur, corps: bytes) -> None:
    """Send half of a file, then say nothing more until the other goes away."""
    demandeur.send_response(200)
    demandeur.send_header("Content-Length", str(len(corps)))
    demandeur.end_headers()
    demandeur.wfile.write(corps[: len(corps) // 2])
    demandeur.wfile.flush()
    demandeur.rfile.read(1)
    demandeur.close_connection = True
