"""Long texts of the pages, kept apart from the code: one markdown file each under `pages/commun/prose/`."""

import functools
from pathlib import Path

# said where open data stand on a screen whose strip says « Données fictives »
OUVERTES = "Les données ouvertes ci-dessous sont réelles : seule la campagne des rapports est fictive."

_DOSSIER = Path(__file__).parent / "prose"


@functools.cache
def lire(nom: str) -> str:
    """The text of `prose/<nom>.md`, constant: nothing from data enters it. Raises FileNotFoundError."""
    return (_DOSSIER / f"{nom}.md").read_text(encoding="utf-8")
