"""Which cells of a sheet of a .xlsx bear a comment, and whose: nobody reads it, so that it must be told."""

import posixpath
from collections.abc import Mapping
from xml.etree import ElementTree

from etl.classeurs.calculs import rang_de_colonne
from etl.classeurs.modele import Place


def commentaires_xlsx(parties: Mapping[str, bytes], feuille: str) -> dict[Place, str]:
    """{place: author} of the comments of the sheet held by the part `feuille`; a discussion has one, too.

    Raises ElementTree.ParseError, ValueError.
    """
    dossier, nom = posixpath.split(feuille)
    liens = parties.get(f"{dossier}/_rels/{nom}.rels")
    if liens is None or b"/comments" not in liens:
        return {}
    trouves: dict[Place, str] = {}
    for lien in ElementTree.fromstring(liens):
        if lien.get("Type", "").endswith("/comments"):
            cible = posixpath.normpath(posixpath.join("/", dossier, lien.get("Target", ""))).lstrip("/")
            trouves |= _lire(parties.get(cible))
    return trouves


def _lire(xml: bytes | None) -> dict[Place, str]:
    if xml is None:
        return {}
    racine = ElementTree.fromstring(xml)
    auteurs = [auteur.text or "" for auteur in racine.iterfind("{*}authors/{*}author")]
    lus = {}
    for commentaire in racine.iterfind("{*}commentList/{*}comment"):
        adresse, rang = commentaire.get("ref", ""), commentaire.get("authorId", "")
        lettres = adresse.rstrip("0123456789")
        if lettres.isalpha() and lettres != adresse:
            place = int(adresse[len(lettres) :]) - 1, rang_de_colonne(lettres)
            lus[place] = auteurs[int(rang)] if rang.isdecimal() and int(rang) < len(auteurs) else ""
    return lus
