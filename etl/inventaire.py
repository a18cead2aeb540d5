"""What lies under `raw`: every file with its hash, and the date somebody wrote down for its reception."""

import csv
import datetime as dt
import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from etl.anomalie import Anomalie
from etl.hachages import empreinte_de

RACINE = Path(__file__).parents[1]
RECEPTIONS = "receptions.csv"
INCONNUE = "inconnue"  # in its column recu_le: the date said before was wrong, and nobody knows the right one
RETRAIT = "retrait"  # in its column acte: the file is no longer among those received
# they accompany the data and hold none
_DOCUMENTATION = frozenset({".md", ".yml", ".yaml"})
_RIEN = ""  # not a file: nothing to read, nothing to say
_LIEN_SORTANT = (
    "Ce lien mène hors du dossier des fichiers reçus : il n’est pas suivi. Y déposer le fichier lui-même."
)
_ILLISIBLE = "Ce fichier ne peut pas être ouvert : vérifier ses droits de lecture."
_FERME = "Ce dossier ne peut pas être ouvert, rien n’en est lu : vérifier ses droits de lecture."


@dataclass(frozen=True, slots=True)
class Recu:
    """A file as received. `nom`: its path under the folder read, with `/`; `recu_le`: from receptions.csv.

    `obstacle` says why it cannot be read: it then has no hash.
    """

    chemin: Path
    nom: str
    sha256: str
    taille: int
    recu_le: dt.datetime | None = None
    obstacle: str | None = None


class ReceptionsIllisibles(Exception):  # noqa: N818 (errors are named in French, by what happened)
    """A receptions.csv that cannot be read; the message says where and why."""


def dossiers_lus() -> tuple[Path, ...]:
    """Folders a build reads: `CTG_RAW` and nothing else, or data/raw then, without a real form, data/demo."""
    choisi = os.environ.get("CTG_RAW")
    return (Path(choisi),) if choisi else (RACINE / "data" / "raw", dossier_demo())


def dossier_demo() -> Path:
    """Folder of the fictional campaign."""
    return RACINE / "data" / "demo"


def dossier_saisies() -> Path:
    """Folder of what people decided: `CTG_SAISIES`, else data/saisies."""
    return Path(os.environ.get("CTG_SAISIES") or RACINE / "data" / "saisies")


def parcourir(dossier: Path) -> Iterator[tuple[Path, str | None]]:
    """Every file under `dossier`, sorted, with None or the sentence that says why it is not read.

    Hidden files, office locks and documentation are left out. A link that leaves the folder is not followed:
    whoever drops a file must not make the server read its own. Raises OSError when `dossier` cannot be read.
    """
    if not dossier.is_dir():
        return
    racine, trouves, fermes = dossier.resolve(), [], []

    def noter_ferme(erreur: OSError) -> None:
        if Path(erreur.filename) == dossier:
            raise PermissionError(f"Le dossier « {dossier} » ne peut pas être lu.") from erreur
        fermes.append(Path(erreur.filename))

    for lieu, sous_dossiers, noms in os.walk(dossier, onerror=noter_ferme):
        trouves += [Path(lieu, nom) for nom in noms if Path(nom).suffix.casefold() not in _DOCUMENTATION]
        trouves += [Path(lieu, nom) for nom in sous_dossiers if Path(lieu, nom).is_symlink()]
    obstacles = {chemin: _obstacle(chemin, racine) for chemin in trouves} | dict.fromkeys(fermes, _FERME)
    for chemin in sorted(obstacles):
        parties = chemin.relative_to(dossier).parts
        if obstacles[chemin] != _RIEN and not any(partie.startswith((".", "~$")) for partie in parties):
            yield chemin, obstacles[chemin]


def _obstacle(chemin: Path, racine: Path) -> str | None:
    try:
        if not chemin.resolve().is_relative_to(racine):
            return _LIEN_SORTANT
        if not chemin.is_file():  # a folder of the folder under another name, a socket
            return _RIEN
        with chemin.open("rb"):
            return None
    except (OSError, RuntimeError):  # RuntimeError: a link to itself
        return _ILLISIBLE


def inventorier(dossier: Path, prefixe: str = "") -> list[Recu]:
    """List the files received under `dossier`. Raises ReceptionsIllisibles, OSError."""
    trouves = list(parcourir(dossier))
    receptions = {
        cle: recu_le for registre in _registres(trouves) for _, cle, recu_le in _inscriptions(registre)
    }
    recus = []
    for chemin, obstacle in trouves:
        nom = prefixe + nom_lisible(chemin.relative_to(dossier))
        if obstacle:
            recus.append(Recu(chemin, nom, "", 0, obstacle=obstacle))
        elif chemin.name != RECEPTIONS:
            recu = recevoir(chemin, nom)
            recu_le = receptions.get(recu.sha256) or receptions.get(nom) or receptions.get(chemin.name)
            recus.append(replace(recu, recu_le=recu_le))
    return recus


