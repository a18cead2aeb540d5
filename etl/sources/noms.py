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
    "transmission|maj|mise a jour|publiee?s?|publication|parue?s?|parution|diffusee?s?|diffusion|extraite?s?|"
    "extraction|exportee?s?|export|edition|version|en vigueur"
)
# data are often of a 31 December, which in a name contradicts another year: « caf_2021 au 31 décembre 2020 »
_FIN_D_ANNEE = re.compile(rf"(?<![0-9])31[-_. /]*(?:12|dec(?:embre)?)[-_. /]*({_AN})")
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


def noms_de(table: str | None, chemin: Path, *, archive: bool, seule: bool = False) -> tuple[Nom, ...]:
    """The names around a table, the closest first; `table` is its sheet, or its path inside an `archive`.

    The sheet that stands `seule` in its workbook names what the file does: two years there contradict.
    """
    if seule and not archive:
        return Nom(f"{table or ''} {chemin.name}".strip()), Nom(chemin.parent.name, dossier=True)
    *dossiers, nom = PurePosixPath(table or "").parts if archive else (table or "",)
    dedans = (Nom(nom), *(Nom(dossier, dossier=True) for dossier in reversed(dossiers)))
    return (*dedans, Nom(chemin.name), Nom(chemin.parent.name, dossier=True))


def annee_des_noms(noms: Iterable[Nom]) -> int | None:
    """The year of the data, as the closest name that has one says it."""
    annees = (annee_du_dossier(n.texte) if n.dossier else annee_du_nom(n.texte) for n in noms)
    return next(filter(None, annees), None)


def annee_du_nom(nom: str) -> int | None:
    """Find the one year of data in a name (`data_CAF_2020_IRIS.csv` → 2020); None if none or several."""
    annees = annees_du_nom(nom)
    return int(annees.pop()) if len(annees) == 1 else None


def annees_du_nom(nom: str) -> set[str]:
    """List the years that a name says, and that may be those of its data."""
    annees = set(_ANNEE.findall(_sans_dates(nom)))
    return annees.union(_FIN_D_ANNEE.findall(_plat(nom))) if annees else annees


def dire_sans_annee(noms: Iterable[Nom], source_id: str) -> str:
    """Say why no name gives the year of the data, and the name to give."""
    for nom in noms:
        if quartiers := _quartiers().search(_plat(nom.texte)):
            ecrit, annee = quartiers[0], quartiers[1]
            return (
                f"dans son nom, « {ecrit} » peut ne dire que le découpage des quartiers. Si ses données "
                f"sont de {annee}, nommez-le « {source_id}_{annee}.csv » ; sinon, écrivez-y leur année."
            )
        if len(annees := sorted(annees_du_nom(nom.texte))) > 1:
            return (
                f"« {nom.texte} » dit plusieurs années ({', '.join(annees)}). N’y laissez que celle des "
                f"données (« {source_id}_2020.csv ») ; le nom de la feuille compte aussi."
            )
    return (
        "le fichier ne dit pas son année (une date de réception, d’extraction ou de publication, ou le "
        "millésime d’un découpage, n’est pas celle des données). Écrivez-la dans son nom, par exemple "
        f"« {source_id}_2020.csv », ou dans celui de son dossier (« 2020 »)."
    )


def annee_du_dossier(nom: str) -> int | None:
    """Find the year in a folder's name, when it is all its digits: `caf_2020`, never a date of reception."""
    return annee_du_nom(nom) if len(re.findall(r"[0-9]+", nom)) == 1 else None


def _sans_dates(nom: str) -> str:
    """A plain name, without its dates and the years of its maps."""
    plat = _plat(nom)
    for motif in (*_motifs(), _quartiers()):
        plat = motif.sub(" ", plat)
    return plat


def _plat(nom: str) -> str:
    """A name in small letters, without accents."""
    lettres = unicodedata.normalize("NFKD", nom.casefold())
    return "".join(c for c in lettres if not unicodedata.combining(c))


@cache
def _motifs() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, _PAS_DES_DONNEES))


@cache
def _quartiers() -> re.Pattern[str]:
    contours = "|".join(sorted({qpv.contour for qpv in qpv_connus().values()}))
    return re.compile(rf"(?<![a-z])q[pn]v?[-_. ]*({contours})(?![0-9])")
