"""Words that change the scale of the numbers near them: « en k€ » over a table asked in euros.

« 12 k€ » says one amount and is read so (`nombres`); without a number before it, the word is about all the
others, and nothing says whether they were typed in thousands or in units.
"""

import re

_ECHELLE = re.compile(
    r"(?:^|\ben|\(|[:,;/–-])\s*(?:k|m)\s?(?:€|euros?\b|eur\b)|\ben (?:milliers|millions|centaines)\b",
    re.IGNORECASE,
)


def annonce_une_echelle(lu: object) -> bool:
    """Say whether a text (a title, a note) announces thousands or millions, without a number of its own."""
    return isinstance(lu, str) and _ECHELLE.search(lu) is not None
