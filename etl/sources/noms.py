"""What the names around a table say: its own, its file's, those of its folders, in an archive or not.

A lone year in a name is the year of the data, unless it is part of a date (somebody received it, saved it) or
names the map that the places follow (« QP2015 », « geo2024 »).
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path, PurePosixPath

from etl.sources.modele import Nom
from etl.sources.territoires import qpv_connus

_AN = r"(?:19|20)[0-9]{2}(?![0-9])"
_ANNEE = re.compile(rf"(?<![0-9]){_AN}")
_JOUR, _MOIS = r"(?:0?[1-9]|[12][0-9]|3[01])", r"(?:0?[1-9]|1[0-2])"
_EN_LETTRES = (
    "janv(?:ier)?|fevr(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept(?:embre)?|oct(?:obre)?|"
    "nov(?:embre)?"
)
_RECEPTION = (
    "recue?s?|reception|envoi|envoyee?s?|depot|deposee?s?|telechargee?s?|telechargement|transmise?s?|"
    "transmission|maj|mise a jour"
)
_DECOUPAGE = "geo|geographie|cog|contours?|decoupages?|zonages?|perimetres?|limites"
_PAS_DES_DONNEES = (
    rf"(?<![0-9]){_JOUR}[-_. /]{_MOIS}[-_. /]{_AN}",
    rf"(?<![0-9])(?:19|20)[0-9]{{2}}[-_. /]{_MOIS}[-_. /]{_JOUR}(?![0-9])",
    rf"(?<![0-9])(?:0[1-9]|1[0-2])[-./]{_AN}",
    r"(?<![0-9])(?:19|20)[0-9]{2}[-./](?:0[1-9]|1[0-2])(?![0-9])",
    rf"(?<![a-z0-9])(?:{_JOUR}(?:er)?[-_. ]*)?(?:{_EN_LETTRES})[-_. ]*{_AN}",
    rf"(?<![a-z0-9]){_JOUR}[-_. ]*dec(?:embre)?[-_. ]*{_AN}",  # without its day, the month of the Caf's data
    rf"(?<![a-z])(?:{_RECEPTION})[-_. ]*(?:(?:le|en|du|au)[-_. ]+)?{_AN}",
    rf"(?<![a-z])(?:{_DECOUPAGE})[-_. ]*{_AN}",
)


def noms_de(table: str | None, chemin: Path, *, archive: bool) -> tuple[Nom, ...]:
    """The names around a table, the closest first; `table` is its sheet, or its path inside an `archive`."""
    *dossiers, nom = PurePosixPath(table or "").parts if archive else (table or "",)
    dedans = (Nom(nom), *(Nom(dossier, dossier=True) for dossier in reversed(dossiers)))
    return (*dedans, Nom(chemin.name), Nom(chemin.parent.name, dossier=True))


def annee_des_noms(noms: Iterable[Nom]) -> int | None:
    """The year of the data, as the closest name that has one says it."""
    annees = (annee_du_dossier(n.texte) if n.dossier else annee_du_nom(n.texte) for n in noms)
    return next(filter(None, annees), None)


def annee_du_nom(nom: str) -> int | None:
    """Find the one year of data in a name (`data_CAF_2020_IRIS.csv` → 2020); None if none or several."""
    annees = set(_ANNEE.findall(_sans_dates(nom)))
    return int(annees.pop()) if len(annees) == 1 else None


def annee_du_dossier(nom: str) -> int | None:
    """Find the year in a folder's name, when it is all its digits: `caf_2020`, never a date of reception."""
    return annee_du_nom(nom) if len(re.findall(r"[0-9]+", nom)) == 1 else None


def _sans_dates(nom: str) -> str:
    """A name in plain small letters, without its dates and the years of its maps."""
    lettres = unicodedata.normalize("NFKD", nom.casefold())
    plat = "".join(c for c in lettres if not unicodedata.combining(c))
    for motif in _motifs():
        plat = motif.sub(" ", plat)
    return plat


@cache
def _motifs() -> tuple[re.Pattern[str], ...]:
    contours = "|".join(sorted({qpv.contour for qpv in qpv_connus().values()}))
    quartiers = rf"(?<![a-z])q[pn]v?[-_. ]*(?:{contours})(?![0-9])"
    return tuple(re.compile(m) for m in (*_PAS_DES_DONNEES, quartiers))
