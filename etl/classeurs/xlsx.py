"""A .xlsx: its parts are checked, repacked in memory for calamine, then searched for what calamine loses."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from etl.classeurs.adresses import verifier_adresses
from etl.classeurs.calculs import cellules_trompeuses, plages_fusionnees, sans_detour
from etl.classeurs.commentaires import commentaires_xlsx
from etl.classeurs.masquees import rangs_masques
from etl.classeurs.mise_en_forme import MiseEnForme
from etl.classeurs.modele import (
    LIGNES_MAXIMUM,
    TEXTES_MAXIMUM,
    Feuille,
    verifier_caracteres,
    verifier_etendue,
    verifier_nombre_de_feuilles,
    verifier_total,
)
from etl.classeurs.paquet import Abime, lire_parties
from etl.classeurs.refus import ClasseurRefuse

_INTERDITS = (
    (re.compile("vbaproject|macrosheets/", re.IGNORECASE), "macros"),
    (re.compile("externallinks/|^xl/connections", re.IGNORECASE), "liens_externes"),
    (re.compile("embeddings/|activex/", re.IGNORECASE), "objets_incorpores"),
)
_TEXTE_COMMUN = re.compile(rb"<(?:[\w.-]{1,20}:)?si\b")
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATIONS_STRICTES = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
# The attributes of a tag, never past its end and never given back: the search is linear whatever is sent.
_ATTRIBUT = rb"""\s*+[^\s=<>"'/]++\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+')"""
_ADRESSE = rb"""(?=\s)(?:(?!\s*+r\s*+=)%b)*+\s*+r\s*+=\s*+["']""" % _ATTRIBUT
# A cell past the caps, or a cell without address in a row past them; blank ones are only formatted, and
# spreadsheets format whole rows.
_TROP_LOIN = re.compile(
    rb"""<(?:[\w.-]{1,20}:)?(?:c%b(?:[A-Za-z]{3,}+[0-9]++|[A-Za-z]++[0-9]{5,}+)["'](?:%b)*+\s*+>"""
    rb"""|row%b[0-9]{5,}+["'](?:%b)*+\s*+>\s*+<(?:[\w.-]{1,20}:)?c(?:\s*+(?!r\s*+=)%b)*+\s*+/?>)"""
    % (_ADRESSE, _ATTRIBUT, _ADRESSE, _ATTRIBUT, _ATTRIBUT)
)


def lire(octets: bytes) -> tuple[Feuille, ...]:
    """The sheets of a workbook, hidden ones included. Raises ClasseurRefuse."""
    parties = lire_parties(octets, _INTERDITS)
    with Abime():
        feuilles = _feuilles(parties)
        verifier_nombre_de_feuilles(len(feuilles))
        parties |= {partie: sans_detour(parties[partie]) for partie, _ in feuilles.values()}
        verifier_caracteres(_caracteres(parties, [partie for partie, _ in feuilles.values()]))
    usuelles = {}
    for nom, (partie, _) in feuilles.items():
        if _TROP_LOIN.search(parties[partie]):
            raise ClasseurRefuse("feuille_demesuree", feuille=nom, lignes=LIGNES_MAXIMUM, colonnes="ZZ")
        usuelles[nom] = verifier_adresses(parties[partie])
    rangees = _rangees(_archive(parties), list(feuilles))
    with Abime():
        formes = MiseEnForme(parties)
        for nom, (partie, _) in feuilles.items():
            formes.appliquer(parties[partie], rangees[nom], usuelles[nom])
        return tuple(
            Feuille(
                nom,
                rangees[nom],
                cellules_trompeuses(parties[partie]),
                plages_fusionnees(parties[partie]),
                cachee,
                commentaires_xlsx(parties, partie),
                rangs_masques(parties[partie]),
            )
            for nom, (partie, cachee) in feuilles.items()
        )


def _feuilles(parties: dict[str, bytes]) -> dict[str, tuple[str, bool]]:
    """The part of each sheet that holds cells, and whether it is hidden."""
    # No document type is left at this point: the standard parser has nothing to expand.
    liens = {
        lien.get("Id"): lien.get("Target", "")
        for lien in ElementTree.fromstring(parties["xl/_rels/workbook.xml.rels"])
    }
    feuilles = {}
    for feuille in ElementTree.fromstring(parties["xl/workbook.xml"]).iterfind("{*}sheets/{*}sheet"):
        cible = liens[feuille.get(_RELATIONS) or feuille.get(_RELATIONS_STRICTES)]
        partie = cible.removeprefix("/") if cible.startswith("/") else f"xl/{cible}"
        if partie in parties:  # chart sheets and the like hold no cell
            cachee = feuille.get("state", "visible") != "visible"
            nom = feuille.get("name", "")
            if nom in feuilles:  # one of the two would be lost
                raise ClasseurRefuse("classeur_abime")
            feuilles[nom] = (partie, cachee)
    return feuilles


def _caracteres(parties: dict[str, bytes], feuilles: list[str]) -> int:
    """How many characters the cells take from the shared texts, each copied as often as a cell names it.

    0 when they could not take too many: a cell is at least two tags that close.
    """
    communs = next((p for nom, p in parties.items() if nom.casefold() == "xl/sharedstrings.xml"), b"")
    longueurs = [len(texte) for texte in _TEXTE_COMMUN.split(communs)[1:]] or [0]
    cellules = sum(parties[feuille].count(b"</") // 2 for feuille in feuilles)
    if cellules * max(longueurs) <= TEXTES_MAXIMUM:
        return 0
    return sum(
        longueurs[rang]
        for feuille in feuilles
        for rang in _textes_nommes(parties[feuille])
        if rang < len(longueurs)
    )


def _textes_nommes(xml: bytes) -> Iterator[int]:
    for _, element in ElementTree.iterparse(io.BytesIO(xml)):
        nom = element.tag.rpartition("}")[2]
        if nom == "c":
            rang = element.findtext("{*}v", "") if element.get("t") == "s" else ""
            if rang.isdecimal() and len(rang) < 9:
                yield int(rang)
        if nom in ("c", "row"):
            element.clear()


def _archive(parties: dict[str, bytes]) -> io.BytesIO:
    """The checked parts that hold cells, as a new archive stored without compression."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_STORED) as archive:
        for nom, contenu in parties.items():
            if not nom.startswith(("xl/theme/", "docProps/", "customXml/")):
                archive.writestr(zipfile.ZipInfo(nom), contenu)
    sortie.seek(0)
    return sortie


def _rangees(archive: io.BytesIO, noms: list[str]) -> dict[str, list[list[object]]]:
    try:
        with CalamineWorkbook.from_filelike(archive) as classeur:
            total, rangees = 0, {}
            for nom in noms:
                feuille: CalamineSheet = classeur.get_sheet_by_name(nom)
                total += verifier_etendue(nom, *_etendue(feuille))
                verifier_total(total)
                # Without skip_empty_area=False every address would be shifted by the blank rows and columns.
                rangees[nom] = feuille.to_python(skip_empty_area=False)
            return rangees
    except (CalamineError, ValueError) as e:
        raise ClasseurRefuse("classeur_abime") from e
    except BaseException as e:
        # calamine is written in Rust: what it did not foresee arrives as a panic, which is no Exception.
        if type(e).__name__ == "PanicException":
            raise ClasseurRefuse("classeur_abime") from None
        raise


def _etendue(feuille: CalamineSheet) -> tuple[int, int]:
    """Rows and columns from A1 to the last cell that holds something."""
    ligne, colonne = feuille.end or (-1, -1)
    return ligne + 1, colonne + 1
