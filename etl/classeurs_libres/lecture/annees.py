"""The year that a pattern keeps of a text: only when the text says no other one.

« Année 2025-2026 » holds two years, and « 20[0-9]{2} » would keep the first: nothing is guessed. A school
year stands at the year it ends in (parametres.yml, annee_scolaire) when the declaration says it: its pattern
then holds both years.
"""

import re

from etl.classeurs_libres.declaration.motifs import LONGUEUR_MAXIMALE
from etl.classeurs_libres.mots import AAAA, simplifier

_SCOLAIRE = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})\s?(?:[-/–—]|à|et)\s?((?:19|20)?[0-9]{2})(?![0-9])", re.IGNORECASE
)
_UNE_ANNEE = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_TITREE = re.compile(r"(?<![0-9])20[0-9]{2}(?:\s?[-/]\s?(?:20)?[0-9]{2}(?![0-9]))?(?![0-9])")
_JOUR_ET_MOIS = re.compile(r"(?:\b(?:au|le)\s+)?\b[0-9]{1,2}[/.][0-9]{1,2}[/.]?\s*$")


def est_scolaire(texte: str) -> bool:
    """True for « 2024-2025 », « 2024/25 »: one school year, and nothing else."""
    trouve = _SCOLAIRE.fullmatch(texte.strip())
    return trouve is not None and _fin(trouve) == int(trouve[1]) + 1


def annee_du_titre(titre: str) -> str | None:
    """The one year that the title of a column says: « Enfants admis 2024 », « 2024-2025 » (the year it ends
    in); None when it says none, several, or a « rentrée »: that school year ends the next one."""
    trouvees = {_de_suite(lu) for lu in _TITREE.findall(titre)}
    if len(trouvees) != 1 or "rentree" in simplifier(titre):
        return None
    return trouvees.pop()


def sans_annee(titre: str) -> str:
    """The same title without its year, nor the day before it: « Places au 31/12/2025 » → « Places »."""
    avant, *suite = _TITREE.split(titre)
    return " ".join(f"{_JOUR_ET_MOIS.sub('', avant)} {' '.join(suite)}".split())


def generaliser(titre: str) -> str:
    """The same title, whatever its year: « Enfants admis AAAA »."""
    return _TITREE.sub(AAAA, titre)


def _de_suite(lu: str) -> str | None:
    paire = _SCOLAIRE.fullmatch(lu)
    if paire is None:
        return lu
    return str(_fin(paire)) if est_scolaire(lu) else None


def plusieurs(texte: str, motif: str) -> bool:
    """Say whether the year that `motif` keeps of a text is not the only one it could."""
    texte = texte[:LONGUEUR_MAXIMALE]
    trouves = list(re.finditer(motif, texte))
    if len({tuple(_UNE_ANNEE.findall(trouve[0])) for trouve in trouves}) > 1:
        return True
    return any(
        _fin(paire) == int(paire[1]) + 1 and _a_cheval(paire, trouve, texte)
        for paire in _SCOLAIRE.finditer(texte)
        for trouve in trouves[:1]
    )


def _a_cheval(paire: re.Match[str], trouve: re.Match[str], texte: str) -> bool:
    """True when a pattern keeps of a school year something else than all of it or its end."""
    debut, fin = trouve.span(1) if trouve.re.groups else trouve.span()
    if fin <= paire.start() or debut >= paire.end():
        return False
    garde = texte[debut:fin]
    return paire[0] not in garde and str(_fin(paire)) not in garde


def _fin(paire: re.Match[str]) -> int:
    debut, fin = int(paire[1]), paire[2]
    return int(fin) if len(fin) == 4 else debut // 100 * 100 + int(fin)
