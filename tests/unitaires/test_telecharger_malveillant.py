"""A server that lies in wait: bytes that fall one by one, an address that leads into our own network."""

import contextlib
import socket
import threading

import pytest

from etl.telechargement import reseau
from etl.telechargement.partiel import Partiel
from etl.telechargement.reseau import Echec, Reglages, rapatrier

# only the whole may last too long: a byte late on a loaded machine is not what is tried here
PRESSE = Reglages(connexion=0.2, lecture=60, duree=0.3, essais=2, attente=0)


@contextlib.contextmanager
def goutte_a_goutte(debut: bytes):
    """A server that answers `debut`, then one byte from time to time, for ever; gives its address."""
    arret = threading.Event()

    def tomber(client):
        with contextlib.suppress(OSError), client:
            client.recv(65536)
            client.sendall(debut)
            while not arret.wait(0.05):
                client.sendall(b"x")

    def ecouter(porte):
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=tomber, args=porte.accept()[:1], daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as porte:
        threading.Thread(target=ecouter, args=(porte,), daemon=True).start()
        yield f"http://127.0.0.1:{porte.getsockname()[1]}/f.csv"
        arret.set()


@pytest.mark.parametrize(
    "debut",
    [b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Long: "],
    ids=["contenu", "en-têtes"],
)
def test_un_serveur_qui_distille_est_abandonne(tmp_path, debut):
    with goutte_a_goutte(debut) as adresse, pytest.raises(Echec, match="trop longtemps"):
        rapatrier(adresse, Partiel(tmp_path / "f.csv"), None, PRESSE, lambda recu, total: None)


class Renvoi:
    """What a session answers when the producer sends elsewhere; nothing goes out."""

    status_code = 302

    def __init__(self, vers):
        self.headers = {"Location": vers}

    def get(self, adresse, **options):
        return self

    def close(self):
        pass


@pytest.mark.parametrize(
    "vers",
    ["http://127.0.0.1/", "http://169.254.169.254/latest", "http://10.0.0.3/x", "http://[::1]/", "http://0/"],
)
def test_un_producteur_ne_fait_pas_visiter_notre_reseau(vers):
    with pytest.raises(Echec, match="réseau interne"):
        reseau._suivre(Renvoi(vers), "http://192.0.1.1/f.csv", {}, PRESSE)


def test_une_adresse_declaree_chez_nous_peut_y_renvoyer():
    with pytest.raises(Echec, match="d’adresse en adresse"):
        reseau._suivre(Renvoi("http://127.0.0.2/g.csv"), "http://127.0.0.1/f.csv", {}, PRESSE)
