"""Is what was found for the structure that sent the file, or for the coordination alone?"""

import datetime as dt
import re

# how long who is late, or has something to correct, is given to answer
DELAI_DE_REPONSE = dt.timedelta(days=15)
# what speaks of another structure, or that only the coordination can act on
_INTERNES = frozenset(
    {
        "ordre_des_depots",
        "meme_rapport",
        "loin_des_semblables",
        "quartiers_et_ville",
        "sources_differentes",
        "manifeste_absent",
        "source_inconnue",
    }
)
# our screens, our files, our declarations: a sender has none of them
_NOS_OUTILS = re.compile(r"\bcorrespondances?\b|\bCollecte\b|« Décider »|\w+\.(?:csv|yml|md)\b|\bdata/")


def pour_l_expediteur(regle: str, message: str) -> bool:
    """Say whether the sentence of an anomaly may be sent: its sender can act on it, in words it knows."""
    return regle not in _INTERNES and not _NOS_OUTILS.search(message)
