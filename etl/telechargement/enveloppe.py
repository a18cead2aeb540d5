"""What a server compressed on the way although we asked not: opened once whole, checked to its very end."""

import gzip
import zlib

from etl.telechargement.echecs import Echec, Passager
from etl.telechargement.partiel import Partiel

_BLOC = 1024**2
_GZIP = ("gzip", "x-gzip")
_AUTRES = frozenset({"br", "compress", "deflate", "x-compress", "zstd"})


def est_compresse(codages: str) -> bool:
    """Say whether a `Content-Encoding` is a compression (« utf-8 » is seen). Raises Echec if not ours."""
    vus = [c for c in codages.lower().replace(" ", "").split(",") if c in _AUTRES.union(_GZIP)]
    if len(vus) > 1 or _AUTRES.intersection(vus):
        raise Echec(
            f"Le serveur compresse le fichier d’une façon qui ne lui est pas demandée ({', '.join(vus)}) et "
            "que ce programme ne sait pas ouvrir. Prenez-le depuis sa page avec un navigateur."
        )
    return bool(vus)


def degonfler(partiel: Partiel, taille_maximale: int) -> None:
    """Put the content in the place of its envelope.

    The gzip module checks the checksum, the size and the end of the stream, which decoding on the way does
    not: a stream cut short would pass. Raises Passager (cut or damaged), Echec (out of proportion).
    """
    partiel.chemin.replace(partiel.enveloppe)
    ecrit = 0
    try:
        with gzip.open(partiel.enveloppe, "rb") as flux, partiel.chemin.open("wb") as sortie:
            while bloc := flux.read(_BLOC):
                ecrit += len(bloc)
                if ecrit > taille_maximale:
                    raise Echec("Le fichier est trop gros une fois décompressé.")
                sortie.write(bloc)
    except (EOFError, gzip.BadGzipFile, zlib.error) as erreur:
        partiel.effacer()
        raise Passager(
            "Le fichier est arrivé tronqué ou abîmé : la compression annoncée par le serveur n’a pas sa fin."
        ) from erreur
    partiel.enveloppe.unlink()
