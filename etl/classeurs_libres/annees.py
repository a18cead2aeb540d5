"""The year that a pattern keeps of a text: only when the text says no other one.

« Année 2025-2026 » holds two years, and « 20[0-9]{2} » would keep the first: nothing is guessed. A school
year stands at the year it ends in (parametres.yml, annee_scolaire) when the declaration says it: its pattern
then holds both years.
"""

import re

from etl.classeurs_libres.motifs import LONGUEUR_MAXIMALE

_SCOLAIRE = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})\s?(?:[-/–—]|à|et)\s?((?:19|20)?[0-9]{2})(?![0-9])", re.IGNORECASE
)
_UNE_ANNEE = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


def est_scolaire(texte: str) -> bool:
    """True for « 2024-2025 », « 2024/25 »: one school year, and nothing else."""
    trouve = _SCOLAIRE.fullmatch(texte.strip())
    return trouve is not None and _fin(trouve) == int(trouve[1]) + 1


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