def recevoir(chemin: Path, nom: str) -> Recu:
    """A file, whatever its folder; one that cannot be opened bears its obstacle."""
    try:
        return Recu(chemin, nom, empreinte_de(chemin), chemin.stat().st_size)
    except OSError:
        return Recu(chemin, nom, "", 0, obstacle=_ILLISIBLE)


def nom_lisible(chemin: Path) -> str:
    """A path with `/`, that can be written anywhere: bytes that are no UTF-8 (an old archive) as `\\x82`."""
    return os.fsencode(chemin.as_posix()).decode("utf-8", "backslashreplace")


def inscriptions_sans_fichier(dossier: Path, recus: Iterable[Recu]) -> list[tuple[str, Anomalie]]:
    """Lines of the receptions.csv of `dossier` that date none of the files received: (register, anomaly)."""
    connus = {nom for recu in recus for nom in (recu.sha256, recu.nom, recu.chemin.name)}
    lus = registres(dossier)
    # what was withdrawn was there when it was dated
    retires = [ligne for lu in lus for ligne in lignes(lu) if ligne.get("acte") == RETRAIT]
    connus |= {nom for x in retires for nom in (x["sha256"], x["fichier"], Path(x["fichier"]).name)}
    return [
        (
            nom_lisible(registre.relative_to(dossier)),
            Anomalie(
                None,
                None,
                "information",
                "reception_sans_fichier",
                f"Ligne {numero} : « {cle} » n’est le nom ni l’empreinte d’aucun fichier reçu : cette date "
                "ne sert pas. Corriger le nom, ou retirer la ligne.",
            ),
        )
        for registre in lus
        for numero, cle, _ in _inscriptions(registre)
        if cle not in connus
    ]


def registres(dossier: Path) -> list[Path]:
    """Every receptions.csv under `dossier`, in the order they are read: the last one read wins."""
    return _registres(parcourir(dossier))


def _registres(trouves: Iterable[tuple[Path, str | None]]) -> list[Path]:
    return [chemin for chemin, obstacle in trouves if chemin.name == RECEPTIONS and not obstacle]


def _inscriptions(registre: Path) -> Iterator[tuple[int, str, dt.datetime | None]]:
    """Lines of a receptions.csv that date a file: number, hash when it was written down, else name, date."""
    for numero, ligne in enumerate(lignes(registre), start=2):
        cle = ligne.get("sha256", "").lower() or ligne.get("fichier", "")
        if cle and ligne.get("recu_le"):
            yield numero, cle, lire_date(ligne["recu_le"], registre, numero)


def lignes(registre: Path) -> list[dict[str, str]]:
    """The lines of a receptions.csv by name of column. Raises ReceptionsIllisibles, OSError.

    Separated by « ; », or by « , » as Excel may save it elsewhere.
    """
    texte = _texte(registre)
    separateur = ";" if ";" in texte.partition("\n")[0] else ","
    lecteur = csv.DictReader(io.StringIO(texte, newline=""), delimiter=separateur)
    entetes = set(lecteur.fieldnames or ())
    if entetes and not ("recu_le" in entetes and entetes & {"sha256", "fichier"}):
        raise ReceptionsIllisibles(
            f"{registre}, ligne 1 : colonnes attendues, séparées par « ; » : « sha256 » ou « fichier », puis "
            "« recu_le »."
        )
    return [{nom: (dit or "").strip() for nom, dit in ligne.items() if nom} for ligne in lecteur]


def _texte(chemin: Path) -> str:
    """The text of a receptions.csv, in UTF-8 or as Excel saves it on Windows."""
    contenu = chemin.read_bytes()
    for encodage in ("utf-8-sig", "cp1252"):
        try:
            return contenu.decode(encodage)
        except UnicodeDecodeError:
            continue
    raise ReceptionsIllisibles(f"{chemin} : encodage inconnu. L’enregistrer en CSV UTF-8.")


def lire_date(texte: str, registre: Path, numero: int) -> dt.datetime | None:
    """A date of a receptions.csv; None for « inconnue ». Raises ReceptionsIllisibles."""
    if texte == INCONNUE:
        return None
    for lire in (dt.datetime.fromisoformat, lambda t: dt.datetime.strptime(t, "%d/%m/%Y")):
        try:
            return lire(texte).replace(tzinfo=None)
        except ValueError:
            continue
    raise ReceptionsIllisibles(
        f"{registre}, ligne {numero} : « {texte} » n’est pas une date. Écrire AAAA-MM-JJ ou JJ/MM/AAAA."
    )
