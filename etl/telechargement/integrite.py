"""Does a file have its end? What HTTP did not prove is looked for in the file, and in the former one."""

import collections
import csv
import re
import zipfile
from pathlib import Path
from typing import NamedTuple

from ctg.formats import nombre
from etl.telechargement.echecs import Echec

# without a size announced, a file this much smaller than the one it would replace was more likely cut than
# published so: from one vintage to the next, the producers' files keep their lines
TAILLE_MINIMALE = 0.9
_REMEDE = (
    "Prenez-le depuis sa page avec un navigateur, ou, si c’est bien ce que publie le producteur, retirez "
    "d’abord l’ancien fichier."
)
_COUPE = f"Il est sans doute coupé. {_REMEDE}"
_TETE, _BLANCS = 64, b"\xef\xbb\xbf \t\r\n"
_BOUT = 64 * 1024
_LIGNES = 60
_DECOMPRESSE_MAXIMAL = 4 * 1024**3
_ZIP = b"PK\x03\x04"
_PROUVES = (_ZIP, b"PAR1", b"\x1f\x8b", b"{", b"[")  # not read at all without their end
_CLASSEUR = b"\xd0\xcf\x11\xe0"
_PAGE = ("<html", "<!doctype", "</html", "</body")


class Fin(NamedTuple):
    """The end of a table of text. `courte`: its last line has fewer cells than those before; `page`: that of
    a site follows the data."""

    terminee: bool
    courte: bool
    page: bool


def exiger_une_fin(recu: Path, ancien: Path | None, annoncee: bool) -> bool:
    """Raises Echec for a file cut short, as far as anything tells; False when nothing proves it is whole.

    `annoncee`: the server said where the file ends. `ancien`: the file it would replace, if one serves.
    """
    with recu.open("rb") as flux:
        debut = flux.read(_TETE).lstrip(_BLANCS)
    if debut.startswith(_ZIP):
        _exiger_un_zip_sain(recu)
    if ancien:
        _exiger_autre_chose_que_son_debut(recu, ancien)
        if not annoncee:
            _exiger_la_taille(recu, ancien)
    if debut.startswith(_PROUVES):
        return annoncee or not _est_en_lignes(recu)
    if not debut.startswith(_CLASSEUR):
        _exiger_une_derniere_ligne(fin_de(recu), fin_de(ancien) if ancien else None, annoncee)
    return annoncee


def _exiger_la_taille(recu: Path, ancien: Path) -> None:
    octets, avant = recu.stat().st_size, ancien.stat().st_size
    if octets < TAILLE_MINIMALE * avant:
        raise Echec(
            f"Le serveur n’a pas annoncé la taille, et le fichier reçu ({nombre(octets)} octets) est plus "
            f"petit que celui qui est là ({nombre(avant)}). {_COUPE}"
        )


def _exiger_un_zip_sain(recu: Path) -> None:
    """Check every member, those that the reading leaves aside too."""
    try:
        with zipfile.ZipFile(recu) as archive:
            if sum(info.file_size for info in archive.infolist()) > _DECOMPRESSE_MAXIMAL:
                raise Echec("L’archive reçue est démesurée une fois décompressée.")
            abime = archive.testzip()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError) as erreur:
        raise Echec("L’archive reçue est abîmée ou incomplète.") from erreur
    if abime:
        raise Echec(f"L’archive reçue est abîmée : « {abime} » n’est pas ce qu’elle annonce.")


def _exiger_autre_chose_que_son_debut(recu: Path, ancien: Path) -> None:
    octets, avant = recu.stat().st_size, ancien.stat().st_size
    if octets >= avant:
        return
    with recu.open("rb") as nouveau, ancien.open("rb") as flux:
        while bloc := nouveau.read(_BOUT):
            if flux.read(len(bloc)) != bloc:
                return
    raise Echec(
        f"Le fichier reçu est exactement le début de celui qui est là ({nombre(octets)} octets sur "
        f"{nombre(avant)}). {_COUPE}"
    )


def _exiger_une_derniere_ligne(fin: Fin, avant: Fin | None, annoncee: bool) -> None:
    if fin.page:
        raise Echec("Le fichier reçu se termine par une page de site, sans doute une erreur du serveur.")
    # a note under the table is short too, but then it was there before, or the server vouches for it
    comme_avant = avant is not None and avant.courte and (fin.terminee or not avant.terminee)
    if fin.courte and not comme_avant and (avant or not fin.terminee or not annoncee):
        raise Echec(f"La dernière ligne du fichier reçu a moins de cellules que les autres. {_COUPE}")
    if not annoncee and not fin.terminee and (avant is None or avant.terminee):
        raise Echec(
            "Le serveur n’a pas annoncé la taille, et la dernière ligne du fichier reçu n’a pas de fin. "
            f"{_COUPE}"
        )


def _est_en_lignes(recu: Path) -> bool:
    """Say whether a JSON is one record per line: each of its lines could be the last."""
    lignes = _dernieres_lignes(_bout(recu))
    return len(lignes) > 1 and lignes[-1].lstrip().startswith("{")


def _bout(chemin: Path) -> str:
    """The last bytes of a text, whatever its encoding: what is looked for is ASCII."""
    with chemin.open("rb") as flux:
        flux.seek(max(chemin.stat().st_size - _BOUT, 0))
        return flux.read().replace(b"\0", b"").decode("latin-1")


def _dernieres_lignes(bout: str) -> list[str]:
    return [ligne for ligne in re.split("\r\n|\r|\n", bout)[-_LIGNES:] if ligne.strip()]


def fin_de(chemin: Path) -> Fin:
    """Look at the last lines of a table of text."""
    bout = _bout(chemin)
    lignes = _dernieres_lignes(bout)
    page = any(ligne.lstrip().startswith("<") for ligne in lignes) or any(m in bout.lower() for m in _PAGE)
    return Fin(bout.endswith(("\n", "\r")), _est_courte(lignes), page)


def _est_courte(lignes: list[str]) -> bool:
    """Say whether the last line has fewer cells; with fewer than two others, nobody can tell."""
    if len(lignes) < 3:
        return False
    separateur = next((s for s in ";\t|" if sum(s in ligne for ligne in lignes) > len(lignes) / 2), ",")
    largeurs = [len(cellules) for cellules in csv.reader(lignes[1:], delimiter=separateur)]
    return largeurs[-1] < collections.Counter(largeurs[:-1] or largeurs).most_common(1)[0][0]
