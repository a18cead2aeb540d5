"""The words of a Word paragraph as a person reads them: a superscript is a note mark, a struck, hidden or
deleted word is not part of the answer.

The same rule as in the cells of a workbook (docs/nombres.md): « 412 » with a raised 1 is 412 and its note,
never 4121.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree import ElementTree

from etl.classeurs.passages import Passage, TexteBarre, composer

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICTE = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
# the second drawing of a text box, for programs that do not know the first one: the same words
_REDITES = frozenset({"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"})
_SIGNES = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SUPPRESSIONS = frozenset({"del", "moveFrom"})  # tracked changes: what the sender took away
_SUPPRIME = "supprimé"
_ECARTS = {"strike": "barré", "dstrike": "barré", "vanish": "masqué"}
_FAUX = frozenset({"0", "false", "off", "none"})
_NOTE_MAXIMALE = 100  # characters of a footnote kept beside its number
_CROCHETS = re.compile(r"[\[\]()]")


class Forme(NamedTuple):
    """How a run is written; None where it leaves it to its style. `ecarte` says why it is out of the answer
    (« barré »), empty when it is in."""

    exposant: bool | None = None
    ecarte: str | None = None


class _Morceau(NamedTuple):
    texte: str
    exposant: bool = False
    ecarte: str = ""


class Styles:
    """The character styles of a document that raise, strike or hide, and the text of its notes by id."""

    def __init__(self, parties: Mapping[str, bytes]) -> None:
        self.formes = _formes(parties.get("word/styles.xml"))
        self.notes = {
            "footnoteReference": _notes(parties.get("word/footnotes.xml"), "footnote"),
            "endnoteReference": _notes(parties.get("word/endnotes.xml"), "endnote"),
        }


def texte(bloc: ElementTree.Element, styles: Styles) -> str:
    """What a paragraph says, or a cell: its paragraphs, text boxes included, one per line.

    A `TexteBarre` when something of it is struck, hidden or deleted.
    """
    morceaux = list(_passages(bloc, styles, ""))
    while morceaux and not morceaux[-1].texte.strip():
        morceaux.pop()
    lu = composer(Passage(m.texte, m.exposant, bool(m.ecarte)) for m in morceaux)
    if not isinstance(lu, TexteBarre):
        return lu.strip()
    raisons = dict.fromkeys(m.ecarte for m in morceaux if m.ecarte and m.texte.strip())
    return TexteBarre("" if lu.entier else str(lu), lu.barre, " ou ".join(raisons))


def effacer_invites(corps: ElementTree.Element) -> None:
    """Empty the fields that nobody filled: « Cliquez ici pour entrer du texte » is Word's word, no answer."""
    a_voir = [(corps, False)]
    while a_voir:
        element, vierge = a_voir.pop()
        if nom(element) == "sdt":
            proprietes = (propriete for p in element if nom(p) == "sdtPr" for propriete in p)
            vierge = any(nom(propriete) == "showingPlcHdr" for propriete in proprietes)
        elif vierge and nom(element) == "t":
            element.text = ""
        a_voir += [(enfant, vierge) for enfant in element]


def nom(element: ElementTree.Element) -> str:
    """The local name of a Word element, whichever of its two namespaces it bears; empty for any other."""
    for espace in (_W, _STRICTE) if isinstance(element.tag, str) else ():  # no comment of XML
        if element.tag.startswith(espace):
            return element.tag.removeprefix(espace)
    return ""


def attribut(element: ElementTree.Element, cle: str) -> str | None:
    """The value of a Word attribute, whichever namespace it bears."""
    return element.get(f"{_W}{cle}", element.get(f"{_STRICTE}{cle}"))


def _passages(bloc: ElementTree.Element, styles: Styles, ecarte: str) -> Iterator[_Morceau]:
    """The runs of text, in the order they are read; `ecarte`: why all of them are out of the answer."""
    for element in bloc:
        genre = nom(element)
        if genre == "r":
            yield from _de_suite(element, styles, ecarte)
        elif element.tag not in _REDITES:
            yield from _passages(element, styles, _SUPPRIME if genre in _SUPPRESSIONS else ecarte)
            if genre == "p":
                yield _Morceau("\n")


def _de_suite(suite: ElementTree.Element, styles: Styles, ecarte: str) -> Iterator[_Morceau]:
    """What one run (w:r) says."""
    forme = _forme(next((e for e in suite if nom(e) == "rPr"), None), styles.formes)
    ecarte = ecarte or forme.ecarte or ""
    for element in suite:
        genre = nom(element)
        if genre in ("t", "delText"):
            retire = _SUPPRIME if genre == "delText" else ecarte
            yield _Morceau(element.text or "", bool(forme.exposant), retire)
        elif genre in _SIGNES:
            yield _Morceau(_SIGNES[genre], ecarte=ecarte)
        elif genre in styles.notes:
            note = styles.notes[genre].get(attribut(element, "id") or "")
            yield _Morceau(f" [{note}]" if note else "", ecarte=ecarte)
        elif genre != "rPr" and element.tag not in _REDITES:
            yield from _passages(element, styles, ecarte)


def _forme(proprietes: ElementTree.Element | None, formes: Mapping[str, Forme]) -> Forme:
    """What a run says of itself, its style answering for the rest."""
    if proprietes is None:
        return Forme()
    lus = {nom(e): (attribut(e, "val") or "") for e in proprietes}
    style = formes.get(lus.get("rStyle", ""), Forme())
    exposant = lus["vertAlign"] == "superscript" if "vertAlign" in lus else style.exposant
    dites = [mot if lus[cle] not in _FAUX else "" for cle, mot in _ECARTS.items() if cle in lus]
    return Forme(exposant, next(filter(None, dites), "") if dites else style.ecarte)


def _formes(styles: bytes | None) -> dict[str, Forme]:
    if styles is None:
        return {}
    formes: dict[str, Forme] = {}
    for style in ElementTree.fromstring(styles):
        if nom(style) == "style" and attribut(style, "type") == "character":
            proprietes = next((e for e in style if nom(e) == "rPr"), None)
            formes[attribut(style, "styleId") or ""] = _forme(proprietes, {})
    return formes


def _notes(partie: bytes | None, genre: str) -> dict[str, str]:
    """The text of each note, short enough to stand beside a number."""
    if partie is None:
        return {}
    trouvees = {}
    for note in ElementTree.fromstring(partie):
        mots = " ".join("".join(e.text or "" for e in note.iter() if nom(e) == "t").split())
        if nom(note) == genre and mots:
            mots = _CROCHETS.sub("", mots)
            coupee = mots if len(mots) <= _NOTE_MAXIMALE else f"{mots[: _NOTE_MAXIMALE - 1]}…"
            trouvees[attribut(note, "id") or ""] = coupee
    return trouvees
