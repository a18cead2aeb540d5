"""Whose figures these are and of which year, when no column says it: what a workbook seems to say.

The names of its sheets, a cell above its tables, the name of the file: each becomes a facet of a declaration.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ctg.referentiel import Referentiel
from etl.adresse import adresse
from etl.classeurs import Feuille
from etl.classeurs_libres.declaration import motifs
from etl.classeurs_libres.description.rattachement import nomment_des_structures, structure_nommee
from etl.classeurs_libres.lecture.releve import contenu, est_vide, texte_lu
from etl.classeurs_libres.libelles import identifier
from etl.classeurs_libres.mots import simplifier

FEUILLE, CASE, FICHIER = "nom_de_feuille", "case", "nom_de_fichier"
_RANGS, _COLONNES = 12, 8  # the head of a sheet
_SCOLAIRE, _CIVILE = r"20[0-9]{2} ?[-/] ?20[0-9]{2}", "20[0-9]{2}"
# a day is when it was written, but the last one of a year: « Situation au 31 décembre 2025 »
_JOUR = re.compile(
    r"(?!31[/.-]12[/.-]|31 dec)[0-9]{1,2}(?:[/.-][0-9]{1,2}[/.-]|(?:er)? (?:janv|fev|mars|avr|mai|juin|juil"
    r"|aout|sept|oct|nov|dec)[a-z.]* )20[0-9]{2}|20[0-9]{2}-(?!12-31)[0-9]{2}-[0-9]{2}"
)


@dataclass(frozen=True, slots=True)
class Dit:
    """Where one thing is said for a whole sheet: `facette` is its block in a declaration, `ou` one of the
    constants of this module, `libelles` what stands there, sheet by sheet."""

    ou: str
    facette: dict[str, object]
    libelles: tuple[str, ...]


def structure_dite(
    feuilles: Sequence[Feuille], tetes: dict[str, int], referentiel: Referentiel
) -> tuple[Dit, ...]:
    """Every way these sheets seem to say whose figures they hold, the surest first; none without a clue.

    `tetes`: the first row (from 0) of a sheet that belongs to a table.
    """
    dits = []
    if feuilles and nomment_des_structures([f.nom for f in feuilles], referentiel):
        dits.append(Dit(FEUILLE, {"nom_de_feuille": True}, tuple(f.nom for f in feuilles)))
    case = _case(feuilles, tetes, lambda texte: any(structure_nommee(texte, referentiel)))
    if case is not None:
        dits.append(case)
    return tuple(dits)


def structures_du_fichier(nom: str, referentiel: Referentiel) -> list[str]:
    """The structures that the name of a file brings to mind, best first: « suivi_archipel_2025.xlsx »."""
    mots = motifs.retirer(r"[0-9]+", re.sub(r"[_-]", " ", Path(nom).stem)).strip()
    connue, proches = structure_nommee(mots, referentiel)
    return [connue] if connue else [p.valeur for p in proches]


def annee_dite(
    feuilles: Sequence[Feuille], tetes: dict[str, int], nom: str, referentiel: Referentiel
) -> tuple[Dit, ...]:
    """The same for their year; `nom` is that of the file."""
    dits = []
    motif = _motif([f.nom for f in feuilles], referentiel)
    if feuilles and motif:
        dits.append(Dit(FEUILLE, {"nom_de_feuille": True, "motif": motif}, tuple(f.nom for f in feuilles)))
    case = _case(feuilles, tetes, lambda texte: _motif([texte], referentiel) is not None)
    if case is not None and (motif := _motif(case.libelles, referentiel)):
        dits.append(Dit(CASE, {**case.facette, "motif": motif}, case.libelles))
    if motif := _motif([nom], referentiel):
        dits.append(Dit(FICHIER, {"nom_de_fichier": True, "motif": motif}, (nom,)))
    return tuple(dits)


def _case(feuilles: Sequence[Feuille], tetes: dict[str, int], dit: Callable[[str], bool]) -> Dit | None:
    """The first cell above the tables that says it, at the same place in every sheet; beside a wording, it is
    known by that wording: a row may be inserted above it."""
    if not feuilles:
        return None
    premiere = feuilles[0]
    for rang in range(min(_RANGS, len(premiere.rangees), tetes.get(premiere.nom, _RANGS))):
        for colonne in range(min(_COLONNES, len(premiere.rangees[rang]))):
            place = (rang, colonne)
            textes = [texte_lu(contenu(f, place)) if rang < len(f.rangees) else "" for f in feuilles]
            if all(t.strip() and dit(_reponse(t)) for t in textes):
                facette = _facette(premiere, place, textes[0])
                return Dit(CASE, facette, tuple(_reponse(t) for t in textes))
    return None


def _reponse(texte: str) -> str:
    """« Structure : L’Archipel » answers « L’Archipel »."""
    avant, deux_points, suite = texte.partition(":")
    return suite.strip() if deux_points and suite.strip() and not avant.strip().isdecimal() else texte.strip()


def _facette(feuille: Feuille, place: tuple[int, int], texte: str) -> dict[str, object]:
    rang, colonne = place
    if _reponse(texte) != texte.strip():
        return {"libelle": texte.partition(":")[0].strip()}
    gauche = contenu(feuille, (rang, colonne - 1)) if colonne else ""
    if isinstance(gauche, str) and not est_vide(gauche) and _une_fois(feuille, gauche):
        return {"libelle": gauche.strip().rstrip(" :")}
    return {"cellule": adresse(rang, colonne)}


def _une_fois(feuille: Feuille, libelle: str) -> bool:
    textes = [simplifier(lu) for rangee in feuille.rangees for lu in rangee if isinstance(lu, str)]
    return textes.count(simplifier(libelle)) == 1


def _motif(textes: Sequence[str], referentiel: Referentiel) -> str | None:
    """What finds one year in each of these texts: a school year where all hold one."""
    if any(_JOUR.search(simplifier(texte)) for texte in textes):
        return None
    for motif in (_SCOLAIRE, _CIVILE):
        trouvees = [re.findall(motif, texte) for texte in textes]
        if all(len(t) == 1 and identifier("annee", t[0], None, referentiel) for t in trouvees):
            return motif
    return None
