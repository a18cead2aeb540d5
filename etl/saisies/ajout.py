"""Adds a line to a register: checked, alone, whole, on disk before anything is said."""

import codecs
import csv
import datetime as dt
import io
import os
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

from filelock import FileLock

from ctg.referentiel import Referentiel, charger, dossier_par_defaut
from etl.inventaire import dossier_saisies
from etl.saisies import ecriture
from etl.saisies.etapes import declaration, derouler
from etl.saisies.lecture import COMMENTAIRE, Lecture, chemin, lire
from etl.saisies.refus import SaisieRefusee
from etl.saisies.registres import REGISTRES, verifier, verifier_signature

_VERROU = ".verrou"
_INVISIBLES = ("Cc", "Cf")  # controls, and what reverses or hides the words that follow


def ajouter(
    nom: str,
    valeurs: Mapping[str, object],
    referentiel: Referentiel | None = None,
    dossier: Path | None = None,
    controler: Callable[[Lecture], None] | None = None,
) -> dict[str, str]:
    """Append a line to the register `nom` and return it as written, with its date `le` (now unless given).

    Columns left out are blank, `fictif` is « non ». `controler` may refuse the line in view of what the
    register holds, while nobody else writes. Raises SaisieRefusee (nothing written; the sentence says why),
    KeyError (unknown register or column), OSError.
    """
    registre = REGISTRES[nom]
    referentiel = referentiel or charger(dossier_par_defaut())
    if inconnues := valeurs.keys() - set(registre.entete):
        raise KeyError(f"colonnes inconnues de {nom} : {sorted(inconnues)}")
    champs = dict.fromkeys(registre.entete, "") | {"le": _maintenant()}
    if "fictif" in champs:
        champs["fictif"] = "non"
    champs |= {colonne: _sur_une_ligne(valeur) for colonne, valeur in valeurs.items()}
    champs["raison"] = _visible(champs["raison"])
    verifier(nom, champs, referentiel)
    dossier = dossier or dossier_saisies()
    ecriture.preparer(dossier)
    with FileLock(dossier / _VERROU):
        deja = lire(nom, referentiel, dossier)
        _verifier_la_suite(nom, deja, champs)
        if controler:
            controler(deja)
        _ecrire(chemin(nom, dossier), registre.entete, champs)
    return champs


def signer(fonction: str, raison: str, referentiel: Referentiel) -> dict[str, str]:
    """`le`, `fonction` and `raison` of a decision kept elsewhere than in a register, checked as there.

    Raises SaisieRefusee.
    """
    champs = {"le": _maintenant(), "fonction": fonction, "raison": _visible(_sur_une_ligne(raison))}
    verifier_signature(champs, referentiel)
    return champs


def _maintenant() -> str:
    return dt.datetime.now().replace(microsecond=0).isoformat()


def _visible(texte: str) -> str:
    return "".join(c for c in texte if unicodedata.category(c) not in _INVISIBLES)


def _sur_une_ligne(valeur: object) -> str:
    return " ".join(str("" if valeur is None else valeur).split())


def _verifier_la_suite(nom: str, deja: Lecture, champs: dict[str, str]) -> None:
    """Refuse a line that what stands above makes impossible, or a register that could not be read back."""
    for erreur in deja.erreurs:
        if erreur.numero is None:
            raise SaisieRefusee(f"{nom}.csv : {erreur.message}")
    if nom != "etapes":
        return
    soeurs = [x for x in deja.lignes if x.champs["fictif"] == champs["fictif"]]
    numero = max((x.numero for x in deja.lignes), default=1) + 1
    declarations = [declaration(x.numero, x.champs) for x in soeurs] + [declaration(numero, champs)]
    for refusee, message in derouler(declarations).refus:
        if refusee == numero:
            raise SaisieRefusee(message)


def _ecrire(fichier: Path, entete: tuple[str, ...], champs: dict[str, str]) -> None:
    ligne = _csv([champs[colonne] for colonne in entete])
    if not fichier.exists() or fichier.stat().st_size <= len(codecs.BOM_UTF8):
        ligne = _csv(entete) + ligne
    else:
        if not _finie(fichier):
            _mettre_de_cote(fichier)
        _completer_l_entete(fichier, entete)
    ecriture.ajouter(fichier, ligne.encode("utf-8"))


def _completer_l_entete(fichier: Path, entete: tuple[str, ...]) -> None:
    """Name the columns that a register begun before them lacks; its lines stay as they are."""
    premiere, _, suite = fichier.read_bytes().partition(b"\n")
    noms = premiere.removeprefix(codecs.BOM_UTF8).rstrip(b"\r")
    if noms.decode("utf-8") == ";".join(entete):
        return
    complete = premiere.replace(noms, ";".join(entete).encode("utf-8"))
    ecriture.remplacer(fichier, complete + b"\n" + suite)


def _csv(cellules: object) -> str:
    tampon = io.StringIO()
    csv.writer(tampon, delimiter=";", lineterminator="\n").writerow(cellules)
    return tampon.getvalue()


def _finie(fichier: Path) -> bool:
    with fichier.open("rb") as flux:
        flux.seek(-1, os.SEEK_END)
        return flux.read(1) == b"\n"


def _mettre_de_cote(fichier: Path) -> None:
    """Keep a torn last line as a comment: a new one must not be glued to it, nor complete it."""
    avant, _, coupee = fichier.read_bytes().rpartition(b"\n")
    cote = f"{COMMENTAIRE} ligne inachevée : ".encode() + coupee + b"\n"
    ecriture.remplacer(fichier, avant + b"\n" + cote)
