"""The same workbook in another format, as its sender could have saved it."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from etl.classeurs import Calcul, Feuille, ouvrir
from etl.classeurs.affichage import NombreMontre
from tests.exemples.ancien_xls import enveloppe, flux

_ESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
MANIFESTE = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
# What LibreOffice adds under every sheet: blank rows to the bottom of the grid.
_BLANC = (
    '<table:table-row table:number-rows-repeated="1048000">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def enregistrer(source: Path, vers: Path) -> Path:
    """Save a .xlsx under the format that the extension of `vers` names; a .csv takes its first form."""
    feuilles = ouvrir(source).feuilles
    if vers.suffix == ".ods":
        vers.write_bytes(ods(feuilles))
    elif vers.suffix == ".xls":
        vers.write_bytes(enveloppe({"Workbook": flux(feuilles)}))
    else:
        formulaire = next(f for f in feuilles if any("m:nom" in rangee for rangee in f.rangees))
        vers.write_text(texte_csv(formulaire), encoding="utf-8")
    return vers


def texte_csv(feuille: Feuille, separateur: str = ";") -> str:
    """The sheet as a French spreadsheet shows it: decimal commas, dates with bars."""
    sortie = io.StringIO(newline="")
    ecrivain = csv.writer(sortie, delimiter=separateur, lineterminator="\r\n")
    ecrivain.writerows([_montre(valeur) for valeur in rangee] for rangee in feuille.rangees)
    return sortie.getvalue()


def _montre(valeur: object) -> object:
    if isinstance(valeur, NombreMontre):
        return valeur.montre
    if isinstance(valeur, float):
        return f"{valeur:.15g}".replace(".", ",")
    return valeur.strftime("%d/%m/%Y") if isinstance(valeur, dt.date) else valeur


def ods(feuilles: Iterable[Feuille], **parties: str) -> bytes:
    """An OpenDocument package; `parties` replaces the content or adds parts (`content`, `manifeste`)."""
    contenu = parties.pop("contenu", None) or contenu_ods(feuilles)
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", contenu)
        archive.writestr("META-INF/manifest.xml", parties.pop("manifeste", MANIFESTE))
        for nom, texte in parties.items():
            archive.writestr(nom, texte)
    return sortie.getvalue()


def contenu_ods(feuilles: Iterable[Feuille]) -> str:
    """The content of an OpenDocument workbook; hidden sheets bear the style « cachee »."""
    styles = '<style:style style:name="cachee"><style:table-properties table:display="false"/></style:style>'
    tables = "".join(map(_table, feuilles))
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><office:document-content {_ESPACES}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )


def _table(feuille: Feuille) -> str:
    style = 'table:style-name="cachee"' if feuille.cachee else ""
    etendues = {(r0, c0): (r1 - r0 + 1, c1 - c0 + 1) for r0, c0, r1, c1 in feuille.fusions}
    lignes, colonnes = feuille.masques
    caches = "".join(
        f"<table:table-column{_visible(c not in colonnes)}/>" for c in range(max(colonnes, default=-1) + 1)
    )
    rangees = "".join(
        f"<table:table-row{_visible(rang not in lignes)}>"
        + "".join(
            _cellule(feuille.trompeuses.get((rang, colonne), valeur), etendues.get((rang, colonne)))
            for colonne, valeur in enumerate(rangee)
        )
        + "</table:table-row>"
        for rang, rangee in enumerate(feuille.rangees)
    )
    return f"<table:table table:name={quoteattr(feuille.nom)} {style}>{caches}{rangees}{_BLANC}</table:table>"


def _visible(visible: bool) -> str:
    return "" if visible else ' table:visibility="collapse"'


def _cellule(valeur: object, etendue: tuple[int, int] | None) -> str:
    attributs = ""
    if etendue:
        attributs = f' table:number-rows-spanned="{etendue[0]}" table:number-columns-spanned="{etendue[1]}"'
    if valeur == "":
        return f"<table:table-cell{attributs}/>"
    if isinstance(valeur, Calcul):
        attributs += f" table:formula={quoteattr('of:' + (valeur.formule or '=1/0'))}"
        if valeur.erreur is None:
            return f"<table:table-cell{attributs}/>"
        attributs += ' office:value-type="string" calcext:value-type="error"'
        return f"<table:table-cell{attributs}><text:p>{valeur.erreur}</text:p></table:table-cell>"
    if isinstance(valeur, bool):
        attributs += f' office:value-type="boolean" office:boolean-value="{str(valeur).lower()}"'
    elif isinstance(valeur, float):
        genre = "percentage" if isinstance(valeur, NombreMontre) else "float"  # forms show no other words
        attributs += f' office:value-type="{genre}" office:value="{float(valeur)!r}"'
    elif isinstance(valeur, dt.date):
        attributs += f' office:value-type="date" office:date-value="{valeur.isoformat()}"'
    else:
        attributs += ' office:value-type="string"'
    paragraphes = "".join(f"<text:p>{escape(ligne)}</text:p>" for ligne in str(valeur).split("\n"))
    return f"<table:table-cell{attributs}>{paragraphes}</table:table-cell>"
