"""The copy of a Word form sent back to its sender: its own document, a comment at each answer in question."""

import hashlib
import io
import re
from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.document import Document as Ouvert
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

from etl.anomalie import Anomalie
from etl.canevas.grammaire import CORRIGE
from etl.classeurs import ClasseurRefuse
from etl.classeurs.commentaires import AUTEUR
from etl.classeurs_libres.lecture.constantes import place_de
from etl.classeurs_libres.word.document import Page, ouvrir_word
from etl.classeurs_libres.word.lieux import PageWord, lieu
from etl.classeurs_libres.word.texte import Styles
from etl.marquage import FONDS

_INITIALES = "V"
_GRAVITES = {"bloquant": "À corriger", "a_confirmer": "À confirmer", "information": "Pour information"}
_ADRESSE = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,5}")
_MARQUE = re.compile(rf"\s*{CORRIGE}[0-9a-f]*")
# what may follow the shading of a cell, in the order of the standard (ECMA-376, part 1, 17.4.66)
_APRES_FOND = tuple(
    map(qn, ("w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark"))
)


def annoter_word(chemin: Path, anomalies: Sequence[Anomalie], vers: Path) -> Path | None:
    """Write into the folder `vers` a commented copy of a Word document that was read; returns it.

    What is said of no cell stands on the first paragraph. None when there is nothing to correct nor to
    confirm. Raises OSError; ClasseurRefuse when the copy would not say what the document says.
    """
    if not any(anomalie.gravite in FONDS for anomalie in anomalies):
        return None
    try:
        document = Document(str(chemin))
        octets = _commenter(document, anomalies, hashlib.sha256(chemin.read_bytes()).hexdigest())
    except OSError:
        raise
    except Exception as erreur:  # python-docx raises whatever a package it does not expect made it meet
        raise ClasseurRefuse("copie_impossible") from erreur
    vers.mkdir(parents=True, exist_ok=True)
    copie, rang = vers / f"{chemin.stem}_a_corriger.docx", 2
    while copie.exists():
        copie, rang = vers / f"{chemin.stem}_a_corriger_{rang}.docx", rang + 1
    copie.write_bytes(octets)
    if ouvrir_word(copie).feuilles[0].rangees != ouvrir_word(chemin).feuilles[0].rangees:
        copie.unlink()
        raise ClasseurRefuse("copie_impossible")
    return copie


def en_mots(page: PageWord, anomalies: Sequence[Anomalie]) -> tuple[Anomalie, ...]:
    """The same anomalies, each with its place as a reader of the document finds it in place of an address."""
    return tuple(
        a._replace(cellule=lieu(page, place_de(a.cellule))) if _est_une_adresse(a) else a for a in anomalies
    )


def _est_une_adresse(anomalie: Anomalie) -> bool:
    return anomalie.cellule is not None and _ADRESSE.fullmatch(anomalie.cellule) is not None


def _commenter(document: Ouvert, anomalies: Sequence[Anomalie], empreinte: str) -> bytes:
    _demarquer(document)
    page = Page(Styles({}))
    page.lire(document.element.body)
    premier = next((e for e in page.elements.values() if _paragraphe(e, document) is not None), None)
    for anomalie in anomalies:
        element = page.elements.get(place_de(anomalie.cellule)) if _est_une_adresse(anomalie) else None
        if element is None and anomalie.gravite not in FONDS:
            continue
        ancre = _paragraphe(premier if element is None else element, document)
        if ancre is None:
            continue
        suites = ancre.runs or [ancre.add_run()]
        texte = f"{_GRAVITES[anomalie.gravite]} : {anomalie.message}"
        document.add_comment(suites, texte, AUTEUR, _INITIALES)
        if element is not None and anomalie.gravite in FONDS and element.tag == qn("w:tc"):
            _colorer(element, FONDS[anomalie.gravite])
    proprietes = document.core_properties
    proprietes.keywords = f"{_MARQUE.sub('', proprietes.keywords or '')} {CORRIGE}{empreinte}".strip()
    sortie = io.BytesIO()
    document.save(sortie)
    return sortie.getvalue()


def _paragraphe(element: etree._Element, document: Ouvert) -> Paragraph | None:
    if element is None:
        return None
    premier = element if element.tag == qn("w:p") else next(element.iter(qn("w:p")), None)
    return None if premier is None else Paragraph(premier, document)


def _colorer(cellule: etree._Element, couleur: str) -> None:
    proprietes = cellule.get_or_add_tcPr()
    for ancien in proprietes.findall(qn("w:shd")):
        proprietes.remove(ancien)
    fond = OxmlElement("w:shd", {qn("w:val"): "clear", qn("w:color"): "auto", qn("w:fill"): couleur})
    suivant = next((e for e in proprietes if e.tag in _APRES_FOND), None)
    if suivant is None:
        proprietes.append(fond)
    else:
        suivant.addprevious(fond)


def _demarquer(document: Ouvert) -> None:
    """A copy marked before keeps nothing of its former comments nor colours."""
    siens = [c for c in document.comments if c.author == AUTEUR]
    numeros = {str(c.comment_id) for c in siens}
    for commentaire in siens:
        commentaire._comment_elm.getparent().remove(commentaire._comment_elm)
    corps = document.element.body
    for balise in ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"):
        for repere in [e for e in corps.iter(qn(balise)) if e.get(qn("w:id")) in numeros]:
            repere.getparent().remove(repere)
    for fond in [e for e in corps.iter(qn("w:shd")) if e.get(qn("w:fill")) in FONDS.values()]:
        fond.getparent().remove(fond)
