"""What a column keeps of a label, and the codes that a spreadsheet damaged."""

import re

from etl.classeurs_libres.declaration import motifs
from etl.classeurs_libres.declaration.modele import ColonneDeclaree

# the codes that name a structure elsewhere, by the words of their column, and how many digits they have
CODES = {"*siret*": 14, "*siren*": 9, "*finess*": 9}
_SCIENTIFIQUE = re.compile(r"\s*[0-9](?:[.,][0-9]+)?\s?[eE]\s?\+?[0-9]{1,2}\s*")


def nettoyer(declaree: ColonneDeclaree, texte: str) -> str:
    """The part of a label that its column reads."""
    if declaree.retirer:
        texte = motifs.retirer(declaree.retirer, texte).strip()
    if declaree.motif:
        trouve = motifs.chercher(declaree.motif, texte)
        texte = (trouve[1] if trouve.re.groups else trouve[0]) if trouve else texte
    return texte


def reparer(texte: str, chiffres: int) -> str:
    """A code of fixed length as it was before a spreadsheet took it for a number; another text as it is."""
    repare = re.sub(r"\s", "", texte).removesuffix(".0").removesuffix(",0")
    return repare.zfill(chiffres) if repare.isdecimal() and len(repare) <= chiffres else texte


def est_perdu(texte: str) -> bool:
    """True for « 4,21235E+13 »: the digits that are not written are nowhere."""
    return _SCIENTIFIQUE.fullmatch(texte) is not None
