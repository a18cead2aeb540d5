"""Words that change the scale of the numbers near them: « en k€ » over a table asked in euros.

« 12 k€ » says one amount and is read so (`nombres`); without a number before it, the word is about all the
others, and nothing says whether they were typed in thousands or in units.
"""

import re

_ECHELLE = re.compile(
    r"(?:^|\ben|\(|[:,;/–-])\s*((?:k|m)\s?(?:€|euros?\b|eur\b))|\ben (milliers|millions|centaines)\b",
    re.IGNORECASE,
)


def echelle_annoncee(lu: object) -> str | None:
    """The scale that a text (a title, a note) announces without a number of its own: « k€ », « milliers »."""
    trouvee = _ECHELLE.search(lu) if isinstance(lu, str) else None
    return trouvee and (trouvee[1] or trouvee[2])
