"""Where the tables of a workbook seem to be: several on a sheet, one under or beside another, the same one on
several sheets; and the sheets filled like a form, a wording and its number on each row.

Everything here is a proposal: the officer decides, in « Collecte › Décrire un classeur ».
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice, zip_longest

from etl.classeurs import Feuille
from etl.classeurs_libres.lecture.entetes import noms_a
from etl.classeurs_libres.lecture.releve import (
    avec_unite,
    contenu,
    ecrit_un_nombre,
    est_vide,
    sans_reponse,
    texte_lu,
)
from etl.classeurs_libres.mots import simplifier

_RANGS_REGARDES = 40  # rows of a block: a header that stands lower is pointed at by hand
_RANGS_SOUS = 3  # rows below a header that confirm it
_MAJORITE = 0.5
_ANNEE = re.compile(r"20[0-9]{2}(?:\s?[-/]\s?20[0-9]{2})?")
_NOMBRE_SEUL = re.compile(r"\s*[0-9][0-9\s.,%€]*")
_LIBELLE_ET_NOMBRE = re.compile(r"([^:]*[^\W\d_][^:]*):\s*[0-9]")


@dataclass(frozen=True, slots=True)
class TitresReperes:
    """The titles above the rows of a table: `noms` may each name a structure, `rubriques` only name a part.

    `libelle`: the wording they stand beside, if any. `en_tete`: they stand in the corner of the header, which
    comes back for each. `cellule`: the one title of a table that others stand beside. `mesure`: they say what
    is counted. `rangs`: the rows that are no data, by sheet; `entetes`: those of the headers.
    """

    noms: tuple[str, ...]
    rubriques: tuple[str, ...] = ()
    rangs: frozenset[tuple[str, int]] = frozenset()
    libelle: str | None = None
    en_tete: bool = False
    entetes: frozenset[tuple[str, int]] = frozenset()
    cellule: str | None = None
    mesure: bool = False


@dataclass(frozen=True, slots=True)
class TableauRepere:
    """A table of a sheet: its header starts at row `rang` (from 0), over `hauteur` rows, in `colonnes`.

    `feuilles`: every sheet that bears the same header, the one looked at first. `fin`: the wording of the row
    that follows it, empty text for a blank row, None for the end of the sheet. `voisines`: columns of the
    tables beside it. `titres`: when the structure is said above its rows. `hauteur` is 0 without a header.
    """

    feuilles: tuple[str, ...]
    rang: int
    hauteur: int
    colonnes: tuple[int, ...]
    fin: str | None = None
    voisines: tuple[int, ...] = ()
    titres: TitresReperes | None = None


@dataclass(frozen=True, slots=True)
class FormulaireRepere:
    """Sheets filled like a form: their wordings, each followed by its number."""

    feuilles: tuple[str, ...]
    libelles: tuple[str, ...]


def reperer(feuilles: Iterable[Feuille]) -> tuple[TableauRepere, ...]:
    """Every table found, the same one on several sheets told once, in the order of the sheets."""
    groupes: dict[object, TableauRepere] = {}
    for feuille in feuilles:
        for trouve in tableaux_de(feuille):
            noms = noms_a(feuille, trouve.rang, trouve.hauteur)
            cle = (trouve.hauteur, *((c, simplifier(noms.get(c, ""))) for c in trouve.colonnes))
            cle += (trouve.rang,) if trouve.voisines else ()
            connu = groupes.setdefault(cle, trouve)
            # a header repeated on a sheet is one table; when two ends differ, it is read to the end
            seule = connu is trouve or (feuille.nom not in connu.feuilles and connu.fin == trouve.fin)
            feuilles_du_groupe = tuple(dict.fromkeys((*connu.feuilles, feuille.nom)))
            groupes[cle] = replace(connu, feuilles=feuilles_du_groupe, fin=connu.fin if seule else None)
    return tuple(groupes.values())


def reperer_formulaires(
    feuilles: Iterable[Feuille], tableaux: Iterable[TableauRepere]
) -> tuple[FormulaireRepere, ...]:
    """The sheets without a table that are filled like a form; those that share half of their wordings go
    together."""
    prises = {nom for tableau in tableaux for nom in tableau.feuilles}
    formulaires: list[FormulaireRepere] = []
    for feuille in feuilles:
        libelles = () if feuille.nom in prises else _libelles_suivis_d_un_nombre(feuille)
        if len(libelles) < 2:
            continue
        for rang, connu in enumerate(formulaires):
            if len(set(connu.libelles) & set(libelles)) >= _MAJORITE * len(libelles):
                tous = tuple(dict.fromkeys((*connu.libelles, *libelles)))
                formulaires[rang] = FormulaireRepere((*connu.feuilles, feuille.nom), tous)
                break
        else:
            formulaires.append(FormulaireRepere((feuille.nom,), libelles))
    return tuple(formulaires)


def designer(feuilles: Iterable[Feuille], nom: str, rang: int, hauteur: int) -> TableauRepere:
    """The table whose header a person says to start at row `rang` (from 0) of sheet `nom`."""
    feuille = next(f for f in feuilles if f.nom == nom)
    _, fin = next(((d, f) for d, f in _blocs(feuille) if d <= rang + hauteur < f), (0, len(feuille.rangees)))
    colonnes = tuple(sorted({c for r in range(rang, fin) for c in _places(feuille, r)}))
    return TableauRepere((nom,), rang, hauteur, colonnes, None if fin == len(feuille.rangees) else "")


def tableaux_de(feuille: Feuille) -> list[TableauRepere]:
    """The tables of one sheet, from top to bottom, then from left to right."""
    trouves: list[TableauRepere] = []
    for debut, fin in _blocs(feuille):
        entete = deviner_entete(feuille, debut, fin)
        if entete is not None:
            if trouves and trouves[-1].fin is None:
                trouves[-1] = replace(trouves[-1], fin=_premiers_mots(feuille, debut))
            trouves += _cote_a_cote(feuille, *entete, fin)
        elif trouves and _suite(feuille, debut, fin):
            trouves[-1] = replace(trouves[-1], fin=None)  # a blank row was in the middle of the data
    return trouves


def deviner_entete(feuille: Feuille, debut: int = 0, fin: int | None = None) -> tuple[int, int] | None:
    """The row (from 0) where a header seems to start between two rows, and its height, 1 or 2.

    A header is the first row of the widest run of wordings above rows that hold numbers; None without a clue.
    """
    fin = len(feuille.rangees) if fin is None else fin
    notes = []
    for rang in range(debut, min(fin, debut + _RANGS_REGARDES)):
        remplies = _remplies(feuille, rang)
        mots = [lu for lu in remplies if isinstance(lu, str) or _est_une_annee(lu)]
        if not est_un_entete(feuille, rang):
            continue
        dessous = _nombres_sous(feuille, rang, fin)
        if len(mots) >= 2 and len(mots) >= _MAJORITE * len(remplies) and dessous:
            notes.append((len(mots) + min(dessous, len(mots)), -rang))
    if not notes:
        return None
    rang = -max(notes)[1]
    au_dessus = _places(feuille, rang - 1) if rang > debut else []
    dessous = _places(feuille, rang)
    # a row of fewer titles just above, each over several columns; one alone at the left is that of the table
    deux = (
        (len(au_dessus) >= 2 or (au_dessus and au_dessus[0] > dessous[0]))
        and len(au_dessus) < len(dessous)
        and all(isinstance(lu, str) or _est_une_annee(lu) for lu in _remplies(feuille, rang - 1))
    )
    return (rang - 1, 2) if deux else (rang, 1)


def est_un_entete(feuille: Feuille, rang: int) -> bool:
    """True when a row may be a header: wordings, or years, and no answer among them."""
    remplies = _remplies(feuille, rang) if rang < len(feuille.rangees) else []
    annees = len(set(map(texte_lu, remplies))) >= 2 and all(map(_est_une_annee, remplies))
    ecrite = annees or any(isinstance(lu, str) for lu in remplies)
    return ecrite and len(remplies) >= 2 and not any(map(_est_une_reponse, remplies))


def _blocs(feuille: Feuille) -> list[tuple[int, int]]:
    """The runs of rows that are not blank: first row, row past the last."""
    pleines = [bool(_places(feuille, rang)) for rang in range(len(feuille.rangees))]
    debuts = [r for r, pleine in enumerate(pleines) if pleine and not (r and pleines[r - 1])]
    return [(r, next((f for f in range(r, len(pleines)) if not pleines[f]), len(pleines))) for r in debuts]


def _cote_a_cote(feuille: Feuille, rang: int, hauteur: int, fin: int) -> list[TableauRepere]:
    """The tables of a row of header: blank columns set them apart."""
    noms = noms_a(feuille, rang, hauteur)
    remplies = sorted({c for r in range(rang, fin) for c in _places(feuille, r)})
    suites: list[list[int]] = []
    for colonne in remplies:
        if suites and colonne == suites[-1][-1] + 1:
            suites[-1].append(colonne)
        else:
            suites.append([colonne])
    titrees = [s for s in suites if sum(c in noms for c in s) >= 2]
    if len(titrees) < 2 or len(titrees) < len(suites):  # a lone column is a part of its table
        titrees = [remplies]
    elif hauteur == 2 and _places(feuille, rang) == [s[0] for s in titrees]:  # one title over each
        rang, hauteur = rang + 1, 1
    apres = None if fin == len(feuille.rangees) else ""
    return [
        TableauRepere(
            (feuille.nom,), rang, hauteur, tuple(s), apres, tuple(c for c in remplies if c not in s)
        )
        for s in titrees
    ]


def _suite(feuille: Feuille, debut: int, fin: int) -> bool:
    return any(
        len(lus := _remplies(feuille, rang)) >= 2 and any(map(ecrit_un_nombre, lus))
        for rang in range(debut, fin)
    )


def _premiers_mots(feuille: Feuille, rang: int) -> str:
    return texte_lu(_remplies(feuille, rang)[0])


def _libelles_suivis_d_un_nombre(feuille: Feuille) -> tuple[str, ...]:
    """The wordings followed by one number, each once on the sheet: of two, nobody says which one answers."""
    libelles: list[str] = []
    for rang in range(len(feuille.rangees)):
        lus = _remplies(feuille, rang)
        for lu, suivant, apres in zip_longest(lus, lus[1:], lus[2:], fillvalue=""):
            if not isinstance(lu, str) or ecrit_un_nombre(lu):
                continue
            if en_ligne := _LIBELLE_ET_NOMBRE.match(lu):
                libelles.append(en_ligne[1].strip())
            elif ecrit_un_nombre(suivant) and not ecrit_un_nombre(apres):
                libelles.append(lu.strip().rstrip(" :"))
    nombres = Counter(map(simplifier, libelles))
    return tuple(libelle for libelle in libelles if nombres[simplifier(libelle)] == 1)


def _places(feuille: Feuille, rang: int) -> list[int]:
    return [c for c in range(len(feuille.rangees[rang])) if not est_vide(contenu(feuille, (rang, c)))]


def _remplies(feuille: Feuille, rang: int) -> list[object]:
    return [contenu(feuille, (rang, c)) for c in _places(feuille, rang)]


def _nombres_sous(feuille: Feuille, rang: int, fin: int) -> int:
    """The most numbers found on one of the first rows below that are no title: they hold two cells."""
    pleines = (r for r in range(rang + 1, min(fin, rang + _RANGS_REGARDES)) if len(_places(feuille, r)) > 1)
    nombres = (
        sum(ecrit_un_nombre(lu) and not _est_une_annee(lu) for lu in _remplies(feuille, r))
        for r in islice(pleines, _RANGS_SOUS)
    )
    return max(nombres, default=0)


def _est_une_annee(lu: object) -> bool:
    return _ANNEE.fullmatch(texte_lu(lu)) is not None


def _est_une_reponse(lu: object) -> bool:
    """What a header never holds: « 412 », « 5 000 € », « n.c. »; a year may be the title of a column."""
    if _est_une_annee(lu):
        return False
    seul = isinstance(lu, str) and (_NOMBRE_SEUL.fullmatch(lu) or avec_unite(lu))
    return not isinstance(lu, str) or bool(seul) or sans_reponse(lu)
