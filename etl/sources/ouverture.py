"""Open a file as the tables it holds, by its first bytes: text, workbook, archive, JSON, Parquet."""

from dataclasses import replace
from pathlib import Path

from etl.classeurs import ClasseurRefuse
from etl.classeurs.nature import est_json, sans_table
from etl.reception.courriels import est_un_courriel
from etl.sources import archives
from etl.sources.colonnaire import table_parquet
from etl.sources.enregistrements import table_json
from etl.sources.feuilles import parties_de_classeur
from etl.sources.tables import Contenu, FichierIllisible, Partie
from etl.sources.textes import tables_de_texte

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # an archive, and one that holds nothing
_OLE = b"\xd0\xcf\x11\xe0"
_GZIP = b"\x1f\x8b"
_PARQUET = b"PAR1"
_BLANCS = b"\xef\xbb\xbf \t\r\n"
_MESSAGE = "Ce fichier est un message : déposez-le dans Collecte › Déposer, qui en lit les pièces jointes."
_DANS_UNE_ARCHIVE = {
    _ZIP[0]: "un classeur ou une archive, dans une archive : déposez-le seul",
    _OLE: "un classeur ou un document de bureautique, dans une archive : déposez-le seul",
    _GZIP: "une archive compressée, dans une archive : déposez-la seule",
}
_XML = (
    "Ce fichier est du XML et non un tableau. S’il s’ouvre dans Excel ou LibreOffice, enregistrez-le au "
    "format « Classeur Excel (.xlsx) » ; sinon, demandez le classeur."
)
_PAGE = (b"<!doctype html", b"<html")
_DEBUT_DE_PAGE = 2000  # a comment or an XML declaration may come first


def ouvrir(chemin: Path) -> tuple[Partie, ...]:
    """Give the tables of a file. Raises FichierIllisible when it holds none, and OSError.

    What is inside an archive is read where it is; one member that cannot be read stops no other.
    """
    entier = Contenu(chemin.name, lambda: chemin.open("rb"), chemin)
    tete = entier.tete()
    if tete.startswith(_ZIP) and not archives.est_un_classeur(chemin):
        return tuple(_membre(contenu, obstacle) for contenu, obstacle in archives.membres(chemin))
    if tete.startswith((*_ZIP, _OLE)):
        return parties_de_classeur(chemin)
    if tete.startswith(_GZIP):
        return (_partie(archives.degonfler(chemin)),)
    return (_partie(entier),)


def _membre(contenu: Contenu, obstacle: FichierIllisible | None) -> Partie:
    if obstacle:
        return Partie(contenu.nom, refus=obstacle)
    try:
        partie = _partie(contenu)
        return replace(partie, nom=contenu.nom, empreinte=contenu.empreinte)
    except FichierIllisible as refus:
        return Partie(contenu.nom, refus=refus)


def _partie(contenu: Contenu) -> Partie:
    tete = contenu.tete()
    debut = tete.lstrip(_BLANCS)
    if not debut:
        raise FichierIllisible("fichier_vide", "Le fichier est vide.")
    if debut[:1] == b"<" and any(balise in debut[:_DEBUT_DE_PAGE].lower() for balise in _PAGE):
        message = "Ce fichier est une page de site et non des données : téléchargez le fichier lui-même."
        raise FichierIllisible("page_web", message)
    if est_un_courriel(contenu.nom, tete):
        raise FichierIllisible("message_recu", _MESSAGE)
    if tete.startswith(_PARQUET):
        if contenu.chemin is None:
            message = "Un fichier Parquet ne se lit pas dans une archive : sortez-le de l’archive."
            raise FichierIllisible("archive_imbriquee", message)
        return Partie(None, (table_parquet(contenu.chemin),))
    for signature, nature in _DANS_UNE_ARCHIVE.items():
        if tete.startswith(signature):
            raise FichierIllisible("pas_un_tableau", f"Ce fichier est {nature}.")
    if autre := sans_table(tete):
        refus = ClasseurRefuse("pas_un_classeur", nature=autre)
        raise FichierIllisible(refus.regle, refus.anomalie.message)
    if debut.startswith(b"<?xml"):
        raise FichierIllisible("pas_un_tableau", _XML)
    if est_json(debut):
        return table_json(contenu)
    return Partie(None, tables_de_texte(contenu, tete))
