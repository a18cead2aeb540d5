"""Where a sheet of a .xlsx bears comments and text boxes: nobody reads them, and it must be told."""

import contextlib
import posixpath
from collections.abc import Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from etl.classeurs.calculs import rang_de_colonne
from etl.classeurs.modele import Place

# signs the comments we write in the copies sent back: those are not of the sender
AUTEUR = "Vérification"
_DESSIN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


def commentaires_xlsx(parties: Mapping[str, bytes], feuille: str) -> dict[Place, str]:
    """{place: author} of the comments of the sheet held by the part `feuille`; a discussion has one, too.

    A text box has a place, that of its corner, and no author. A damaged part holds none: the cells of the
    sheet are sound without it. Raises ElementTree.ParseError.
    """
    dossier, nom = posixpath.split(feuille)
    liens = parties.get(f"{dossier}/_rels/{nom}.rels")
    if liens is None or not any(genre.encode() in liens for genre in _LECTEURS):
        return {}
    trouves: dict[Place, str] = {}
    for lien in ElementTree.fromstring(liens):
        lire = next((lire for genre, lire in _LECTEURS.items() if lien.get("Type", "").endswith(genre)), None)
        cible = posixpath.normpath(posixpath.join("/", dossier, lien.get("Target", ""))).lstrip("/")
        if lire and cible in parties:
            with contextlib.suppress(ElementTree.ParseError, ValueError):
                trouves |= lire(ElementTree.fromstring(parties[cible]))
    return trouves


def _commentaires(racine: Element) -> dict[Place, str]:
    auteurs = [auteur.text or "" for auteur in racine.iterfind("{*}authors/{*}author")]
    lus = {}
    for commentaire in racine.iterfind("{*}commentList/{*}comment"):
        adresse, rang = commentaire.get("ref", ""), commentaire.get("authorId", "")
        lettres = adresse.rstrip("0123456789")
        if lettres.isalpha() and lettres != adresse:
            place = int(adresse[len(lettres) :]) - 1, rang_de_colonne(lettres)
            lus[place] = auteurs[int(rang)] if rang.isdecimal() and int(rang) < len(auteurs) else ""
    return lus


def _zones_de_texte(racine: Element) -> dict[Place, str]:
    places = {}
    for ancre in racine:
        coin = ancre.find("{*}from")
        textes = (t.text for corps in ancre.iter(f"{_DESSIN}txBody") for t in corps.iterfind(".//{*}t"))
        if coin is not None and any(texte and texte.strip() for texte in textes):
            places[int(coin.findtext("{*}row", "0")), int(coin.findtext("{*}col", "0"))] = ""
    return places


_LECTEURS = {"/comments": _commentaires, "/drawing": _zones_de_texte}
