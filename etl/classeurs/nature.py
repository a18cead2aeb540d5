"""What a file is, by its first bytes and the names of its parts: never by its own name."""

import io
import re
import zipfile

SIGNATURE_ZIP = b"PK\x03\x04"
SIGNATURE_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FORMATS = {
    "xlsx": "un classeur Excel (.xlsx)",
    "xls": "un ancien classeur Excel (.xls)",
    "ods": "un classeur OpenDocument (.ods)",
    "csv": "du texte",
}
_AUTRES = (
    (b"\x89PNG", "une image (PNG)"),
    (b"\xff\xd8\xff", "une image (JPEG)"),
    (b"GIF8", "une image (GIF)"),
    (b"%PDF", "un document PDF"),
    (b"{\\rtf", "un document de texte (RTF)"),
    (b"Rar!", "une archive (RAR)"),
    (b"7z\xbc\xaf", "une archive (7z)"),
)
PARTIE_APPLE = "Index/Document.iwa"
_OUTLOOK = "__properties_version1.0".encode("utf-16-le")
_CLASSEUR_XLS = "Workbook".encode("utf-16-le")
# The part that names the kind of a zip package, in the order they are looked for.
_PARTIES = (
    ("xl/workbook.bin", "un classeur binaire (.xlsb)"),
    ("word/document.xml", "un document Word (.docx)"),
    ("ppt/presentation.xml", "une présentation (.pptx)"),
    (PARTIE_APPLE, "un document Numbers ou Pages (Apple)"),
)
_OPENDOCUMENT = b"application/vnd.oasis.opendocument."
_CLASSEUR_XLSX = b"xl/workbook.xml"
PAGE = "une page web ou un fichier XML"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_EXAMINES = 64 * 1024
_LIEN_GOOGLE = b'"doc_id"'  # what is in a .gsheet: nothing of the sheet itself
# a title « [2025] » or « {nom} » above a table opens no JSON
_JSON = re.compile(rb'\{\s*["}]|\[\s*(?:[\[{"]|\]\s*$)')


def reconnaitre(octets: bytes) -> tuple[str | None, str]:
    """The format of these bytes (None when they are no workbook), and what they are in words."""
    if octets.startswith(SIGNATURE_ZIP):
        return _paquet(octets)
    if octets.startswith(SIGNATURE_OLE):
        return (None, "un message Outlook (.msg)") if est_outlook(octets) else ("xls", FORMATS["xls"])
    if autre := sans_table(octets):
        return None, autre
    return _texte(octets)


def sans_table(debut: bytes) -> str | None:
    """What the file that begins so is, in words, when it can hold no table: an image, a PDF, an archive."""
    if debut[4:8] == b"ftyp":
        return "une photo ou une vidéo"
    return next((nom for signature, nom in _AUTRES if debut.startswith(signature)), None)


def est_json(debut: bytes) -> bool:
    """Say whether a text that begins so, its blanks left out, is meant as JSON."""
    return _JSON.match(debut) is not None


def est_outlook(octets: bytes) -> bool:
    """Say whether these bytes are a message saved by Outlook (.msg), not a workbook that holds one."""
    return octets.startswith(SIGNATURE_OLE) and _OUTLOOK in octets and _CLASSEUR_XLS not in octets


def _paquet(octets: bytes) -> tuple[str | None, str]:
    if _CLASSEUR_XLSX in octets[-_EXAMINES:]:  # the list of the parts ends the file: nearly every time
        return "xlsx", FORMATS["xlsx"]
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            noms = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        noms = set()  # told as a damaged workbook by whoever opens it
    for partie, nom in _PARTIES:
        if partie in noms:
            return None, nom
    debut = octets[: len(_OPENDOCUMENT) + 128]
    if "content.xml" in noms or _OPENDOCUMENT in debut:
        # The type is the first part, stored as it is; without it, a spreadsheet is the likely one.
        if _OPENDOCUMENT in debut and _OPENDOCUMENT + b"spreadsheet" not in debut:
            return None, "un document OpenDocument qui n’est pas un classeur"
        return "ods", FORMATS["ods"]
    autre = noms and not any(nom.startswith(("xl/", "[Content_Types]")) for nom in noms)
    return (None, "une archive zip") if autre else ("xlsx", FORMATS["xlsx"])


def _texte(octets: bytes) -> tuple[str | None, str]:
    debut = octets[:_EXAMINES]
    if not debut.startswith(_UTF16):
        # No text has a zero byte, and hardly a control character besides tabs and line ends.
        controles = sum(debut.count(bytes([code])) for code in (*range(9), *range(14, 32)))
        if controles > len(debut) // 1000:
            return None, "inconnu"
    tete = debut.removeprefix(b"\xef\xbb\xbf").lstrip()
    if tete.startswith(b"<"):
        return None, PAGE
    if est_json(tete):
        return None, "un raccourci vers un document Google" if _LIEN_GOOGLE in tete else "un fichier JSON"
    return "csv", FORMATS["csv"]
